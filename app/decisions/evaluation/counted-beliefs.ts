import type { JudgedCandidate } from "../candidate";
import type { LoggedDecision } from "./view-as-policy";

/**
 * The model before this one, learnt anew from the log as it goes on: how often each offer, and each of its products, was
 * seen and taken. A Beta distribution shrunk twice: an offer to the usual rate, a product to its offer.
 */
type Seen = { shown: number; taken: number };

const USUAL_RATE = 0.03;
const OFFER_WEIGHT = 60;
const PRODUCT_WEIGHT = 40;

export type CountedBeliefs = Map<string, Seen>;

export function countOutcome(counts: CountedBeliefs, { candidates, shown, surface }: LoggedDecision): void {
  const first = candidates.find(({ position }) => position === 1);
  if (!first || !shown?.wasSeen) return;
  for (const key of [offerKey(first, surface), productKey(first, surface), anywhere(first)]) {
    const known = counts.get(key) ?? NONE;
    counts.set(key, { shown: known.shown + 1, taken: known.taken + (shown.wasTaken ? 1 : 0) });
  }
}

/** How often this very product of this offer was taken so far, on any surface. */
export function timesTaken(counts: CountedBeliefs, candidate: JudgedCandidate): number {
  return counts.get(anywhere(candidate))?.taken ?? 0;
}

export function believeCounts(
  counts: CountedBeliefs,
  candidate: JudgedCandidate,
  surface: string,
): { probability: number; spread: number } {
  const offer = counts.get(offerKey(candidate, surface)) ?? NONE;
  const rate = (USUAL_RATE * OFFER_WEIGHT + offer.taken) / (OFFER_WEIGHT + offer.shown);
  const product = counts.get(productKey(candidate, surface)) ?? NONE;
  const all = PRODUCT_WEIGHT + product.shown;
  const probability = (rate * PRODUCT_WEIGHT + product.taken) / all;
  return { probability, spread: Math.sqrt((probability * (1 - probability)) / (all + 1)) };
}

const NONE: Seen = { shown: 0, taken: 0 };

function offerKey({ id }: JudgedCandidate, surface: string): string {
  return `${surface} ${id}`;
}
function productKey({ id, subject = "" }: JudgedCandidate, surface: string): string {
  return `${surface} ${id} ${subject}`;
}
function anywhere({ id, subject = "" }: JudgedCandidate): string {
  return `* ${id} ${subject}`;
}
