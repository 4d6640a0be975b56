import type { ShopId, Tx } from "#app/db/tx";

/**
 * The learner: counts outcomes into the statistics that the ranking reads. A placement counts as shown once its
 * impression is known, and as taken once it is accepted, however late; each exactly once, because counting and marking
 * are one statement. Nothing is lost with a process.
 */

/** Most placements counted in one turn. */
const BATCH = 5_000;

/** Shops with outcomes that are not counted yet. */
export async function shopsToLearn(tx: Tx): Promise<ShopId[]> {
  const rows = await tx.$queryRaw<{ shopId: ShopId }[]>`
    SELECT DISTINCT "shopId" FROM "Placement"
    WHERE "impressionAt" IS NOT NULL AND (learnt = 0 OR (learnt = 1 AND "acceptedAt" IS NOT NULL))`;
  return rows.map(({ shopId }) => shopId);
}

/** @returns how many placements were counted */
export async function learnOutcomes(tx: Tx, shopId: ShopId, now: Date): Promise<number> {
  const [counted] = await tx.$queryRaw<{ placements: bigint }[]>`
    WITH due AS (
      SELECT "decisionId", position, learnt FROM "Placement"
      WHERE "shopId" = ${shopId}
        AND "impressionAt" IS NOT NULL AND (learnt = 0 OR (learnt = 1 AND "acceptedAt" IS NOT NULL))
      ORDER BY "decisionId", position LIMIT ${BATCH}
      FOR UPDATE SKIP LOCKED
    ), marked AS (
      UPDATE "Placement" p SET learnt = CASE WHEN p."acceptedAt" IS NULL THEN 1 ELSE 2 END
      FROM due
      WHERE p."shopId" = ${shopId} AND p."decisionId" = due."decisionId" AND p.position = due.position
      RETURNING p.kind, p."candidateId", p.subject, p.surface,
        (due.learnt = 0)::int AS shown,
        (p."acceptedAt" IS NOT NULL)::int AS accepted,
        CASE WHEN p."acceptedAt" IS NULL THEN 0 ELSE coalesce((p.payload->>'discountedMinor')::bigint, 0) END AS value
    ), counted AS (
      INSERT INTO "CandidateStats" AS s ("shopId", kind, "candidateId", surface, shown, accepted, "valueMinor", "updatedAt")
      SELECT ${shopId}, kind, key, surface, sum(shown), sum(accepted), sum(value), ${now}
      FROM marked, LATERAL (
        SELECT "candidateId" AS key UNION SELECT "candidateId" || '/' || subject WHERE subject <> ''
      ) keys
      GROUP BY kind, key, surface
      ORDER BY kind, key, surface
      ON CONFLICT ("shopId", kind, "candidateId", surface) DO UPDATE SET
        shown = s.shown + excluded.shown,
        accepted = s.accepted + excluded.accepted,
        "valueMinor" = s."valueMinor" + excluded."valueMinor",
        "updatedAt" = excluded."updatedAt"
    )
    SELECT count(*) AS placements FROM marked`;
  return Number(counted?.placements ?? 0);
}
