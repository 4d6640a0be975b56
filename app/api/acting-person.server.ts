import { inShop } from "#app/db/in-shop.server";
import type { OrderActor } from "#app/orders/orders.server";
import { enqueue } from "#app/queue/queue.server";
import type { Caller } from "./extension-api.server";
import type { Actor } from "./moment";

/** Who calls, as the orders domain asks it. */
export function actorOf(caller: Caller, moment: Omit<Actor, "surface" | "locale">): OrderActor {
  const { orderId: orderGid, checkoutToken, confirmationNumber } = moment;
  return { orderGid, customerGid: caller.customerGid, checkoutToken, confirmationNumber };
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
