/**
 * What a shop has learnt about P(yes): Bayesian logistic regression over hashed features. Log odds are the candidate's
 * prior plus the weights of what is active: context, the candidate's identity and traits, and their pairs with the
 * context. Every weight is a normal distribution of its own; an outcome moves them by assumed density filtering (one
 * Newton search along the sum), so that no learning rate needs tuning.
 *
 * How far pairs may stray from zero is not known for a shop in advance. So several widths learn side by side, and each
 * is believed as much as it foresaw the outcomes so far (Bayesian model averaging by progressive log-likelihood).
 *
 * Slots in the first half belong to traits, and may be averaged over shops; those in the second to single candidates.
 */
export type Model = {
  /** Examples learnt. */
  learnt: number;
  widths: Width[];
};

export type Width = {
  /** What the prior variance of pairs is multiplied by. */
  factor: number;
  /** Log-likelihood of what was foreseen, the distant past forgotten. */
  evidence: number;
  mean: Float32Array;
  /** 0 where nothing was learnt yet: the prior holds. */
  variance: Float32Array;
};

/** What is the same for all candidates of a decision: hashes of features, and their values (1 for "it is so"). */
export type ContextFeatures = { hashes: number[]; values: number[] };

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

export const SLOTS = 1 << 16;
const HALF = SLOTS >>> 1;
const FACTORS = [1, 6, 36];
/** Wider ones must earn their belief: log odds that each starts behind the one before. */
const HANDICAP = 5;
/** Evidence of 20,000 examples ago counts a third. */
const KEPT_EVIDENCE = 1 - 1 / 20_000;
/** A width that is believed less is not asked. */
const NEGLIGIBLE = 0.02;
/** Share of the way back to its prior that a variance goes each time it is touched: the world drifts. */
const FORGOTTEN = 3e-5;
const NEWTON_STEPS = 6;

/** Prior variances. Those of a kind of weight share a budget, so that many features are no wider a guess than few. */
const BIAS_VARIANCE = 0.5;
const CONTEXT_BUDGET = 0.4;
const IDENTITY_BUDGET = 0.1;
const TRAIT_BUDGET = 0.3;
const FIT_VARIANCE = 0.3;
const PAIR_BUDGET = 0.64;
/** Variance of the log odds of a candidate of which nothing is known. */
export const PRIOR_VARIANCE = IDENTITY_BUDGET + TRAIT_BUDGET + PAIR_BUDGET;

const BIAS_SLOT = 0;

export function emptyModel(): Model {
  return { learnt: 0, widths: FACTORS.map(emptyWidth) };
}

function emptyWidth(factor: number, place: number): Width {
  const evidence = -HANDICAP * place;
  return { factor, evidence, mean: new Float32Array(SLOTS), variance: new Float32Array(SLOTS) };
}

