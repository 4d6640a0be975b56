import {
  addedByNumbers,
  beliefFromNumbers,
  standardised,
  type Joints,
  type Numbers,
  type Scales,
} from "./numbers";
import { FIT_VARIANCE, PRIOR_VARIANCE, priorVariances } from "./priors";
import { BIAS_SLOT, OWN_SLOTS, ownPairSlot, ownSlot, sharedPairSlot, sharedSlot, SLOTS } from "./slots";

/**
 * What a shop has learnt about P(yes): Bayesian logistic regression over hashed features. Log odds are the candidate's
 * prior plus the weights of what is active: context, the candidate's identity and traits, and their pairs with the
 * context. Every weight is a normal distribution of its own; an outcome moves them by assumed density filtering (one
 * Newton search along the sum), so that no learning rate needs tuning.
 *
 * How far pairs may stray from zero is not known for a shop in advance. So several widths learn side by side, and each
 * is believed as much as it foresaw the outcomes so far (Bayesian model averaging by progressive log-likelihood).
 */
export type Model = {
  /** Examples learnt. */
  learnt: number;
  widths: Width[];
  /** What is usual of the numbers that moments carry. */
  scales: Scales;
};

export type Width = {
  /** What the prior variance of pairs is multiplied by. */
  factor: number;
  /** Log-likelihood of what was foreseen, the distant past forgotten. */
  evidence: number;
  mean: Float32Array;
  /** 0 where nothing was learnt yet: the prior holds. */
  variance: Float32Array;
  /** Weights of numbers, by candidate. */
  joints: Joints;
};

/** What is the same for all candidates of a decision: hashes of what is so, and numbers where there are any. */
export type ContextFeatures = { hashes: number[]; numbers?: Numbers };

/** What sets a candidate apart, as hashes. */
export type CandidateFeatures = {
  /** Which one it is; never shared with other shops. */
  identities: number[];
  /** What it is like; paired with the context. */
  traits: number[];
  /** How it fits this very context; not paired again. */
  fits: number[];
};

export type LogOdds = {
  mean: number;
  /** Without what all candidates of the decision have in common. */
  variance: number;
};

const FACTORS = [1, 6, 36];
/** Wider ones must earn their belief: log odds that each starts behind the one before. */
const HANDICAP = 5;
/** A width that is believed less is not asked. */
const NEGLIGIBLE = 0.02;

export function emptyModel(): Model {
  return { learnt: 0, widths: FACTORS.map(emptyWidth), scales: new Map() };
}

function emptyWidth(factor: number, place: number): Width {
  const evidence = -HANDICAP * place;
  const [mean, variance] = [new Float32Array(SLOTS), new Float32Array(SLOTS)];
  return { factor, evidence, mean, variance, joints: new Map() };
}

/** How much each width is believed; sums to one, those that are hardly believed left out with 0. */
export function beliefInWidths({ widths }: Model): number[] {
  const best = Math.max(...widths.map(({ evidence }) => evidence));
  const odds = widths
    .map(({ evidence }) => Math.exp(evidence - best))
    .map((one) => (one < NEGLIGIBLE ? 0 : one));
  const total = odds.reduce((sum, one) => sum + one, 0);
  return odds.map((one) => one / total);
}

/** The same beliefs in less memory; learns no further. */
export function onlyBelieved(model: Model): Model {
  const shares = beliefInWidths(model);
  return { ...model, widths: model.widths.filter((_, index) => shares[index]! > 0) };
}

/** The width that is believed most. */
function likeliestWidth(model: Model): Width {
  const shares = beliefInWidths(model);
  return model.widths[shares.indexOf(Math.max(...shares))]!;
}

/** What the model learnt of features, one at a time, in log odds; for explaining a belief. */
export function learntWeights(model: Model) {
  const { mean, joints } = likeliestWidth(model);
  return {
    /** What each number, in the order they are told, adds for a candidate. */
    ofNumbers: (candidate: number, numbers: Numbers) =>
      addedByNumbers(joints.get(candidate), model.scales, numbers),
    ofContext: (hash: number) => mean[sharedSlot(hash)]!,
    ofIdentity: (hash: number) => mean[ownSlot(hash)]!,
    ofTrait: (hash: number) => mean[sharedSlot(hash)]!,
    ofIdentityPair: (hash: number, context: number) => mean[ownPairSlot(hash, context)]!,
    ofTraitPair: (hash: number, context: number) => mean[sharedPairSlot(hash, context)]!,
  };
}

