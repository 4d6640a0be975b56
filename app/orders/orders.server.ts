import { addToTotals, isRedacted, saveCustomer } from "#app/customers/customers.server";
import type { ShopId, Tx } from "#app/db/tx";
import { waitForTurn } from "#app/db/wait-for-turn";
import type { LineItem, Order } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";
import { compareTellings, wasPaid, type OrderSnapshot, type RefundSnapshot } from "./order";
import {
  contributionOf,
  correctRefund,
  insertRefund,
  markFirstOrder,
  orderColumns,
  saveDiscountCodes,
  saveLines,
} from "./order-rows.server";

/**
 * Orders: what was bought, and what became of it. Shopify tells about an order often, twice, and in any order; the end
 * is always the same, and each fact (placed, paid, cancelled, refunded) is published once. Orders from before the
 * installation are history: they are kept and followed, but publish nothing.
 */

export { deleteProduct, saveProduct } from "./catalogue.server";

export type OrderWithLines = Order & { lines: LineItem[] };

/** Everything that changes one order waits for this lock, so that tellings are compared one at a time. */
export async function lockOrder(tx: Tx, shopId: ShopId, orderGid: string): Promise<void> {
  await waitForTurn(tx, `order ${shopId} ${orderGid}`);
}

/**
 * Takes in what Shopify tells about an order.
 * @param told times in UTC, money in minor units of its currency
 * @returns "placed" for a new order, "updated", or "stale" where something later is already known
 */
export async function recordOrder(
  tx: Tx,
  shopId: ShopId,
  told: OrderSnapshot,
  now: Date,
): Promise<{ status: "placed" | "updated" | "stale" }> {
  await lockOrder(tx, shopId, told.gid);
  const stored = await orderByGid(tx, shopId, told.gid);
  const before = contributionOf(stored);
  const snapshot = await withoutRedactedPerson(tx, shopId, told, now);

  let status: "placed" | "updated" | "stale" = "stale";
  if (!stored) {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
    await tx.order.create({
      data: {
        shopId,
        gid: told.gid,
        ...orderColumns(snapshot),
        imported: snapshot.placedAt < shop.installedAt,
      },
    });
    status = "placed";
  } else if (compareTellings(told, { ...stored, updatedAt: stored.shopifyUpdatedAt }) >= 0) {
    // A cancellation is never taken back.
    const columns = { ...orderColumns(snapshot), cancelledAt: stored.cancelledAt ?? snapshot.cancelledAt };
    await tx.order.update({ where: { shopId_gid: { shopId, gid: told.gid } }, data: columns });
    status = "updated";
  }
  if (status !== "stale") {
    await saveLines(tx, shopId, snapshot);
    await saveDiscountCodes(tx, shopId, snapshot);
  }
  const saved = await tx.order.findUniqueOrThrow({ where: { shopId_gid: { shopId, gid: told.gid } } });
  if (status === "placed") {
    if (!saved.imported) await publish(tx, "order.placed", { shopId, orderGid: saved.gid });
  }
  await notePayment(tx, saved, told);
  if (
    stored?.paidAt &&
    stored.financialStatus !== saved.financialStatus &&
    saved.financialStatus === "paid"
  ) {
    await publish(tx, "order.balance-paid", { shopId, orderGid: saved.gid });
  }
  if (saved.cancelledAt && !stored?.cancelledAt && !saved.imported) {
    await publish(tx, "order.cancelled", { shopId, orderGid: saved.gid });
  }
  for (const refund of told.refunds) await noteRefund(tx, saved, refund, status !== "stale");
  await carryTotals(tx, shopId, saved.gid, stored, before, status === "placed" && saved.imported);
  if (status === "placed") await markFirstOrder(tx, shopId, saved);
  return { status };
}

/**
 * Takes in one refund.
 * @returns "not-yet" where the order itself has not been told; ask again later
 */
export async function recordRefund(
  tx: Tx,
  shopId: ShopId,
  orderGid: string,
  told: RefundSnapshot,
): Promise<{ status: "recorded" | "already-recorded" | "not-yet" }> {
  await lockOrder(tx, shopId, orderGid);
  const order = await orderByGid(tx, shopId, orderGid);
  if (!order) return { status: "not-yet" };
  // Without a time of its own it may be an old telling: what it says of a refund that is known is left to the order's.
  const isNew = await noteRefund(tx, order, told, false);
  await carryTotals(tx, shopId, orderGid, order, contributionOf(order), false);
  return { status: isNew ? "recorded" : "already-recorded" };
}

export async function orderByGid(tx: Tx, shopId: ShopId, gid: string): Promise<OrderWithLines | null> {
  return tx.order.findUnique({
    where: { shopId_gid: { shopId, gid } },
    include: { lines: { orderBy: { gid: "asc" } } },
  });
}

/** Newest first. */
export async function ordersOfCustomer(
  tx: Tx,
  shopId: ShopId,
  customerGid: string,
  limit = 50,
): Promise<Order[]> {
  return tx.order.findMany({ where: { shopId, customerGid }, orderBy: { placedAt: "desc" }, take: limit });
}

/** What somebody bought half a year ago, they know how to use. */
const RECENT_MS = 180 * 24 * 60 * 60 * 1000;
const RECENT_ORDERS = 5;

