import { meanProbability, sigmoid } from "./logistic";
import type { CandidateFeatures, ContextFeatures, Model, Width } from "./model";
import { BIAS_VARIANCE, FIT_VARIANCE, priorVariances } from "./priors";
import { BIAS_SLOT, OWN_SLOTS, sharedPairSlot, sharedSlot } from "./slots";

/** How outcomes move a model: assumed density filtering, one example at a time. Pure but for the model it is given. */

/** Evidence of 20,000 examples ago counts a third. */
const KEPT_EVIDENCE = 1 - 1 / 20_000;
/** Share of the way back to its prior that a variance goes each time it is touched: the world drifts. */
const FORGOTTEN = 3e-5;
const NEWTON_STEPS = 6;

export type Example = {
  context: ContextFeatures;
  candidate: CandidateFeatures;
  /** Log odds that the candidate's own prior gave it. */
  prior: number;
  taken: boolean;
};

/** Learns one outcome, in place. */
export function learn(model: Model, example: Example): void {
  const active = activeWeights(example);
  for (const width of model.widths) {
    const { sum, variance } = summedUp(active, width, example.prior);
    const foreseen = meanProbability(sum, variance);
    width.evidence = width.evidence * KEPT_EVIDENCE + logOf(example.taken ? foreseen : 1 - foreseen);
    const mode = likeliestSum(sum, variance, example.taken ? 1 : 0);
    const p = sigmoid(mode);
    const pull = (mode - sum) / Math.max(variance, 1e-9);
    const curve = (p * (1 - p)) / (1 + variance * p * (1 - p));
    move(active, width, pull, curve);
  }
  model.learnt += 1;
}

/**
 * Takes a "no" back that turned out to be a late "yes". The impression was counted, so doubt stays as it is.
 * Together with the "no" before, it moves a model about as far as the "yes" at once would have.
 */
export function correctToTaken(model: Model, example: Omit<Example, "taken">): void {
  const active = activeWeights(example);
  for (const width of model.widths) {
    const { sum, variance } = summedUp(active, width, example.prior);
    const foreseen = meanProbability(sum, variance);
    width.evidence += logOf(foreseen) - logOf(1 - foreseen);
    const p = sigmoid(sum);
    move(active, width, 1 / (1 + variance * p * (1 - p)), 0);
  }
}

/** Nothing is taken for impossible. */
function logOf(probability: number): number {
  return Math.log(Math.max(1e-9, probability));
}

/** Weights that an example touches. `pairs` says which priors depend on the width. */
type Active = { slots: number[]; values: number[]; priors: number[]; pairs: boolean[] };

function activeWeights({ context, candidate }: Pick<Example, "context" | "candidate">): Active {
  const active: Active = { slots: [], values: [], priors: [], pairs: [] };
  const add = (slot: number, value: number, prior: number, isPair = false) => {
    active.slots.push(slot);
    active.values.push(value);
    active.priors.push(prior);
    active.pairs.push(isPair);
  };
  const priors = priorVariances(context, candidate);
  add(BIAS_SLOT, 1, BIAS_VARIANCE);
  context.hashes.forEach((hash, place) => add(sharedSlot(hash), context.values[place]!, priors.context));
  for (const hash of candidate.fits) add(sharedSlot(hash), 1, FIT_VARIANCE);
  const addNamed = (hash: number, base: number, own: number) => {
    add(base + sharedSlot(hash), 1, own);
    context.hashes.forEach((other, place) =>
      add(base + sharedPairSlot(hash, other), context.values[place]!, priors.pair, true),
    );
  };
  for (const hash of candidate.identities) addNamed(hash, OWN_SLOTS, priors.identity);
  for (const hash of candidate.traits) addNamed(hash, 0, priors.trait);
  return active;
}

function priorAt({ priors, pairs }: Active, index: number, { factor }: Width): number {
  return pairs[index] ? priors[index]! * factor : priors[index]!;
}

function summedUp(active: Active, width: Width, prior: number) {
  let sum = prior;
  let doubt = 0;
  for (let index = 0; index < active.slots.length; index++) {
    const slot = active.slots[index]!;
    const value = active.values[index]!;
    sum += value * width.mean[slot]!;
    doubt += value * value * (width.variance[slot]! || priorAt(active, index, width));
  }
  return { sum, variance: doubt };
}

/** Mode of the posterior of the sum; Newton's method. */
function likeliestSum(sum: number, variance: number, outcome: number): number {
  let z = sum;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const p = sigmoid(z);
    z -= (z - sum - variance * (outcome - p)) / (1 + variance * p * (1 - p));
  }
  return z;
}

function move(active: Active, width: Width, pull: number, curve: number): void {
  const { mean, variance } = width;
  for (let index = 0; index < active.slots.length; index++) {
    const slot = active.slots[index]!;
    const value = active.values[index]!;
    const prior = priorAt(active, index, width);
    let doubt = variance[slot]! || prior;
    doubt += (prior - doubt) * FORGOTTEN;
    mean[slot]! += doubt * value * pull;
    variance[slot] = doubt - doubt * doubt * value * value * curve;
  }
}
