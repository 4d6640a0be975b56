import type { ShopId, Tx } from "#app/db/tx";
import { PARTNERS } from "./ledger.server";

/** What sponsored offers brought, beside the shop's own. Money is net: reversals and the host's share are taken off. */
export type CampaignResult = {
  campaignId: string;
  views: number;
  /** Clicks that count. */
  clicks: number;
  /** Clicks that were marked as not a person's, repeated and so on. */
  invalid: number;
  conversions: number;
  /** The shop's earnings, minor units. */
  earnedMinor: number;
};
export type Period = { from: Date; to: Date };

export async function campaignResults(
  tx: Tx,
  shopId: ShopId,
  { from, to }: Period,
): Promise<CampaignResult[]> {
  const rows = await tx.$queryRaw<
    { id: string; views: bigint; clicks: bigint; invalid: bigint; conversions: bigint; earned: bigint }[]
  >`
    SELECT c.id, seen.views, click.clicks, click.invalid, sale.conversions, money.earned
    FROM "SponsoredCampaign" c
    LEFT JOIN LATERAL (
      SELECT count(*) AS views FROM "Placement" WHERE "shopId" = ${shopId} AND kind = 'sponsored'
        AND "candidateId" = c.id::text AND "impressionAt" >= ${from} AND "impressionAt" < ${to}
    ) seen ON true
    LEFT JOIN LATERAL (
      SELECT count(*) FILTER (WHERE reason IS NULL) AS clicks, count(*) FILTER (WHERE reason IS NOT NULL) AS invalid
      FROM "SponsoredClick" WHERE "shopId" = ${shopId} AND "campaignId" = c.id
        AND "happenedAt" >= ${from} AND "happenedAt" < ${to}
    ) click ON true
    LEFT JOIN LATERAL (
      SELECT count(*) AS conversions FROM "SponsoredConversion" WHERE "shopId" = ${shopId} AND "campaignId" = c.id
        AND reason IS NULL AND "reversedAt" IS NULL AND "happenedAt" >= ${from} AND "happenedAt" < ${to}
    ) sale ON true
    LEFT JOIN LATERAL (
      SELECT coalesce(sum("amountMinor"), 0) AS earned FROM "SponsoredEntry" WHERE "shopId" = ${shopId}
        AND "campaignId" = c.id AND kind <> 'payout' AND "happenedAt" >= ${from} AND "happenedAt" < ${to}
    ) money ON true
    WHERE c."shopId" = ${shopId}`;
  return rows.map((row) => ({
    campaignId: row.id,
    views: Number(row.views),
    clicks: Number(row.clicks),
    invalid: Number(row.invalid),
    conversions: Number(row.conversions),
    earnedMinor: Number(row.earned),
  }));
}

/** Per calendar day of the shop: what own offers brought net, and what sponsored ones earned. Days without are missing. */
export type DayOfEarnings = { day: string; ownMinor: number; sponsoredMinor: number };

export async function earningsByDay(
  tx: Tx,
  shopId: ShopId,
  { from, to }: Period,
  timezone: string,
): Promise<DayOfEarnings[]> {
  const rows = await tx.$queryRaw<{ day: string; own: bigint; sponsored: bigint }[]>`
    SELECT day, sum(own) AS own, sum(sponsored) AS sponsored FROM (
      SELECT to_char("convertedAt" AT TIME ZONE ${timezone}, 'YYYY-MM-DD') AS day,
        "revenueMinor" - "refundedMinor" AS own, 0 AS sponsored
      FROM "Placement" WHERE "shopId" = ${shopId} AND kind = 'offer' AND "convertedAt" >= ${from} AND "convertedAt" < ${to}
      UNION ALL
      SELECT to_char("happenedAt" AT TIME ZONE ${timezone}, 'YYYY-MM-DD'), 0, "amountMinor"
      FROM "SponsoredEntry" WHERE "shopId" = ${shopId} AND kind <> 'payout' AND "happenedAt" >= ${from} AND "happenedAt" < ${to}
        -- What a partner charged this shop is a debt of its own, and takes nothing off what was earned.
        AND NOT starts_with("sourceKey", ${PARTNERS})
    ) both_kinds GROUP BY day ORDER BY day`;
  return rows.map(({ day, own, sponsored }) => ({
    day,
    ownMinor: Number(own),
    sponsoredMinor: Number(sponsored),
  }));
}

/** Why clicks did not count, most frequent first. */
export async function invalidClicks(
  tx: Tx,
  shopId: ShopId,
  { from, to }: Period,
): Promise<{ reason: string; clicks: number }[]> {
  const rows = await tx.sponsoredClick.groupBy({
    by: ["reason"],
    where: { shopId, reason: { not: null }, happenedAt: { gte: from, lt: to } },
    _count: true,
    orderBy: { _count: { reason: "desc" } },
  });
  return rows.map(({ reason, _count }) => ({ reason: reason!, clicks: _count }));
}
