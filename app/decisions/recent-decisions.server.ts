import type { ShopId, Tx } from "#app/db/tx";
import type { JudgedCandidate } from "./candidate";
import type { DecisionContext } from "./decision";
import { unpackCandidates } from "./stored-candidates";

/**
 * What stored decisions of the last days say about a shop's offers: who would see none at another floor, and why an
 * offer was not shown. Computed anew from the stored candidates, from the newest decisions, so many that a page opens
 * at once; every answer tells on how many it stands.
 */

/** So many of the newest decisions are read. */
const MOST = 2_000;

type RecentDecision = {
  surface: string;
  context: DecisionContext;
  candidates: JudgedCandidate[];
};
type Since = { from: Date; to: Date };

/** Decisions of people who were erased say nothing any more and are left out. */
async function* recentDecisions(tx: Tx, shopId: ShopId, { from, to }: Since): AsyncGenerator<RecentDecision> {
  const rows = await tx.$queryRaw<{ surface: string; context: unknown; candidates: Uint8Array }[]>`
    SELECT surface, context, candidates FROM "Decision"
    WHERE "shopId" = ${shopId} AND block = 'offers' AND "decidedAt" >= ${from} AND "decidedAt" < ${to}
      AND context->>'orderValueMinor' IS NOT NULL
    ORDER BY "decidedAt" DESC LIMIT ${MOST}`;
  for (const { surface, context, candidates } of rows) {
    yield {
      surface,
      context: context as DecisionContext,
      candidates: unpackCandidates(candidates),
    };
  }
}

/** How far the best offer of each decision reached: the highest floor that it would have passed. */
export type FloorReach = {
  surface: string;
  decisions: number;
  /** Ascending, at most `POINTS` evenly taken. */
  reach: number[];
};

/** More says nothing that a plot could show. */
const POINTS = 400;

/** Per surface, those with most decisions first. Where nothing might be shown under any floor, none is counted. */
export async function floorReach(tx: Tx, shopId: ShopId, since: Since): Promise<FloorReach[]> {
  const bySurface = new Map<string, number[]>();
  for await (const { surface, context, candidates } of recentDecisions(tx, shopId, since)) {
    const best = reachOf(context, candidates);
    if (best === null) continue;
    const reach = bySurface.get(surface) ?? [];
    bySurface.set(surface, reach);
    reach.push(best);
  }
  return [...bySurface]
    .map(([surface, reach]) => ({
      surface,
      decisions: reach.length,
      reach: evenly(reach.sort((a, b) => a - b)),
    }))
    .sort((a, b) => b.decisions - a.decisions);
}

/** Reasons for which an offer was not shown that another floor would not have changed. */
const OTHER_REASONS = new Set(["holdout", "not-drawn", "below-floor"]);

/** Past any floor. Not infinite: a page could not be sent that. */
const ANY_FLOOR = Number.MAX_VALUE;

/**
 * Null where no offer might be shown, whatever the floor. What a floor is held against is the score (judge.ts), with the
 * floor of the time put back: it gives what is little known the benefit of the doubt.
 */
function reachOf(
  { orderValueMinor, floorMinor }: DecisionContext,
  candidates: JudgedCandidate[],
): number | null {
  const open = candidates.filter(
    ({ kind, reason }) => kind === "offer" && (!reason || OTHER_REASONS.has(reason)),
  );
  if (open.length === 0) return null;
  const best = Math.max(0, ...open.map(({ score }) => score + floorMinor));
  return orderValueMinor > 0 ? best / orderValueMinor : best > 0 ? ANY_FLOOR : 0;
}

function evenly(sorted: number[]): number[] {
  if (sorted.length <= POINTS) return sorted;
  return Array.from(
    { length: POINTS },
    (_, index) => sorted[Math.floor((index + 0.5) * (sorted.length / POINTS))]!,
  );
}

/** Why one offer was not shown. */
export type OfferReasons = {
  decisions: number;
  /** Per reason how many decisions; "shown" among them, and "not-proposed" where none of its products could be. */
  reasons: { reason: string; decisions: number }[];
};

/** From nearly shown to far from it: an offer of many products failed by the reason of the one that got furthest. */
const FURTHEST = ["shown", "holdout", "not-drawn", "below-floor", "capped", "offer-capped", "used-up"];

/** Over the decisions made in the places where the offer may be shown. */
export async function offerReasons(
  tx: Tx,
  shopId: ShopId,
  offer: { id: string; surfaces: readonly string[] },
  since: Since,
): Promise<OfferReasons> {
  const counts = new Map<string, number>();
  let decisions = 0;
  for await (const { surface, candidates } of recentDecisions(tx, shopId, since)) {
    if (!offer.surfaces.includes(surface)) continue;
    decisions++;
    const reason = furthest(candidates.filter(({ kind, id }) => kind === "offer" && id === offer.id));
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const reasons = [...counts].map(([reason, times]) => ({ reason, decisions: times }));
  return { decisions, reasons: reasons.sort((a, b) => b.decisions - a.decisions) };
}

function furthest(own: JudgedCandidate[]): string {
  const reasons = own.map(({ position, reason }) => (position ? "shown" : (reason ?? "not-drawn")));
  return FURTHEST.find((reason) => reasons.includes(reason as never)) ?? reasons[0] ?? "not-proposed";
}
