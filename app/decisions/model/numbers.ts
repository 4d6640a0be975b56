/**
 * Numbers of a moment, where it carries any besides words. They may be many, of any scale, and tell much the same: weights
 * with a variance each would count that again and again. So a candidate's weights of all numbers are one normal
 * distribution with all covariances. Moments without numbers cost nothing of this.
 */

/** As told: the hash of each name, and its value. */
export type Numbers = { hashes: number[]; values: number[] };

/** What is usual of a number in this shop. The distant past is forgotten. */
export type Scale = { count: number; mean: number; squares: number };
/** By hash of the name; their order is that of the weights. */
export type Scales = Map<number, Scale>;

/** Weights of one candidate: means, and the lower triangle of their covariance, row by row. */
export type Joint = { learntAt: number; mean: Float32Array; covariance: Float32Array };
/** By hash of the candidate, those that were learnt about longest ago first. */
export type Joints = Map<number, Joint>;

/** Numbers that are met later are not learnt from. */
const MOST_NUMBERS = 128;
/** In all joints of a width, so that a shop's model stays below 2 MB: 210 candidates of 16 numbers, 3 of 128. */
const MOST_FLOATS = 32_000;
/** A candidate that was not learnt about for so many examples makes room for another one. */
const STALE = 5_000;
/** So many examples say what is usual. */
const MEMORY = 20_000;
/** Standard deviations; what is further from the usual counts as this far. */
const FURTHEST = 4;
/** Prior variance of what all numbers together bring, in log odds; times the width's factor, as for pairs. */
const BUDGET = 0.1;
/** Share of the way back to its prior that a covariance goes each time it is touched, as other weights do. */
const FORGOTTEN = 3e-5;

/** How far each number is from what is usual, in standard deviations; 0 where it was not told. */
export function standardised(scales: Scales, { hashes, values }: Numbers): Float64Array {
  const numbers = new Float64Array(scales.size);
  let place = 0;
  for (const [hash, { count, mean, squares }] of scales) {
    const at = hashes.indexOf(hash);
    if (at >= 0 && squares > 0) {
      const off = (values[at]! - mean) / Math.sqrt(squares / count);
      numbers[place] = Math.max(-FURTHEST, Math.min(FURTHEST, off));
    }
    place++;
  }
  return numbers;
}

/** Learns what is usual, by the running mean and sum of squares of B. P. Welford (1962). */
export function noteScales(scales: Scales, { hashes, values }: Numbers): void {
  hashes.forEach((hash, at) => {
    const scale = scales.get(hash) ?? { count: 0, mean: 0, squares: 0 };
    if (scale.count === 0 && scales.size >= MOST_NUMBERS) return;
    if (scale.count >= MEMORY) scale.squares *= 1 - 1 / MEMORY;
    else scale.count++;
    const off = values[at]! - scale.mean;
    scale.mean += off / scale.count;
    scale.squares += off * (values[at]! - scale.mean);
    scales.set(hash, scale);
  });
}

/**
 * What the numbers add to a candidate's log odds: their mean and variance.
 * @param numbers standardised
 * @param factor of the width, for the prior
 */
export function beliefFromNumbers(
  joints: Joints,
  candidate: number,
  numbers: Float64Array,
  factor: number,
): { mean: number; variance: number } {
  const joint = joints.get(candidate);
  // Nothing can be learnt where there is no room, so nothing is hoped for.
  if (!joint && isFull(joints, numbers.length)) return { mean: 0, variance: 0 };
  fillProduct(joint, numbers, factor);
  // As with words, the mean probability is the candidate's own guess before anything is learnt.
  let mean = (-BUDGET * factor) / 2;
  let variance = 0;
  for (let place = 0; place < numbers.length; place++) {
    mean += numbers[place]! * (joint?.mean[place] ?? 0);
    variance += numbers[place]! * product[place]!;
  }
  // Rounding must not make a doubt negative.
  return { mean, variance: Math.max(0, variance) };
}

