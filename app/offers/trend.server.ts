import type { ShopId, Tx } from "#app/db/tx";

/** One offer's figures of a day, by the day of each outcome. Money in minor units, net of refunds as known today. */
export type OfferDay = {
  day: string;
  views: number;
  accepts: number;
  orders: number;
  netRevenueMinor: number;
};

/** @param days calendar days of the shop's time zone, in order; each gets an entry */
export async function offerTrend(
  tx: Tx,
  shopId: ShopId,
  offerId: string,
  { days, from, to, timezone }: { days: string[]; from: Date; to: Date; timezone: string },
): Promise<OfferDay[]> {
  const rows = await tx.$queryRaw<{ day: string; what: string; times: bigint; net: bigint }[]>`
    WITH placement AS (
      SELECT * FROM "Placement"
      WHERE "shopId" = ${shopId} AND kind = 'offer' AND "candidateId" = ${offerId} AND "decidedAt" < ${to}
    ), outcome AS (
      SELECT 'views' AS what, "impressionAt" AS at, 0::bigint AS net FROM placement
      UNION ALL SELECT 'accepts', "acceptedAt", 0 FROM placement
      UNION ALL SELECT 'orders', "convertedAt", "revenueMinor" - "refundedMinor" FROM placement
    )
    SELECT to_char(at AT TIME ZONE ${timezone}, 'YYYY-MM-DD') AS day, what, count(*) AS times, sum(net)::bigint AS net
    FROM outcome WHERE at >= ${from} AND at < ${to} GROUP BY 1, 2`;
  const found = new Map(rows.map((row) => [`${row.day} ${row.what}`, row]));
  const times = (day: string, what: string) => Number(found.get(`${day} ${what}`)?.times ?? 0);
  return days.map((day) => ({
    day,
    views: times(day, "views"),
    accepts: times(day, "accepts"),
    orders: times(day, "orders"),
    netRevenueMinor: Number(found.get(`${day} orders`)?.net ?? 0),
  }));
}
