import type { ShopId, Tx } from "#app/db/tx";

/** What offers brought in a period, net of refunds and cancellations. What they added is in analytics/uplift.server.ts. */
export type OfferResult = {
  offerId: string;
  views: number;
  accepts: number;
  orders: number;
  /** Minor units of the shop's currency. */
  netRevenueMinor: number;
  /** Orders for which it stood ready and was not held out. */
  eligibleOrders: number;
  /** Accepts per eligible order; null where there was none. */
  takeRate: number | null;
};

export type Period = { from: Date; to: Date };

/**
 * By the day of each outcome: views, accepts and orders of the period, whenever they were decided. Eligible orders are
 * counted by the shop's day: those of all days that the period touches.
 */
export async function offerResults(tx: Tx, shopId: ShopId, { from, to }: Period): Promise<OfferResult[]> {
  const { timezone } = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { timezone: true } });
  const lastMoment = new Date(to.getTime() - 1);
  const rows = await tx.$queryRaw<
    {
      offerId: string;
      views: bigint;
      accepts: bigint;
      orders: bigint;
      net: bigint;
      eligible: bigint;
    }[]
  >`
    SELECT "candidateId" AS "offerId",
      count(*) FILTER (WHERE "impressionAt" >= ${from} AND "impressionAt" < ${to}) AS views,
      count(*) FILTER (WHERE "acceptedAt" >= ${from} AND "acceptedAt" < ${to}) AS accepts,
      count(*) FILTER (WHERE "convertedAt" >= ${from} AND "convertedAt" < ${to}) AS orders,
      coalesce(sum("revenueMinor" - "refundedMinor") FILTER (WHERE "convertedAt" >= ${from} AND "convertedAt" < ${to}), 0) AS net,
      coalesce((SELECT sum(c.orders) FROM "OfferChance" c
        WHERE c."shopId" = ${shopId} AND c."offerId"::text = "candidateId"
          AND c.day >= (${from}::timestamptz AT TIME ZONE ${timezone})::date
          AND c.day <= (${lastMoment}::timestamptz AT TIME ZONE ${timezone})::date), 0) AS eligible
    FROM "Placement"
    WHERE "shopId" = ${shopId} AND kind = 'offer' AND "decidedAt" < ${to}
      AND (("impressionAt" >= ${from}) OR ("acceptedAt" >= ${from}) OR ("convertedAt" >= ${from}))
    GROUP BY "candidateId"`;
  return rows.map(({ offerId, views, accepts, orders, net, eligible }) => ({
    offerId,
    views: Number(views),
    accepts: Number(accepts),
    orders: Number(orders),
    netRevenueMinor: Number(net),
    eligibleOrders: Number(eligible),
    takeRate: eligible > 0 ? Math.min(1, Number(accepts) / Number(eligible)) : null,
  }));
}