/** Gids of the products of this order, or without one of the customer's recent orders, the newest first. */
export async function lastBought(
  tx: Tx,
  shopId: ShopId,
  { orderGid, customerGid }: { orderGid: string | null; customerGid: string | null },
  now: Date,
): Promise<string[]> {
  const placedAt = { gt: new Date(now.getTime() - RECENT_MS) };
  const whose = orderGid ? { gid: orderGid } : { customerGid: customerGid ?? "", placedAt };
  const orders = await tx.order.findMany({
    where: { shopId, ...whose, cancelledAt: null },
    orderBy: { placedAt: "desc" },
    take: RECENT_ORDERS,
    select: { lines: { orderBy: { gid: "asc" }, select: { productGid: true } } },
  });
  return [...new Set(orders.flatMap(({ lines }) => lines.flatMap(({ productGid }) => productGid ?? [])))];
}

export type OrderActor = {
  orderGid: string;
  /** From the session token of a signed-in buyer. */
  customerGid: string | null;
  checkoutToken?: string;
  confirmationNumber?: string;
};

/**
 * May this caller act for this order? A signed-in buyer for their own orders; an anonymous one who knows what outsiders
 * cannot guess. On the thank-you page the order may not exist yet: "not-yet".
 */
export async function findForActor(
  tx: Tx,
  shopId: ShopId,
  actor: OrderActor,
): Promise<{ status: "found"; order: OrderWithLines } | { status: "not-yet" } | { status: "denied" }> {
  const order = await orderByGid(tx, shopId, actor.orderGid);
  if (!order) return { status: "not-yet" };
  const knows = (mine: string | null, given: string | null | undefined) => Boolean(mine) && mine === given;
  const allowed =
    knows(order.customerGid, actor.customerGid) ||
    knows(order.checkoutToken, actor.checkoutToken) ||
    knows(order.confirmationNumber, actor.confirmationNumber);
  return allowed ? { status: "found", order } : { status: "denied" };
}

/** A person who asked to be forgotten stays forgotten, whatever is still told about their orders. */
async function withoutRedactedPerson(
  tx: Tx,
  shopId: ShopId,
  told: OrderSnapshot,
  now: Date,
): Promise<OrderSnapshot> {
  if (!told.customer) return told;
  await saveCustomer(tx, shopId, told.customer, now);
  if (!(await isRedacted(tx, shopId, told.customer.gid))) return told;
  return {
    ...told,
    customer: null,
    email: null,
    phone: null,
    statusUrl: null,
    checkoutToken: null,
    cartToken: null,
    confirmationNumber: null,
    landingSite: null,
    referringSite: null,
  };
}

async function notePayment(tx: Tx, order: Order, told: OrderSnapshot): Promise<void> {
  if (!wasPaid(told)) return;
  const { shopId, gid } = order;
  const paidAt = order.paidAt && order.paidAt < told.updatedAt ? order.paidAt : told.updatedAt;
  await tx.order.update({ where: { shopId_gid: { shopId, gid } }, data: { paidAt } });
  if (!order.paidAt && !order.imported) await publish(tx, "order.paid", { shopId, orderGid: gid });
}

/** @returns whether this refund is new */
async function noteRefund(tx: Tx, order: Order, told: RefundSnapshot, mayCorrect: boolean): Promise<boolean> {
  const { shopId, gid, imported } = order;
  const isNew = await insertRefund(tx, shopId, gid, told);
  if (!isNew && !(mayCorrect && (await correctRefund(tx, shopId, told)))) return false;
  const { _sum } = await tx.refund.aggregate({
    where: { shopId, orderGid: gid },
    _sum: { amountMinor: true },
  });
  await tx.order.update({
    where: { shopId_gid: { shopId, gid } },
    data: { refundedMinor: _sum.amountMinor ?? 0 },
  });
  const fact = isNew ? "order.refunded" : "order.refund-corrected";
  if (!imported) await publish(tx, fact, { shopId, orderGid: gid, refundGid: told.gid });
  return isNew;
}

/** Moves the customer's totals by what this order now adds more or less than before. */
async function carryTotals(
  tx: Tx,
  shopId: ShopId,
  gid: string,
  stored: Order | null,
  before: { orders: number; spentMinor: number },
  alreadyCounted: boolean,
): Promise<void> {
  const order = await tx.order.findUniqueOrThrow({ where: { shopId_gid: { shopId, gid } } });
  const { customerGid, currency, placedAt: orderedAt } = order;
  const after = contributionOf(order);
  const moved = stored && stored.customerGid !== customerGid;
  if (moved && stored.customerGid) {
    await addToTotals(tx, shopId, stored.customerGid, {
      orders: -before.orders,
      spentMinor: -before.spentMinor,
      currency,
    });
  }
  if (!customerGid || alreadyCounted) return;
  const base = moved ? contributionOf(null) : before;
  const change = { orders: after.orders - base.orders, spentMinor: after.spentMinor - base.spentMinor };
  if (stored && !moved && change.orders === 0 && change.spentMinor === 0) return;
  await addToTotals(tx, shopId, customerGid, { ...change, currency, orderedAt });
}
