import type { ShopId, Tx } from "#app/db/tx";
import type { Person } from "./person-data";

/**
 * Empties the kept webhooks that speak of a person. They are found by text: ids stand in bodies as gids and as
 * numbers, addresses as they are. One that still waits is handled first, and forgotten with its age.
 * @returns how many were emptied
 */
export async function emptyInboxOf(tx: Tx, shopId: ShopId, person: Person): Promise<number> {
  const { domain } = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const number = (gid: string) => gid.slice(gid.lastIndexOf("/") + 1);
  const traces = [
    ...person.emails,
    ...person.phones,
    ...person.customers.flatMap((gid) => [`/Customer/${number(gid)}"`, `"customer_id":${number(gid)}`]),
    ...person.orders.flatMap((gid) => [`/Order/${number(gid)}"`, `"order_id":${number(gid)},`]),
  ];
  const patterns = traces.map((trace) => `%${trace.replace(/[\\%_]/g, "\\$&")}%`);
  return tx.$executeRaw`
    UPDATE "WebhookInbox" SET body = '', error = NULL,
      status = CASE WHEN status = 'done' THEN status ELSE 'ignored'::"InboxStatus" END
    WHERE "shopDomain" = ${domain} AND status <> 'pending' AND body ILIKE ANY (${patterns}::text[])`;
}
