import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { statsKey, type Stats } from "./beliefs";

/** What the learner knows of a shop: statistics of its candidates, and all impressions together. */
export type Learnt = { stats: Stats; impressions: number };

/** Statistics that changed longest ago are left out beyond this number: their candidates start from their priors. */
const MOST = 5_000;

/** @param client in a transaction bound to the shop */
export async function loadLearnt(client: PoolClient, shopId: ShopId): Promise<Learnt> {
  const { rows } = await client.query<{
    kind: string;
    candidateId: string;
    surface: string;
    shown: number;
    accepted: number;
  }>(
    `SELECT kind, "candidateId", surface, shown, accepted FROM "CandidateStats"
     WHERE "shopId" = $1 ORDER BY "updatedAt" DESC LIMIT ${MOST}`,
    [shopId],
  );
  const stats = new Map<string, { shown: number; accepted: number }>();
  let impressions = 0;
  for (const { kind, candidateId, surface, shown, accepted } of rows) {
    stats.set(statsKey(kind, candidateId, "", surface), { shown, accepted });
    if (!candidateId.includes("/")) impressions += shown;
  }
  return { stats, impressions };
}
