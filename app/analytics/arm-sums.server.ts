import { Prisma } from "#app/generated/prisma/client";
import type { ShopId, Tx } from "#app/db/tx";
import { addMoments, NO_PEOPLE, type Moments } from "#app/experiments/moments";

/**
 * Sums over the people of a trial, per variant and day of their first exposure: made by the database, so that a shop
 * with a million shoppers costs as many rows as one with ten.
 */
export type ArmDay = { variant: string; day: string; moments: Moments };

/** SQL of one person's outcome beside the exposure `e`: a subquery of one row with y, n and x as float8. */
export type Outcome = Prisma.Sql;

export type ArmSumsOptions = {
  trialKey: string;
  since: Date;
  timezone: string;
  /** Only people who were drawn with this share: a holdout of another size is another comparison. */
  share?: number;
};

export async function armSums(
  tx: Tx,
  shopId: ShopId,
  { trialKey, since, timezone, share }: ArmSumsOptions,
  outcome: Outcome,
): Promise<ArmDay[]> {
  const sameShare = share === undefined ? Prisma.empty : Prisma.sql`AND e.share = ${share}`;
  const rows = await tx.$queryRaw<({ variant: string; day: string } & Moments)[]>`
    SELECT e.variant, to_char(e."exposedAt" AT TIME ZONE ${timezone}, 'YYYY-MM-DD') AS day,
      count(*)::float8 AS people, sum(o.y) AS y, sum(o.y * o.y) AS yy, sum(o.n) AS n, sum(o.n * o.n) AS nn,
      sum(o.y * o.n) AS yn, sum(o.x) AS x, sum(o.x * o.x) AS xx, sum(o.x * o.y) AS xy, max(o.y) AS most
    FROM "Exposure" e CROSS JOIN LATERAL (${outcome}) o
    WHERE e."shopId" = ${shopId} AND e."trialKey" = ${trialKey} AND e."exposedAt" >= ${since} ${sameShare}
    GROUP BY 1, 2 ORDER BY 2, 1`;
  return rows.map(({ variant, day, ...moments }) => ({ variant, day, moments }));
}

/** All days of one variant together. */
export function armOf(days: ArmDay[], variant: string): Moments {
  return days
    .filter((one) => one.variant === variant)
    .reduce((sum, { moments }) => addMoments(sum, moments), NO_PEOPLE);
}

/** For how long after meeting something people's orders count. */
export const WINDOW_DAYS = 30;

/**
 * What the person paid from the order in hand on, for 30 days, net of refunds and cancellations; and what that order was
 * worth before, which takes most of the noise out. Only the order in hand where nobody knows who they are.
 */
export function revenueOutcome(): Outcome {
  return Prisma.sql`
    SELECT coalesce(sum(r.net), 0)::float8 AS y, 1::float8 AS n, e."valueMinor"::float8 AS x FROM (${ordersSince()}) r`;
}

/** What of that was paid back. */
export function refundOutcome(): Outcome {
  return Prisma.sql`
    SELECT coalesce(sum(r.refunded), 0)::float8 AS y, 1::float8 AS n, e."valueMinor"::float8 AS x FROM (${ordersSince()}) r`;
}

/** The order in hand, and those of the next 30 days. */
function ordersSince(): Prisma.Sql {
  return Prisma.sql`
    SELECT o."totalMinor" - o."refundedMinor" AS net, o."refundedMinor" AS refunded FROM (
      SELECT "totalMinor", "refundedMinor", test, "cancelledAt" FROM "Order"
      WHERE "shopId" = e."shopId" AND gid = e."orderGid"
      UNION ALL
      SELECT "totalMinor", "refundedMinor", test, "cancelledAt" FROM "Order"
      WHERE "shopId" = e."shopId" AND "customerGid" = e."personKey" AND gid IS DISTINCT FROM e."orderGid"
        AND "placedAt" > e."exposedAt" AND "placedAt" <= e."exposedAt" + make_interval(days => ${WINDOW_DAYS})
    ) o WHERE NOT o.test AND o."cancelledAt" IS NULL`;
}

/** What advertisers paid the shop for this person's clicks and sales; sales that were reversed count nothing. */
export function sponsoredOutcome(): Outcome {
  return Prisma.sql`
    SELECT coalesce(sum(c."chargedMinor" + coalesce(v.charged, 0)), 0)::float8
        * (coalesce((SELECT "sharePercent" FROM "SponsoredSettings" WHERE "shopId" = e."shopId"), 85) / 100.0)::float8 AS y,
      1::float8 AS n, 0::float8 AS x
    FROM "Placement" p
    JOIN "SponsoredClick" c ON c."shopId" = p."shopId" AND c."decisionId" = p."decisionId" AND c.position = p.position
    LEFT JOIN LATERAL (
      SELECT sum(s."chargedMinor") AS charged FROM "SponsoredConversion" s
      WHERE s."shopId" = c."shopId" AND s."clickId" = c.id AND s."reversedAt" IS NULL
    ) v ON true
    WHERE p."shopId" = e."shopId" AND p."personKey" = e."personKey" AND p.kind = 'sponsored'
      AND p."decidedAt" >= e."exposedAt" AND p."decidedAt" <= e."exposedAt" + make_interval(days => ${WINDOW_DAYS})`;
}
