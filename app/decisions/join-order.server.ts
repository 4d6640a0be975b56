import { joinPerson } from "#app/contact-policy/contact-policy.server";
import type { ShopId, Tx } from "#app/db/tx";
import { joinExposures, moveExposures } from "#app/experiments/exposures.server";
import { visitGid } from "#app/orders/visit";
import { recountOrder } from "./offer-chances.server";

/**
 * An order told us its customer: what was decided and seen under the order now counts for the customer. Decisions of
 * buyers who did not allow analytics stay with the order. Safe to repeat.
 */
export async function joinOrder(tx: Tx, shopId: ShopId, orderGid: string): Promise<void> {
  const order = await tx.order.findUnique({
    where: { shopId_gid: { shopId, gid: orderGid } },
    select: { customerGid: true, checkoutToken: true, cartToken: true },
  });
  if (!order) return;
  const visits = [order.cartToken, order.checkoutToken].flatMap((token) => (token ? [visitGid(token)] : []));
  const takeOver = async () => {
    for (const visit of visits) await takeOverVisit(tx, shopId, visit, orderGid);
  };
  // Always waits for who folds this shop's decisions: what is folded meanwhile would stay under a name that nobody has any more.
  await recountOrder(tx, shopId, orderGid, takeOver);
  if (!order.customerGid) return;
  const from = `order:${orderGid}`;
  const to = order.customerGid;
  const unlinked = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT true AS found FROM "Decision"
    WHERE "shopId" = ${shopId} AND "orderGid" = ${orderGid} AND context->>'mayLink' = 'false' LIMIT 1`;
  if (unlinked.length > 0) return;
  await tx.placement.updateMany({ where: { shopId, personKey: from }, data: { personKey: to } });
  await tx.decision.updateMany({
    where: { shopId, orderGid, personKey: from },
    data: { personKey: to, customerGid: to },
  });
  await joinPerson(tx, shopId, { from, to });
  await joinExposures(tx, shopId, { from, to });
}

/** What was shown in the cart or the checkout belongs to the order that came of it. */
async function takeOverVisit(tx: Tx, shopId: ShopId, visit: string, orderGid: string): Promise<void> {
  const from = `order:${visit}`;
  const to = `order:${orderGid}`;
  await tx.decision.updateMany({ where: { shopId, orderGid: visit }, data: { orderGid } });
  await tx.decision.updateMany({ where: { shopId, orderGid, personKey: from }, data: { personKey: to } });
  await tx.placement.updateMany({ where: { shopId, personKey: from }, data: { personKey: to } });
  await joinPerson(tx, shopId, { from, to });
  await joinExposures(tx, shopId, { from, to });
  await moveExposures(tx, shopId, { visit, orderGid });
}
