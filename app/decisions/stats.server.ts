import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import type { SeenCandidate, Stats } from "./beliefs";

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
  const stats: Growing<Growing<Growing<SeenCandidate>>> = new Map();
  let impressions = 0;
  for (const { kind, candidateId, surface, shown, accepted } of rows) {
    const [id, subject] = splitOnce(candidateId, "/");
    const byId = grow(
      grow(stats, surface, () => new Map()),
      kind,
      () => new Map(),
    );
    const seen = grow(byId, id, () => ({ shown: 0, accepted: 0, subjects: new Map() }));
    if (subject) {
      seen.subjects.set(subject, { shown, accepted });
    } else {
      Object.assign(seen, { shown, accepted });
      impressions += shown;
    }
  }
  return { stats, impressions };
}

type Growing<Value> = Map<string, Value>;

/** The entry, made where it is missing. */
function grow<Value>(map: Growing<Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** An id, and what follows the separator: "" where there is none. */
function splitOnce(text: string, separator: string): [string, string] {
  const place = text.indexOf(separator);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + 1)];
}
