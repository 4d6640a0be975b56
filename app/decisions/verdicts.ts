import type { JudgedCandidate, Rejection } from "./candidate";

/**
 * How a decision judged its candidates, by column: entry n of each list is about candidate n. This runs for every shopper:
 * fifty objects of a dozen fields, laid out by column again for storing, cost more than the judgement itself.
 */
export type Verdicts = {
  /** Posterior mean and standard deviation of P(yes). */
  probability: number[];
  spread: number[];
  /** Net value of a yes in minor units; 1 for kinds that are not about money. */
  value: number[];
  /** Expected net value, with the benefit of the doubt, less the cost of attention; minor units. */
  score: number[];
  /** Probability of being drawn: at its own turn for a chosen one, at the first draw for others, 0 where rejected. */
  propensity: number[];
  /** Place among the placements; null where it was not chosen. */
  position: (number | null)[];
  /** Why it was not chosen; null while nothing speaks against it. */
  reason: (Rejection | null)[];
};

/**
 * For so many candidates, of whom nothing is known yet. Each list is made by an expression of its own: what a place in the
 * code made before decides how V8 lays out what it makes next, and numbers among strings are boxed.
 */
export function openVerdicts(count: number): Verdicts {
  return {
    probability: new Array<number>(count),
    spread: new Array<number>(count),
    value: new Array<number>(count),
    score: new Array<number>(count),
    propensity: new Array<number>(count).fill(0),
    position: new Array<number | null>(count).fill(null),
    reason: new Array<Rejection | null>(count).fill(null),
  };
}

/** As they stand in stored candidates. */
export function verdictsOf(stored: readonly JudgedCandidate[]): Verdicts {
  return {
    probability: stored.map(({ probability }) => probability),
    spread: stored.map(({ spread }) => spread),
    value: stored.map(({ value }) => value),
    score: stored.map(({ score }) => score),
    propensity: stored.map(({ propensity }) => propensity),
    position: stored.map(({ position }) => position ?? null),
    reason: stored.map(({ reason }) => reason ?? null),
  };
}