/** The same mean, number by number in the order they are told. */
export function addedByNumbers(joint: Joint | undefined, scales: Scales, numbers: Numbers): number[] {
  const off = standardised(scales, numbers);
  const places = [...scales.keys()];
  return numbers.hashes.map((hash) => {
    const place = places.indexOf(hash);
    return (off[place] ?? 0) * (joint?.mean[place] ?? 0);
  });
}

/**
 * Moves a candidate's weights as one outcome says.
 * @param pull how far the log odds go per unit of variance
 * @param curve what the variance loses per unit of its square
 * @param now examples learnt by the model
 */
export function moveNumbers(
  joints: Joints,
  candidate: number,
  numbers: Float64Array,
  { factor, pull, curve, now }: { factor: number; pull: number; curve: number; now: number },
): void {
  const joint = admitted(joints, candidate, numbers.length, factor, now);
  if (!joint) return;
  fillProduct(joint, numbers, factor);
  const prior = priorOf(numbers.length, factor);
  const { mean, covariance } = joint;
  for (let row = 0, at = 0; row < numbers.length; row++) {
    const moved = product[row]!;
    mean[row]! += moved * pull;
    for (let column = 0; column <= row; column++, at++) {
      const doubt = covariance[at]! - curve * moved * product[column]!;
      covariance[at] = doubt + ((column === row ? prior : 0) - doubt) * FORGOTTEN;
    }
  }
}

/** Covariance × numbers. One room for all, as each is used at once. */
const product = new Float64Array(MOST_NUMBERS);

function fillProduct(joint: Joint | undefined, numbers: Float64Array, factor: number): void {
  const prior = priorOf(numbers.length, factor);
  const known = joint?.mean.length ?? 0;
  for (let row = 0, at = 0; row < numbers.length; row++) {
    const value = numbers[row]!;
    // Of numbers that were first met after the candidate was last learnt about, only the prior is known.
    if (row >= known) {
      product[row] = prior * value;
      continue;
    }
    let sum = 0;
    for (let column = 0; column < row; column++, at++) {
      const one = joint!.covariance[at]!;
      sum += one * numbers[column]!;
      product[column]! += one * value;
    }
    product[row] = sum + joint!.covariance[at++]! * value;
  }
}

/** The candidate's weights, with room for all numbers, at the end of the order; none where all room is taken. */
function admitted(
  joints: Joints,
  candidate: number,
  size: number,
  factor: number,
  now: number,
): Joint | undefined {
  const before = joints.get(candidate);
  joints.delete(candidate);
  makeRoom(joints, size, now);
  if (!before && isFull(joints, size)) return undefined;
  const joint = before?.mean.length === size ? before : grown(before, size, factor);
  joint.learntAt = now;
  joints.set(candidate, joint);
  return joint;
}

/** One stale candidate leaves, and as many others as no longer fit because the shop met more numbers. */
function makeRoom(joints: Joints, size: number, now: number): void {
  for (const [candidate, { learntAt }] of joints) {
    const isStale = joints.size === mostJoints(size) && learntAt < now - STALE;
    if (!isStale && joints.size <= mostJoints(size)) return;
    joints.delete(candidate);
  }
}

function grown(before: Joint | undefined, size: number, factor: number): Joint {
  const mean = new Float32Array(size);
  const covariance = new Float32Array(floatsOf(size) - size);
  for (let row = 0, at = 0; row < size; row++, at += row + 1) covariance[at] = priorOf(size, factor);
  if (before) {
    mean.set(before.mean);
    covariance.set(before.covariance);
  }
  return { learntAt: 0, mean, covariance };
}

function isFull(joints: Joints, size: number): boolean {
  return joints.size >= mostJoints(size);
}

function mostJoints(size: number): number {
  return Math.floor(MOST_FLOATS / Math.max(1, floatsOf(size)));
}

function floatsOf(size: number): number {
  return size + (size * (size + 1)) / 2;
}

function priorOf(size: number, factor: number): number {
  return (BUDGET * factor) / Math.max(1, size);
}
