import { customerByGid } from "#app/customers/customers.server";
import type { ShopId, Tx } from "#app/db/tx";
import type { Customer, Enrolment } from "#app/generated/prisma/client";
import { orderByGid, type OrderWithLines } from "#app/orders/orders.server";

export type Recipient = {
  order: OrderWithLines | null;
  customer: Customer | null;
  email: string | null;
  phone: string | null;
  /** As Shopify tells it, e.g. "de-AT". */
  locale: string;
};

/** Whom an enrolment is about, read fresh: an order knows best where its buyer wants to hear from us. */
export async function recipientOf(
  tx: Tx,
  shopId: ShopId,
  { orderGid, customerGid }: Pick<Enrolment, "orderGid" | "customerGid">,
): Promise<Recipient> {
  const order = orderGid ? await orderByGid(tx, shopId, orderGid) : null;
  const customer = customerGid ? await customerByGid(tx, shopId, customerGid) : null;
  return {
    order,
    customer,
    email: order?.email ?? customer?.email ?? null,
    phone: order?.phone ?? customer?.phone ?? null,
    locale: order?.locale ?? customer?.locale ?? "",
  };
}
