import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { loadModel } from "./model/load-model.server";
import type { Model } from "./model/model";

/** What the learner knows of a shop. */
export type Learnt = {
  model: Model;
  /** All impressions together; the more, the less "nothing" is overruled for learning. */
  impressions: number;
  /** Share of what was taken that the shop kept after refunds, 0..1. */
  keptShare: number;
  /** Median order, minor units of the shop's currency; null where it is not known yet. */
  usualOrderMinor: number | null;
};

/** @param client in a transaction bound to the shop */
export async function loadLearnt(client: PoolClient, shopId: ShopId): Promise<Learnt> {
  const shown = client.query<{ impressions: number }>(
    `SELECT coalesce(sum(shown), 0)::float8 AS impressions FROM "CandidateStats"
     WHERE "shopId" = $1 AND "candidateId" NOT LIKE '%/%'`,
    [shopId],
  );
  const [model, { rows }] = await Promise.all([loadModel(client, shopId), shown]);
  return { ...model, impressions: rows[0]!.impressions };
}
