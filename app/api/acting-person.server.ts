import { inShop } from "#app/db/in-shop.server";
import type { ShopId, Tx } from "#app/db/tx";
import { claimKey, type ActingPerson } from "#app/orders/order-claim";
import { findForActor, type OrderActor } from "#app/orders/orders.server";
import { enqueue } from "#app/queue/queue.server";
import type { Caller } from "./extension-api.server";
import type { Actor } from "./moment";

/** Who calls, as the orders domain asks it. */
export function actorOf(caller: Caller, moment: Omit<Actor, "surface" | "locale">): OrderActor {
  const { orderId: orderGid, checkoutToken, confirmationNumber } = moment;
  return { orderGid, customerGid: caller.customerGid, checkoutToken, confirmationNumber };
}

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

/**
 * Something was stored under a claim because its order had not arrived. If the order came in while we wrote, its own
 * join job may have run too early to see the claim: then it is asked for once more.
 */
export async function joinIfArrived(
  shopId: number,
  orderGid: string,
  job: "surveys.join-order" | "loyalty.join-order",
): Promise<void> {
  await inShop(shopId, async (tx) => {
    const arrived = await tx.order.count({ where: { shopId, gid: orderGid } });
    if (arrived > 0) await enqueue(tx, job, { shopId, orderGid });
  });
}
