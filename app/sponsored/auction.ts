import type { JudgedCandidate } from "#app/decisions/candidate";

/**
 * Second price (Vickrey 1961), over all kinds: own offers and sponsored ones compete by expected net value, and a
 * sponsored winner pays the least bid with which it would still have come first.
 *
 * A candidate's score is P × value − cost, and value grows with the bid; so the bid that would have given the score of the
 * runner-up (or 0, where "nothing" came next) is bid × (runner-up + cost) / (score + cost).
 */
export type Auction = {
  winner: Pick<JudgedCandidate, "score" | "subject" | "position">;
  /** All candidates of the decision, the winner among them. */
  candidates: Pick<JudgedCandidate, "score" | "subject" | "position" | "reason">[];
  /** Cost of attention of the decision, minor units: the relevance floor. */
  costMinor: number;
  bidMinor: number;
  /** Least price that the merchant set. */
  reserveMinor: number;
};

/** @returns whole minor units, never above the bid, never below the reserve unless the bid itself is */
export function secondPrice({ winner, candidates, costMinor, bidMinor, reserveMinor }: Auction): number {
  const rivals = candidates.filter((one) => isRival(one, winner));
  const runnerUp = Math.max(0, ...rivals.map(({ score }) => score));
  const exact = (bidMinor * (runnerUp + costMinor)) / (winner.score + costMinor);
  const price = Number.isFinite(exact) ? Math.ceil(exact - 1e-9) : reserveMinor;
  return Math.min(bidMinor, Math.max(reserveMinor, price));
}

/** Stood in the draw and was not placed before. An advertiser's own campaigns do not drive up its price. */
function isRival(one: Auction["candidates"][number], winner: Auction["winner"]): boolean {
  const stood = one.reason === undefined || one.reason === "not-drawn";
  const wasPlacedBefore = one.position !== undefined && one.position <= (winner.position ?? Infinity);
  return stood && !wasPlacedBefore && one.subject !== winner.subject;
}
