import type { ShopId, Tx } from "#app/db/tx";
import type { Prisma } from "#app/generated/prisma/client";
import { lockOrder } from "#app/orders/orders.server";
import { visitGid } from "#app/orders/visit";
import { noteTaken } from "./taken.server";

/**
 * Which orders came of which offers, and what they brought: net of discounts, refunds and cancellations. Only what was
 * shown and accepted counts, each placement for one order, each order line for the placement of its own product. A mail asks for
 * no acceptance: who uses its code, or buys after a click on its offer, took it.
 */

/** An accepted product that is ordered within this time came of the offer, also without its code. */
const WINDOW_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

type OrderWithLines = Prisma.OrderGetPayload<{ include: { lines: true; discounts: true } }>;

/**
 * Ties an order to the offers it came of, and takes off what was given back meanwhile. Safe to repeat: each of its products counts
 * for one placement, for good.
 */
export async function attributeOrder(tx: Tx, shopId: ShopId, orderGid: string): Promise<void> {
  // Its refund may be told at the same time: without it the two would not see one another.
  await lockOrder(tx, shopId, orderGid);
  const order = await tx.order.findUnique({
    where: { shopId_gid: { shopId, gid: orderGid } },
    include: { lines: true, discounts: true },
  });
  if (!order || order.imported) return;
  const byCode = await placementsOfCodes(tx, shopId, order);
  if (order.test) return;
  const byProduct = await acceptedByPerson(tx, shopId, order);
  const byEdit = await addedByEdit(tx, shopId, order);
  const counted = await tx.placement.findMany({
    where: { shopId, orderGid, kind: "offer", convertedAt: { not: null } },
    select: { subject: true },
  });
  const claimed = new Set(counted.map(({ subject }) => subject));
  for (const placement of [...byCode, ...byProduct, ...byEdit]) {
    const revenueMinor = revenueOf(order, placement.subject);
    if (revenueMinor === 0 || claimed.has(placement.subject)) continue;
    claimed.add(placement.subject);
    const { decisionId, position } = placement;
    await noteTaken(tx, shopId, placement, order.placedAt);
    await tx.placement.updateMany({
      where: { shopId, decisionId, position, convertedAt: null },
      data: { convertedAt: order.placedAt, orderGid, revenueMinor, currency: order.currency },
    });
  }
  // A refund's job may have run before there was anything to take it off.
  await takeOffRefunds(tx, shopId, orderGid);
}

type PlacementRef = { decisionId: string; position: number; offerId: string; subject: string };

/** Codes of ours that the order used up; each is marked as used. */
async function placementsOfCodes(tx: Tx, shopId: ShopId, order: OrderWithLines): Promise<PlacementRef[]> {
  const codes = order.discounts.map(({ code }) => code.trim().toUpperCase());
  if (codes.length === 0) return [];
  const found = await tx.offerCode.findMany({ where: { shopId, code: { in: codes } } });
  await tx.offerCode.updateMany({
    where: { shopId, id: { in: found.map(({ id }) => id) }, usedAt: null },
    data: { state: "used", usedAt: order.placedAt, orderGid: order.gid },
  });
  return found.flatMap(({ decisionId, position, offerId, productGid }) =>
    decisionId && position !== null ? [{ decisionId, position, offerId, subject: productGid }] : [],
  );
}

async function acceptedByPerson(tx: Tx, shopId: ShopId, order: OrderWithLines): Promise<PlacementRef[]> {
  const products = order.lines.flatMap(({ productGid }) => (productGid ? [productGid] : []));
  if (products.length === 0) return [];
  // What was accepted in the cart or the checkout may not have been joined to its order yet.
  const visits = [order.checkoutToken, order.cartToken].flatMap((token) =>
    token ? [`order:${visitGid(token)}`] : [],
  );
  const personKeys = [...(order.customerGid ? [order.customerGid] : []), `order:${order.gid}`, ...visits];
  const within = { gt: new Date(order.placedAt.getTime() - WINDOW_DAYS * DAY), lte: order.placedAt };
  const found = await tx.placement.findMany({
    where: {
      shopId,
      personKey: { in: personKeys },
      kind: "offer",
      subject: { in: products },
      OR: [{ acceptedAt: within }, { surface: "message", acceptedAt: null, clickedAt: within }],
      convertedAt: null,
    },
    orderBy: [{ acceptedAt: { sort: "desc", nulls: "last" } }, { clickedAt: "desc" }],
    select: { decisionId: true, position: true, candidateId: true, subject: true },
  });
  return found.map(({ candidateId, ...placement }) => ({ ...placement, offerId: candidateId }));
}

const UNPAID = new Set(["pending", "partially_paid", "authorized", "expired", "voided"]);

/** What was added to the order after its payment counts once the balance is paid. */
async function addedByEdit(tx: Tx, shopId: ShopId, order: OrderWithLines): Promise<PlacementRef[]> {
  if (UNPAID.has(order.financialStatus ?? "")) return [];
  const edits = await tx.offerOrderEdit.findMany({ where: { shopId, orderGid: order.gid, state: "done" } });
  return edits.map(({ decisionId, position, offerId, productGid }) => ({
    ...{ decisionId, position, offerId },
    subject: productGid,
  }));
}

/** What the order's lines of one product came to after discounts, minor units. */
function revenueOf(order: OrderWithLines, productGid: string): number {
  return order.lines
    .filter((line) => line.productGid === productGid)
    .reduce((sum, line) => sum + line.priceMinor * line.quantity - line.discountMinor, 0);
}

/** Takes back what was refunded or cancelled. Counts anew each time, so it is safe to repeat. */
export async function attributeRefund(tx: Tx, shopId: ShopId, orderGid: string): Promise<void> {
  await lockOrder(tx, shopId, orderGid);
  await takeOffRefunds(tx, shopId, orderGid);
}

async function takeOffRefunds(tx: Tx, shopId: ShopId, orderGid: string): Promise<void> {
  const placements = await tx.placement.findMany({ where: { shopId, orderGid, kind: "offer" } });
  if (placements.length === 0) return;
  const order = await tx.order.findUniqueOrThrow({
    where: { shopId_gid: { shopId, gid: orderGid } },
    include: { lines: true, refunds: { include: { lines: true } } },
  });
  const isUndone =
    order.cancelledAt !== null || (order.totalMinor > 0 && order.refundedMinor >= order.totalMinor);
  const refundLines = order.refunds.flatMap((refund) => refund.lines);
  for (const { decisionId, position, subject, revenueMinor } of placements) {
    const lineGids = order.lines.filter((line) => line.productGid === subject).map(({ gid }) => gid);
    const refunded = refundLines
      .filter((line) => lineGids.includes(line.lineItemGid))
      .reduce((sum, line) => sum + line.subtotalMinor, 0);
    await tx.placement.update({
      where: { shopId_decisionId_position: { shopId, decisionId, position } },
      data: { refundedMinor: isUndone ? revenueMinor : Math.min(revenueMinor, refunded) },
    });
  }
}
