import type { ShopId, Tx } from "#app/db/tx";

/** What offers brought in a period, net of refunds and cancellations, and against the shoppers who saw none. */
export type OfferResult = {
  offerId: string;
  views: number;
  accepts: number;
  orders: number;
  /** Minor units of the shop's currency. */
  netRevenueMinor: number;
  /** Accepts per view; null where nobody saw it. */
  takeRate: number | null;
};

/** Shoppers who could have seen an offer: those who may, and those held out. */
export type HoldoutComparison = {
  shown: { people: number; laterRevenueMinor: number };
  heldOut: { people: number; laterRevenueMinor: number };
  /** More later revenue per shopper with offers than without, minor units; null while either side is too small to say. */
  upliftPerPersonMinor: number | null;
};

export type Period = { from: Date; to: Date };

/** By the day of each outcome: views, accepts and orders of the period, whenever they were decided. */
export async function offerResults(tx: Tx, shopId: ShopId, { from, to }: Period): Promise<OfferResult[]> {
  const rows = await tx.$queryRaw<
    { offerId: string; views: bigint; accepts: bigint; orders: bigint; net: bigint }[]
  >`
    SELECT "candidateId" AS "offerId",
      count(*) FILTER (WHERE "impressionAt" >= ${from} AND "impressionAt" < ${to}) AS views,
      count(*) FILTER (WHERE "acceptedAt" >= ${from} AND "acceptedAt" < ${to}) AS accepts,
      count(*) FILTER (WHERE "convertedAt" >= ${from} AND "convertedAt" < ${to}) AS orders,
      coalesce(sum("revenueMinor" - "refundedMinor") FILTER (WHERE "convertedAt" >= ${from} AND "convertedAt" < ${to}), 0) AS net
    FROM "Placement"
    WHERE "shopId" = ${shopId} AND kind = 'offer' AND "decidedAt" < ${to}
      AND (("impressionAt" >= ${from}) OR ("acceptedAt" >= ${from}) OR ("convertedAt" >= ${from}))
    GROUP BY "candidateId"`;
  return rows.map(({ offerId, views, accepts, orders, net }) => ({
    offerId,
    views: Number(views),
    accepts: Number(accepts),
    orders: Number(orders),
    netRevenueMinor: Number(net),
    takeRate: views > 0 ? Number(accepts) / Number(views) : null,
  }));
}

/** Below this many shoppers on either side a difference says nothing. */
const LEAST_PEOPLE = 100;
const LATER_DAYS = 30;

/**
 * What shoppers with an eligible decision in the period ordered within 30 days after it, by whether they were held out.
 * Only known customers count: without one, later orders cannot be told apart.
 */
export async function againstHoldout(
  tx: Tx,
  shopId: ShopId,
  { from, to }: Period,
): Promise<HoldoutComparison> {
  const rows = await tx.$queryRaw<{ heldOut: boolean; people: bigint; revenue: bigint }[]>`
    WITH person AS (
      SELECT "customerGid", bool_or(context->>'holdout' = 'true') AS "heldOut", min("decidedAt") AS since
      FROM "Decision"
      WHERE "shopId" = ${shopId} AND block = 'offers' AND "decidedAt" >= ${from} AND "decidedAt" < ${to}
        AND "customerGid" IS NOT NULL AND context->>'eligible' = 'true'
      GROUP BY "customerGid"
    )
    SELECT "heldOut", count(*) AS people, coalesce(sum(later.net), 0) AS revenue
    FROM person LEFT JOIN LATERAL (
      SELECT sum("totalMinor" - "refundedMinor") AS net FROM "Order"
      WHERE "shopId" = ${shopId} AND "customerGid" = person."customerGid" AND "cancelledAt" IS NULL
        AND "placedAt" > person.since AND "placedAt" <= person.since + make_interval(days => ${LATER_DAYS})
    ) later ON true
    GROUP BY "heldOut"`;
  const side = (heldOut: boolean) => {
    const row = rows.find((one) => one.heldOut === heldOut);
    return { people: Number(row?.people ?? 0), laterRevenueMinor: Number(row?.revenue ?? 0) };
  };
  const shown = side(false);
  const heldOut = side(true);
  const isEnough = Math.min(shown.people, heldOut.people) >= LEAST_PEOPLE;
  const perPerson = (one: typeof shown) => one.laterRevenueMinor / one.people;
  return {
    shown,
    heldOut,
    upliftPerPersonMinor: isEnough ? Math.round(perPerson(shown) - perPerson(heldOut)) : null,
  };
}
