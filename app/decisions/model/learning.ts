import { meanProbability, sigmoid } from "./logistic";
import type { CandidateFeatures, ContextFeatures, Model, Width } from "./model";
import { beliefFromNumbers, moveNumbers, noteScales, standardised } from "./numbers";
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
  const active = activeWeights(model, example);
  for (const width of model.widths) {
    const { sum, variance } = summedUp(active, width, example.prior);
    const foreseen = meanProbability(sum, variance);
    width.evidence = width.evidence * KEPT_EVIDENCE + logOf(example.taken ? foreseen : 1 - foreseen);
    const mode = likeliestSum(sum, variance, example.taken ? 1 : 0);
    const p = sigmoid(mode);
    const pull = (mode - sum) / Math.max(variance, 1e-9);
    const curve = (p * (1 - p)) / (1 + variance * p * (1 - p));
    move(active, width, { pull, curve, now: model.learnt });
  }
  if (example.context.numbers) noteScales(model.scales, example.context.numbers);
  model.learnt += 1;
}

/**
 * Takes a "no" back that turned out to be a late "yes". The impression was counted, so doubt stays as it is.
 * Together with the "no" before, it moves a model about as far as the "yes" at once would have.
 */
export function correctToTaken(model: Model, example: Omit<Example, "taken">): void {
  const active = activeWeights(model, example);
  for (const width of model.widths) {
    const { sum, variance } = summedUp(active, width, example.prior);
    const foreseen = meanProbability(sum, variance);
    width.evidence += logOf(foreseen) - logOf(1 - foreseen);
    const p = sigmoid(sum);
    move(active, width, { pull: 1 / (1 + variance * p * (1 - p)), curve: 0, now: model.learnt });
  }
}

/** Nothing is taken for impossible. */
function logOf(probability: number): number {
  return Math.log(Math.max(1e-9, probability));
}

/** Weights that an example touches. `pairs` says which priors depend on the width. */
type Active = {
  slots: number[];
  priors: number[];
  pairs: boolean[];
  /** The candidate whose joint weights the numbers touch, and the numbers standardised. */
  joint?: { candidate: number; numbers: Float64Array };
};

function activeWeights(
  { scales }: Model,
  { context, candidate }: Pick<Example, "context" | "candidate">,
): Active {
  const active: Active = { slots: [], priors: [], pairs: [] };
  const add = (slot: number, prior: number, isPair = false) => {
    active.slots.push(slot);
    active.priors.push(prior);
    active.pairs.push(isPair);
  };
  const priors = priorVariances(context, candidate);
  add(BIAS_SLOT, BIAS_VARIANCE);
  for (const hash of context.hashes) add(sharedSlot(hash), priors.context);
  for (const hash of candidate.fits) add(sharedSlot(hash), FIT_VARIANCE);
  const addNamed = (hash: number, base: number, own: number) => {
    add(base + sharedSlot(hash), own);
    for (const other of context.hashes) add(base + sharedPairSlot(hash, other), priors.pair, true);
  };
  for (const hash of candidate.identities) addNamed(hash, OWN_SLOTS, priors.identity);
  for (const hash of candidate.traits) addNamed(hash, 0, priors.trait);
  if (context.numbers) {
    active.joint = {
      candidate: candidate.identities[0]!,
      numbers: standardised(scales, context.numbers),
    };
  }
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
    sum += width.mean[slot]!;
    doubt += width.variance[slot]! || priorAt(active, index, width);
  }
  if (active.joint) {
    const { candidate, numbers } = active.joint;
    const told = beliefFromNumbers(width.joints, candidate, numbers, width.factor);
    sum += told.mean;
    doubt += told.variance;
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

type Motion = { pull: number; curve: number; now: number };

function move(active: Active, width: Width, motion: Motion): void {
  const { mean, variance, joints, factor } = width;
  const { pull, curve } = motion;
  for (let index = 0; index < active.slots.length; index++) {
    const slot = active.slots[index]!;
    const prior = priorAt(active, index, width);
    let doubt = variance[slot]! || prior;
    doubt += (prior - doubt) * FORGOTTEN;
    mean[slot]! += doubt * pull;
    variance[slot] = doubt - doubt * doubt * curve;
  }
  if (active.joint) {
    moveNumbers(joints, active.joint.candidate, active.joint.numbers, { ...motion, factor });
  }
}
