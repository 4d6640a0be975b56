import { drawArms } from "#app/decisions/draw";
import { learn } from "#app/decisions/model/learning";
import { believeIn, emptyModel } from "#app/decisions/model/model";
import { beliefFrom, EXPLORATION, hopeful, priorLogOdds } from "#app/decisions/model/worth";
import { hashText } from "#app/decisions/random";
import { chanceFrom } from "./chance.ts";

/**
 * Classification as a bandit: one class is shown per example, and only whether it was right is told. The features are
 * dense, correlated numbers, unlike those of a shop. The problems are MADE UP in the shapes of two well-known sets
 * (letter: 20,000 × 16, 26 classes; digits: 1,797 × 64, 10 classes), because the sets themselves are not part of this
 * repository: errors on them cannot be compared with published ones, only with the peers beside them.
 */
type Problem = { classes: number; examples: { features: Float64Array; label: number }[] };
type Shape = { examples: number; features: number; classes: number; latent: number; spread: number };

const LETTER_SHAPE: Shape = { examples: 20_000, features: 16, classes: 26, latent: 10, spread: 0.75 };
const DIGITS_SHAPE: Shape = { examples: 1_797, features: 64, classes: 10, latent: 16, spread: 0.6 };
const MODES = 2;

export function dense(seeds: number[]): Record<string, number[]> {
  const measured: Record<string, number[]> = {};
  const note = (key: string, value: number) => (measured[key] ??= []).push(value);
  for (const seed of seeds) {
    for (const [name, shape] of [
      ["letter_shape", LETTER_SHAPE],
      ["digits_shape", DIGITS_SHAPE],
    ] as const) {
      const problem = makeProblem(seed, shape);
      note(`${name}_error`, ourError(problem, seed));
      note(`${name}_error_linucb`, linUcbError(problem));
      note(`${name}_error_greedy_linear`, linUcbError(problem, { optimism: 0, seed, except: 0.05 }));
    }
  }
  return measured;
}

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

function ourError({ classes, examples }: Problem, seed: number): number {
  const chance = chanceFrom(9_000 + seed);
  const model = emptyModel();
  const candidates = Array.from({ length: classes }, (_, label) => ({
    identities: [hashText(`class ${label}`)],
    traits: [],
    fits: [],
  }));
  const hashes = Array.from(examples[0]!.features, (_, at) => hashText(`number ${at}`));
  let wrong = 0;
  for (const { features, label } of examples) {
    const context = { hashes, values: Array.from(features) };
    const arms = believeIn(model, context, candidates).map((odds) => {
      const belief = beliefFrom(odds, 1 / classes);
      return { mean: hopeful(belief), spread: EXPLORATION * belief.spread };
    });
    const { arm } = drawArms(arms, { limit: 1, forced: 1, random: chance.uniform }).drawn[0]!;
    const taken = arm === label;
    wrong += Number(!taken);
    learn(model, { context, candidate: candidates[arm]!, prior: priorLogOdds(1 / classes), taken });
  }
  return wrong / examples.length;
}

/** One ridge regression per class with full covariance. */
function linUcbError(
  { classes, examples }: Problem,
  { optimism = 0.2, seed = 0, except = 0 }: { optimism?: number; seed?: number; except?: number } = {},
): number {
  const chance = chanceFrom(9_000 + seed);
  const size = examples[0]!.features.length + 1;
  const arms = Array.from({ length: classes }, () => ({
    inverse: Float64Array.from({ length: size * size }, (_, at) => Number(at % (size + 1) === 0)),
    weights: new Float64Array(size),
    product: new Float64Array(size),
  }));
  let wrong = 0;
  for (const { features, label } of examples) {
    const input = Float64Array.of(1, ...features);
    let winner = 0;
    let most = -Infinity;
    arms.forEach(({ inverse, weights, product }, arm) => {
      let mean = 0;
      let doubt = 0;
      for (let row = 0; row < size; row++) {
        let sum = 0;
        for (let column = 0; column < size; column++) sum += inverse[row * size + column]! * input[column]!;
        product[row] = sum;
        mean += weights[row]! * input[row]!;
        doubt += sum * input[row]!;
      }
      const worth = mean + optimism * Math.sqrt(Math.max(0, doubt));
      if (worth > most) [winner, most] = [arm, worth];
    });
    if (chance.uniform() < except) winner = chance.integer(classes);
    wrong += Number(winner !== label);
    const { inverse, weights, product } = arms[winner]!;
    let doubt = 1;
    let foreseen = 0;
    for (let row = 0; row < size; row++) {
      doubt += product[row]! * input[row]!;
      foreseen += weights[row]! * input[row]!;
    }
    const step = (Number(winner === label) - foreseen) / doubt;
    for (let row = 0; row < size; row++) {
      weights[row]! += step * product[row]!;
      const share = product[row]! / doubt;
      for (let column = 0; column < size; column++) inverse[row * size + column]! -= share * product[column]!;
    }
  }
  return wrong / examples.length;
}
