import { chanceFrom } from "./chance.ts";
import { eachProblem, type Problem } from "./dense-problems.ts";
import type { Measured } from "./parts.ts";

/** Peers on dense problems. */
export function peerDense(seed: number): Measured {
  return eachProblem(seed, (problem) => ({
    error_linucb: linUcbError(problem),
    error_greedy_linear: linUcbError(problem, { optimism: 0, seed, except: 0.05 }),
  }));
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
