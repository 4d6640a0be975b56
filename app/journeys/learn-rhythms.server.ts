import type { ShopId, Tx } from "#app/db/tx";
import { learnRhythms, type Interval } from "./rhythm";

/** When products are used up, from the shop's own orders; and clocks for those who have them at home now. */

const DAY = 24 * 60 * 60 * 1000;
/** Habits of three years ago say little. */
const LOOK_BACK_DAYS = 730;
const MOST_INTERVALS = 500_000;

/** Learns the rhythm of every variant that people buy again. Replaces what was learnt before. */
export async function learnReplenishment(tx: Tx, shopId: ShopId, now: Date): Promise<number> {
  const since = new Date(now.getTime() - LOOK_BACK_DAYS * DAY);
  const intervals = await tx.$queryRaw<Interval[]>`
    SELECT "variantGid", "productGid", coalesce(p."productType", '') AS "productType", bought.days
    FROM (
      SELECT l."variantGid", l."productGid", extract(epoch FROM o."placedAt" - lag(o."placedAt") OVER (
          PARTITION BY o."customerGid", l."variantGid" ORDER BY o."placedAt")) / 86400.0 AS days
      FROM "Order" o JOIN "LineItem" l ON l."shopId" = o."shopId" AND l."orderGid" = o.gid
      WHERE o."shopId" = ${shopId} AND o."placedAt" > ${since} AND o."customerGid" IS NOT NULL AND NOT o.test
        AND o."cancelledAt" IS NULL AND l."variantGid" IS NOT NULL AND l."productGid" IS NOT NULL
    ) bought
    LEFT JOIN "Product" p ON p."shopId" = ${shopId} AND p.gid = bought."productGid"
    -- Two orders of the same day are one purchase in two parts.
    WHERE bought.days >= 1 LIMIT ${MOST_INTERVALS}`;
  const rhythms = learnRhythms(intervals.map((one) => ({ ...one, days: Number(one.days) })));
  await tx.reorderRhythm.deleteMany({ where: { shopId } });
  await tx.reorderRhythm.createMany({ data: rhythms.map((one) => ({ shopId, ...one, learntAt: now })) });
  return rhythms.length;
}

/**
 * Clocks by the rhythms as they are now, for everybody's newest purchase of each variant whose time is still to come.
 * What has run out before today is left alone: nobody is reminded of last year's coffee because we learnt today. Safe to
 * repeat.
 */
export async function seedReplenishment(tx: Tx, shopId: ShopId, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "JourneyClock" AS k ("shopId", kind, subject, "customerGid", "orderGid", "variantGid", "dueAt", "orderedAt")
    SELECT ${shopId}, stage.kind, newest."customerGid" || ' ' || newest."variantGid", newest."customerGid", newest.gid,
      newest."variantGid", newest."placedAt" + stage.days * interval '24 hours', newest."placedAt"
    FROM (
      SELECT DISTINCT ON (o."customerGid", l."variantGid") o."customerGid", l."variantGid", o.gid, o."placedAt",
        r."earlyDays", r."lateDays"
      FROM "ReorderRhythm" r
      JOIN "LineItem" l ON l."shopId" = r."shopId" AND l."variantGid" = r."variantGid" AND l."productGid" = r."productGid"
      JOIN "Order" o ON o."shopId" = l."shopId" AND o.gid = l."orderGid"
      WHERE r."shopId" = ${shopId} AND o."customerGid" IS NOT NULL AND NOT o.test AND o."cancelledAt" IS NULL
      ORDER BY o."customerGid", l."variantGid", o."placedAt" DESC
    ) newest
    CROSS JOIN LATERAL (VALUES ('replenishment.due', newest."earlyDays"), ('replenishment.late', newest."lateDays"))
      AS stage(kind, days)
    WHERE newest."placedAt" + stage.days * interval '24 hours' > ${now}
    ON CONFLICT ("shopId", kind, subject) DO UPDATE
      SET "dueAt" = excluded."dueAt", "orderGid" = excluded."orderGid", "orderedAt" = excluded."orderedAt"
      WHERE k."orderedAt" IS NULL OR k."orderedAt" <= excluded."orderedAt"`;
}

/** When to learn anew: once a week. Read across all shops. */
export async function shopsToLearnFrom(tx: Tx, now: Date): Promise<ShopId[]> {
  const weekAgo = new Date(now.getTime() - 7 * DAY);
  const rows = await tx.$queryRaw<{ shopId: ShopId }[]>`
    SELECT s.id AS "shopId" FROM "Shop" s
    WHERE s.status = 'installed' AND NOT EXISTS (
      SELECT FROM "ReorderRhythm" r WHERE r."shopId" = s.id AND r."learntAt" > ${weekAgo})`;
  return rows.map(({ shopId }) => shopId);
}
