import { FEATURES } from "./features";
import { solveInPlace } from "./solve";

/**
 * Learns how much each feature counts: conditional logit (D. McFadden, 1974), the chance that of all prospects of an
 * order it is this one that was bought with it. Newton's method, with a pull towards known weights that keeps a small
 * shop sane.
 */

const WIDTH = FEATURES.length;

/** One order with one product held out. */
export type Question = {
  /** Features of the prospects, one after the other. */
  features: Float32Array;
  prospects: number;
  /** Index of the held-out product among the prospects. */
  answer: number;
  /** Several questions of one order share its weight of one. */
  weight: number;
};

const ROUNDS = 12;
/** How strongly weights are held to those they start from, in orders per squared unit of a standardised feature. */
const HOLD = 3;

/**
 * @param usual the weights that are held to; they come back where there is nothing to learn from
 * @param start where the search begins
 */
export function fitBlend(
  questions: readonly Question[],
  usual: Float64Array,
  start: Float64Array = usual,
): Float64Array {
  const scale = scalesOf(questions);
  const weights = start.slice();
  for (let round = 0; round < ROUNDS && questions.length > 0; round++) {
    const { gradient, curvature } = slope(questions, weights);
    for (let f = 0; f < WIDTH; f++) {
      const hold = HOLD * scale[f]! ** 2 + 1e-9;
      gradient[f]! -= hold * (weights[f]! - usual[f]!);
      curvature[f * WIDTH + f]! += hold;
    }
    solveInPlace(curvature, gradient, WIDTH);
    let longest = 0;
    for (let f = 0; f < WIDTH; f++) longest = Math.max(longest, Math.abs(gradient[f]! * scale[f]!));
    // A long step may overshoot: the curvature changes on the way.
    const length = Math.min(1, 1 / Math.max(longest, 1e-12));
    for (let f = 0; f < WIDTH; f++) weights[f]! += length * gradient[f]!;
    if (longest < 1e-3) break;
  }
  return weights.every(Number.isFinite) ? weights : usual.slice();
}

/** Standard deviation of each feature over all prospects. */
function scalesOf(questions: readonly Question[]): Float64Array {
  const sum = new Float64Array(WIDTH);
  const squares = new Float64Array(WIDTH);
  let rows = 0;
  for (const { features, prospects } of questions) {
    rows += prospects;
    for (let at = 0; at < prospects * WIDTH; at++) {
      sum[at % WIDTH]! += features[at]!;
      squares[at % WIDTH]! += features[at]! ** 2;
    }
  }
  return sum.map((total, f) => Math.sqrt(Math.max(0, squares[f]! / rows - (total / rows) ** 2)));
}

/** Slope and curvature of the log-likelihood at these weights. */
function slope(questions: readonly Question[], weights: Float64Array) {
  const gradient = new Float64Array(WIDTH);
  const curvature = new Float64Array(WIDTH * WIDTH);
  const mean = new Float64Array(WIDTH);
  for (const question of questions) {
    const { features, answer, weight } = question;
    const chances = chancesOf(question, weights);
    mean.fill(0);
    for (let row = 0; row < chances.length; row++) {
      const at = row * WIDTH;
      for (let f = 0; f < WIDTH; f++) {
        const share = chances[row]! * features[at + f]!;
        if (share === 0) continue;
        mean[f]! += share;
        for (let g = 0; g <= f; g++) curvature[f * WIDTH + g]! += weight * share * features[at + g]!;
      }
    }
    for (let f = 0; f < WIDTH; f++) {
      gradient[f]! += weight * (features[answer * WIDTH + f]! - mean[f]!);
      for (let g = 0; g <= f; g++) curvature[f * WIDTH + g]! -= weight * mean[f]! * mean[g]!;
    }
  }
  return { gradient, curvature };
}

function chancesOf({ features, prospects }: Question, weights: Float64Array): Float64Array {
  const chances = new Float64Array(prospects);
  for (let row = 0; row < prospects; row++) chances[row] = scoreOf(features, row * WIDTH, weights);
  return softmax(chances);
}

/** Weighted sum of the numbers that start at `at`, one for each weight. */
export function scoreOf(features: Float32Array | Float64Array, at: number, weights: Float64Array): number {
  let score = 0;
  for (let f = 0; f < weights.length; f++) score += features[at + f]! * weights[f]!;
  return score;
}

/** Turns scores into chances that add up to one, in place. */
export function softmax(scores: Float64Array): Float64Array {
  let best = -Infinity;
  for (const score of scores) if (score > best) best = score;
  let sum = 0;
  for (let row = 0; row < scores.length; row++) sum += scores[row] = Math.exp(scores[row]! - best);
  for (let row = 0; row < scores.length; row++) scores[row]! /= sum;
  return scores;
}

/** Where the answer stands if these weights decide, from 0; ties count half. */
export function rankOfAnswer({ features, prospects, answer }: Question, weights: Float64Array): number {
  const own = scoreOf(features, answer * WIDTH, weights);
  let better = 0;
  for (let row = 0; row < prospects; row++) {
    const score = scoreOf(features, row * WIDTH, weights);
    if (row !== answer && score >= own) better += score > own ? 1 : 0.5;
  }
  return better;
}
