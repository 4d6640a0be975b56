import type { ShopId, Tx } from "#app/db/tx";

/**
 * Whether a webhook's body speaks of a person who was erased: of a customer whose gravestone we keep, or of an order
 * that has lost its person. Such a body is not kept once it was handled.
 */
export async function isAboutErasedPerson(tx: Tx, shopId: ShopId, body: string): Promise<boolean> {
  const customers = gidsIn(body, "Customer", "customer_id");
  const orders = gidsIn(body, "Order", "order_id");
  if (customers.length > 0) {
    const gravestones = { shopId, gid: { in: customers }, redactedAt: { not: null } };
    if ((await tx.customer.count({ where: gravestones })) > 0) return true;
  }
  if (orders.length === 0) return false;
  const nobodys = { shopId, gid: { in: orders }, customerGid: null, email: null };
  return (await tx.order.count({ where: nobodys })) > 0;
}

/** Ids stand in bodies as gids and as plain numbers; read as text, because large ones do not fit a number. */
function gidsIn(body: string, kind: "Customer" | "Order", key: string): string[] {
  const found = body.matchAll(
    new RegExp(`gid:\\\\?/\\\\?/shopify\\\\?/${kind}\\\\?/(\\d+)|"${key}":\\s*(\\d+)`, "g"),
  );
  return [...new Set([...found].map(([, inGid, plain]) => `gid://shopify/${kind}/${inGid ?? plain}`))];
}