/**
 * Log odds of each candidate, before its own prior is added. A feature that many candidates have is summed up once.
 */
export function believeIn(
  model: Model,
  context: ContextFeatures,
  candidates: CandidateFeatures[],
): LogOdds[] {
  const believed = candidates.map(() => ({ mean: 0, variance: 0 }));
  if (model.learnt === 0) {
    for (const odds of believed) odds.variance = PRIOR_VARIANCE;
    return believed;
  }
  const numbers = context.numbers && standardised(model.scales, context.numbers);
  beliefInWidths(model).forEach((share, index) => {
    if (share === 0) return;
    addBeliefs(believed, share, model.widths[index]!, context, candidates);
    if (numbers) addNumbers(believed, share, model.widths[index]!, numbers, candidates);
  });
  return believed;
}

function addBeliefs(
  believed: LogOdds[],
  share: number,
  width: Width,
  context: ContextFeatures,
  candidates: CandidateFeatures[],
): void {
  const { mean, variance, factor } = width;
  let common = mean[BIAS_SLOT]!;
  for (let place = 0; place < context.hashes.length; place++) {
    common += mean[sharedSlot(context.hashes[place]!)]!;
  }
  forgetSums();
  for (let index = 0; index < candidates.length; index++) {
    const { identities, traits, fits } = candidates[index]!;
    const priors = priorVariances(context, candidates[index]!);
    const pair = priors.pair * factor;
    let total = common;
    let doubt = 0;
    for (let at = 0; at < identities.length; at++) {
      const sum = sumOf(identities[at]!, OWN_SLOTS, priors.identity, pair, width, context);
      total += sums.mean[sum]!;
      doubt += sums.variance[sum]!;
    }
    for (let at = 0; at < traits.length; at++) {
      const sum = sumOf(traits[at]!, 0, priors.trait, pair, width, context);
      total += sums.mean[sum]!;
      doubt += sums.variance[sum]!;
    }
    for (let at = 0; at < fits.length; at++) {
      const slot = sharedSlot(fits[at]!);
      total += mean[slot]!;
      doubt += variance[slot]! || FIT_VARIANCE;
    }
    believed[index]!.mean += share * total;
    believed[index]!.variance += share * doubt;
  }
}

function addNumbers(
  believed: LogOdds[],
  share: number,
  { joints, factor }: Width,
  numbers: Float64Array,
  candidates: CandidateFeatures[],
): void {
  candidates.forEach(({ identities }, index) => {
    const { mean, variance } = beliefFromNumbers(joints, identities[0]!, numbers, factor);
    believed[index]!.mean += share * mean;
    believed[index]!.variance += share * variance;
  });
}

/**
 * Sums of the features met so far in this decision, by hash: a table that is made once, because a new one for each
 * decision took longer than to sum up.
 */
const PLACES = 1 << 11;
const sums = {
  hash: new Int32Array(PLACES),
  /** A place counts only where it was taken in this round. */
  round: new Int32Array(PLACES),
  mean: new Float64Array(PLACES),
  variance: new Float64Array(PLACES),
};
let round = 0;
let taken = 0;

function forgetSums(): void {
  round = (round + 1) | 0;
  taken = 0;
}

/** @returns the place of what a feature says by itself and with each part of the context */
function sumOf(
  hash: number,
  base: number,
  own: number,
  pair: number,
  { mean, variance }: Width,
  { hashes }: ContextFeatures,
): number {
  if (taken > PLACES / 2) forgetSums();
  const key = hash | 0;
  let place = key & (PLACES - 1);
  while (sums.round[place] === round) {
    if (sums.hash[place] === key) return place;
    place = (place + 1) & (PLACES - 1);
  }
  const slot = base + sharedSlot(hash);
  let total = mean[slot]!;
  let doubt = variance[slot]! || own;
  for (let at = 0; at < hashes.length; at++) {
    const paired = base + sharedPairSlot(hash, hashes[at]!);
    total += mean[paired]!;
    doubt += variance[paired]! || pair;
  }
  taken++;
  sums.hash[place] = key;
  sums.round[place] = round;
  sums.mean[place] = total;
  sums.variance[place] = doubt;
  return place;
}
