import { chanceFrom } from "./chance.ts";
import type { Measured } from "./parts.ts";

/**
 * Classification as a bandit: one class is shown per example, and only whether it was right is told. The features are
 * dense, correlated numbers, unlike those of a shop. The problems are MADE UP in the shapes of two well-known sets
 * (letter: 20,000 × 16, 26 classes; digits: 1,797 × 64, 10 classes), because the sets themselves are not part of this
 * repository: errors on them cannot be compared with published ones, only with the peers beside them.
 */
export type Problem = { classes: number; examples: { features: Float64Array; label: number }[] };
type Shape = { examples: number; features: number; classes: number; latent: number; spread: number };

const LETTER_SHAPE: Shape = { examples: 20_000, features: 16, classes: 26, latent: 10, spread: 0.75 };
const DIGITS_SHAPE: Shape = { examples: 1_797, features: 64, classes: 10, latent: 16, spread: 0.6 };
const MODES = 2;

/** Every class is a few clouds in a space of fewer dimensions; the features are mixtures of those. */
function makeProblem(seed: number, shape: Shape): Problem {
  const chance = chanceFrom(5_000 + seed);
  const cloud = () => Array.from({ length: shape.latent }, () => chance.normal());
  const centres = Array.from({ length: shape.classes }, () => {
    const middle = cloud();
    return Array.from({ length: MODES }, () => cloud().map((one, at) => middle[at]! + 0.6 * one));
  });
  const mixing = Array.from({ length: shape.features }, cloud);
  const examples = Array.from({ length: shape.examples }, () => {
    const label = chance.integer(shape.classes);
    const centre = centres[label]![chance.integer(MODES)]!;
    const point = centre.map((one) => one + shape.spread * chance.normal());
    const features = Float64Array.from(mixing, (row) => {
      const mixed = row.reduce((sum, weight, at) => sum + weight * point[at]!, 0);
      return mixed / Math.sqrt(2.4 * shape.latent) + 0.2 * chance.normal();
    });
    return { features, label };
  });
  return { classes: shape.classes, examples };
}

/** @returns the measured figures of both problems, each named after its problem */
export function eachProblem(seed: number, measure: (problem: Problem) => Record<string, number>): Measured {
  const measured: Measured = {};
  for (const [name, shape] of [
    ["letter_shape", LETTER_SHAPE],
    ["digits_shape", DIGITS_SHAPE],
  ] as const) {
    for (const [key, value] of Object.entries(measure(makeProblem(seed, shape)))) {
      measured[`${name}_${key}`] = [value];
    }
  }
  return measured;
}
