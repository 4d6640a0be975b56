import type { CandidateFeatures, ContextFeatures } from "./model";

/** Prior variances. Those of a kind of weight share a budget, so that many features are no wider a guess than few. */
export const BIAS_VARIANCE = 0.5;
const CONTEXT_BUDGET = 0.4;
const IDENTITY_BUDGET = 0.1;
const TRAIT_BUDGET = 0.3;
export const FIT_VARIANCE = 0.3;
const PAIR_BUDGET = 0.64;
/** Variance of the log odds of a candidate of which nothing is known. */
export const PRIOR_VARIANCE = IDENTITY_BUDGET + TRAIT_BUDGET + PAIR_BUDGET;

type Variances = { context: number; identity: number; trait: number; pair: number };

export function priorVariances(context: ContextFeatures, candidate: CandidateFeatures): Variances {
  const contexts = Math.max(1, context.hashes.length);
  const named = candidate.identities.length + candidate.traits.length;
  return {
    context: CONTEXT_BUDGET / contexts,
    identity: IDENTITY_BUDGET / Math.max(1, candidate.identities.length),
    trait: TRAIT_BUDGET / Math.max(1, candidate.traits.length),
    pair: PAIR_BUDGET / (contexts * Math.max(1, named)),
  };
}
