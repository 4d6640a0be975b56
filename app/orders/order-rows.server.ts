import type { ShopId, Tx } from "#app/db/tx";
import type { OrderSnapshot, RefundSnapshot } from "./order";

/** How an order's tellings become rows. Only the door (orders.server.ts) uses it, and holds the order's lock meanwhile. */

/** The order's own columns; `undefined` leaves a stored value alone. */
export function orderColumns(told: OrderSnapshot) {
  const { gid, customer, lines, discountCodes, refunds, updatedAt, ...columns } = told;
  return { ...columns, customerGid: customer?.gid ?? null, shopifyUpdatedAt: updatedAt };
}

/** Lines are never taken out of an order: an edit sets their quantity to 0. */
export async function saveLines(tx: Tx, shopId: ShopId, told: OrderSnapshot): Promise<void> {
  const stored = new Map(
    (await tx.lineItem.findMany({ where: { shopId, orderGid: told.gid } })).map((line) => [line.gid, line]),
  );
  const added = told.lines.filter((line) => !stored.has(line.gid));
  if (added.length > 0) {
    const rows = added.map((line) => ({ shopId, orderGid: told.gid, ...line }));
    await tx.lineItem.createMany({ data: rows, skipDuplicates: true });
  }
  for (const line of told.lines) {
    const old = stored.get(line.gid);
    const changed =
      old && (Object.keys(line) as (keyof typeof line)[]).some((column) => old[column] !== line[column]);
    if (changed) await tx.lineItem.update({ where: { shopId_gid: { shopId, gid: line.gid } }, data: line });
  }
}

export async function saveDiscountCodes(tx: Tx, shopId: ShopId, told: OrderSnapshot): Promise<void> {
  for (const { code, amountMinor } of told.discountCodes) {
    await tx.orderDiscountCode.upsert({
      where: { shopId_orderGid_code: { shopId, orderGid: told.gid, code } },
      create: { shopId, orderGid: told.gid, code, amountMinor },
      update: { amountMinor }, // undefined leaves it alone
    });
  }
}

/** @returns whether this refund is new */
export async function insertRefund(
  tx: Tx,
  shopId: ShopId,
  orderGid: string,
  told: RefundSnapshot,
): Promise<boolean> {
  const { lines, ...refund } = told;
  const created = await tx.refund.createMany({
    data: [{ shopId, orderGid, ...refund }],
    skipDuplicates: true,
  });
  if (created.count === 0) return false;
  await tx.refundLine.createMany({
    data: lines.map((line) => ({ shopId, refundGid: refund.gid, ...line })),
    skipDuplicates: true,
  });
  await tx.$executeRaw`
    UPDATE "LineItem" line SET "refundedQuantity" = greatest(line."refundedQuantity", back.quantity)
    FROM (
      SELECT l."lineItemGid", sum(l.quantity)::int AS quantity
      FROM "RefundLine" l JOIN "Refund" r ON r."shopId" = l."shopId" AND r.gid = l."refundGid"
      WHERE r."shopId" = ${shopId} AND r."orderGid" = ${orderGid}
      GROUP BY 1
    ) back
    WHERE line."shopId" = ${shopId} AND line.gid = back."lineItemGid"`;
  return true;
}

/** A payment back may fail later, or be told before its amount is. @returns whether the known amount was another */
export async function correctRefund(
  tx: Tx,
  shopId: ShopId,
  { gid, amountMinor, currency }: RefundSnapshot,
): Promise<boolean> {
  const corrected = await tx.refund.updateMany({
    where: { shopId, gid, NOT: { amountMinor } },
    data: { amountMinor, currency },
  });
  return corrected.count > 0;
}

/** What an order adds to its customer's totals right now. Test and cancelled orders add nothing. */
export function contributionOf(
  order: { test: boolean; cancelledAt: Date | null; totalMinor: number; refundedMinor: number } | null,
): { orders: number; spentMinor: number } {
  if (!order || order.test || order.cancelledAt) return { orders: 0, spentMinor: 0 };
  return { orders: 1, spentMinor: order.totalMinor - order.refundedMinor };
}

/**
 * True for the first order of a customer, as far as we know; null without a customer. Orders may arrive out of order:
 * a later one that was taken for the first loses the mark.
 */
export async function markFirstOrder(
  tx: Tx,
  shopId: ShopId,
  order: { gid: string; customerGid: string | null; placedAt: Date },
): Promise<void> {
  if (!order.customerGid) return;
  await tx.$executeRaw`
    UPDATE "Order" o SET "isFirst" = (ranked.place = 1 AND ranked.known >= ranked.total)
    FROM (
      SELECT r.gid, row_number() OVER (ORDER BY r."placedAt", r.gid) AS place, count(*) OVER () AS known,
             (SELECT c."ordersCount" FROM "Customer" c WHERE c."shopId" = ${shopId} AND c.gid = ${order.customerGid}) AS total
      FROM "Order" r WHERE r."shopId" = ${shopId} AND r."customerGid" = ${order.customerGid}
    ) ranked
    WHERE o."shopId" = ${shopId} AND o.gid = ranked.gid
      AND (o.gid = ${order.gid} OR (o."placedAt" >= ${order.placedAt} AND o."isFirst"))`;
}
