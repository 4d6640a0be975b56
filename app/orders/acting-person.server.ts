import type { ShopId, Tx } from "#app/db/tx";
import { claimKey } from "./order-claim";
import { findForActor, type OrderActor } from "./orders.server";

/** A person who acts for an order, known as well as it can be at this moment. */
export type ActingPerson = {
  orderGid: string;
  /** Null while unknown. */
  customerGid: string | null;
  /** Set while the order has not arrived: the key under which their doings wait for it (order-claim.ts). */
  claim: string | null;
};

/** @returns null where the caller may not act for this order, or could not show later that it is theirs */
export async function actingPerson(tx: Tx, shopId: ShopId, actor: OrderActor): Promise<ActingPerson | null> {
  const { orderGid, customerGid } = actor;
  const found = await findForActor(tx, shopId, actor);
  if (found.status === "denied") return null;
  if (found.status === "found") {
    return { orderGid, customerGid: found.order.customerGid ?? customerGid, claim: null };
  }
  const claim = claimKey(actor);
  return claim === null ? null : { orderGid, customerGid, claim };
}