/** How much each width is believed; sums to one. */
export function beliefInWidths({ widths }: Model): number[] {
  const best = Math.max(...widths.map(({ evidence }) => evidence));
  const shares = widths.map(({ evidence }) => Math.exp(evidence - best));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

type Variances = { context: number; identity: number; trait: number; pair: number };

function priorVariances(context: ContextFeatures, candidate: CandidateFeatures): Variances {
  const contexts = Math.max(1, context.hashes.length);
  const named = candidate.identities.length + candidate.traits.length;
  return {
    context: CONTEXT_BUDGET / contexts,
    identity: IDENTITY_BUDGET / Math.max(1, candidate.identities.length),
    trait: TRAIT_BUDGET / Math.max(1, candidate.traits.length),
    pair: PAIR_BUDGET / (contexts * Math.max(1, named)),
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
  beliefInWidths(model).forEach((share, index) => {
    if (share < NEGLIGIBLE) return;
    addBeliefs(believed, share, model.widths[index]!, context, candidates);
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
    common += context.values[place]! * mean[sharedSlot(context.hashes[place]!)]!;
  }
  const known = new Map<number, LogOdds>();
  const summed = (hash: number, base: number, own: number, pair: number): LogOdds => {
    const before = known.get(hash);
    if (before) return before;
    const slot = base + (mixed(hash) & (HALF - 1));
    const sum = { mean: mean[slot]!, variance: variance[slot]! || own };
    for (let place = 0; place < context.hashes.length; place++) {
      const value = context.values[place]!;
      const paired = base + (pairHash(hash, context.hashes[place]!) & (HALF - 1));
      sum.mean += value * mean[paired]!;
      sum.variance += value * value * (variance[paired]! || pair);
    }
    known.set(hash, sum);
    return sum;
  };
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index]!;
    const priors = priorVariances(context, candidate);
    const pair = priors.pair * factor;
    let total = common;
    let doubt = 0;
    for (const hash of candidate.identities) {
      const sum = summed(hash, HALF, priors.identity, pair);
      total += sum.mean;
      doubt += sum.variance;
    }
    for (const hash of candidate.traits) {
      const sum = summed(hash, 0, priors.trait, pair);
      total += sum.mean;
      doubt += sum.variance;
    }
    for (const hash of candidate.fits) {
      const slot = sharedSlot(hash);
      total += mean[slot]!;
      doubt += variance[slot]! || FIT_VARIANCE;
    }
    believed[index]!.mean += share * total;
    believed[index]!.variance += share * doubt;
  }
}

/** The width that is believed most. */
function likeliestWidth(model: Model): Width {
  const shares = beliefInWidths(model);
  return model.widths[shares.indexOf(Math.max(...shares))]!;
}

/** What the model learnt of features, one at a time, in log odds; for explaining a belief. */
export function learntWeights(model: Model) {
  const { mean } = likeliestWidth(model);
  return {
    ofContext: (hash: number) => mean[sharedSlot(hash)]!,
    ofIdentity: (hash: number) => mean[ownSlot(hash)]!,
    ofTrait: (hash: number) => mean[sharedSlot(hash)]!,
    ofIdentityPair: (hash: number, context: number) => mean[HALF + (pairHash(hash, context) & (HALF - 1))]!,
    ofTraitPair: (hash: number, context: number) => mean[pairHash(hash, context) & (HALF - 1)]!,
  };
}

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
    const surprise = Math.log(Math.max(1e-9, example.taken ? foreseen : 1 - foreseen));
    width.evidence = width.evidence * KEPT_EVIDENCE + surprise;
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
 */
export function correctToTaken(model: Model, example: Omit<Example, "taken">): void {
  const active = activeWeights(example);
  for (const width of model.widths) {
    const { sum, variance } = summedUp(active, width, example.prior);
    const p = sigmoid(sum);
    move(active, width, 1 / (1 + variance * p * (1 - p)), 0);
  }
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
    add(base + (mixed(hash) & (HALF - 1)), 1, own);
    context.hashes.forEach((other, place) =>
      add(base + (pairHash(hash, other) & (HALF - 1)), context.values[place]!, priors.pair, true),
    );
  };
  for (const hash of candidate.identities) addNamed(hash, HALF, priors.identity);
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

export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/** About E[sigmoid(z)] for z normal: exact to second order where p is near a half, and E[exp z] where yes is rare. */
export function meanProbability(mean: number, variance: number): number {
  return sigmoid(mean + (variance / 2) * (1 - 2 * sigmoid(mean)));
}

function ownSlot(hash: number): number {
  return HALF + (mixed(hash) & (HALF - 1));
}

function sharedSlot(hash: number): number {
  return mixed(hash) & (HALF - 1);
}

/** Finaliser of MurmurHash3 (A. Appleby, public domain): spreads every bit. */
function mixed(hash: number): number {
  let bits = hash | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function pairHash(one: number, other: number): number {
  return mixed(Math.imul(one, 0x9e3779b1) ^ other);
}
