import type { Candidate, CandidateKind } from "./candidate";
import { candidateFeatures, contextFeatures, type Traits } from "./model/features";
import { believeIn, type Model } from "./model/model";
import { LAYOUT } from "./model/state";
import { PRIOR_VARIANCE } from "./model/priors";
import { probabilityFrom, spreadFrom } from "./model/worth";
import type { Verdicts } from "./verdicts";

/**
 * What we believe about P(yes) of the candidates of one moment: their own priors, moved by what the shop's model learnt
 * from outcomes. So a new offer starts sensibly, and a product with few impressions cannot win or lose by luck.
 */

/** Stored with each decision: which model it came from, and how much that had seen. */
export function versionOf({ learnt }: Model): string {
  return `${LAYOUT}@${learnt}`;
}

/** Usual P(yes) of a kind, a little optimistic so that new candidates are tried. */
const USUAL_RATE: Record<CandidateKind, number> = {
  offer: 0.03,
  sponsored: 0.02,
  survey: 0.3,
  "loyalty-join": 0.2,
  referral: 0.03,
  "review-ask": 0.05,
  appreciation: 0.1,
  reassurance: 0.1,
  help: 0.05,
};

export function usualRate(kind: CandidateKind): number {
  return USUAL_RATE[kind];
}

/** Writes what we believe of each candidate, rounded as it is stored. */
export function believe(
  candidates: readonly Candidate[],
  model: Model,
  traits: Traits,
  { probability, spread }: Pick<Verdicts, "probability" | "spread">,
): void {
  // Where nothing was learnt, nobody need ask what for.
  const odds =
    model.learnt > 0 ? believeIn(model, contextFeatures(traits), candidates.map(candidateFeatures)) : null;
  for (let index = 0; index < candidates.length; index++) {
    const mean = odds ? odds[index]!.mean : 0;
    const variance = odds ? odds[index]!.variance : PRIOR_VARIANCE;
    const likely = probabilityFrom(mean, variance, priorOf(candidates[index]!));
    probability[index] = sixDigits(likely);
    spread[index] = sixDigits(spreadFrom(likely, variance));
  }
}

/** The candidate's own guess, within what a guess may claim. Not a number: the usual rate of its kind. */
export function priorOf({ kind, prior }: Pick<Candidate, "kind" | "prior">): number {
  const guess = prior !== undefined && Number.isFinite(prior) ? prior : USUAL_RATE[kind];
  return Math.min(0.95, Math.max(0.0005, guess));
}

/** Stored and ranked with the same digits, so that a replay sees what the ranking saw. */
export function sixDigits(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
