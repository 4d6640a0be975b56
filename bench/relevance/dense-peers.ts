import { chanceFrom } from "./chance.ts";
import type { Example, Problem } from "./dense-problems.ts";

/** Peers on dense problems: one ridge regression per class with full covariance, optimistic (LinUCB) or greedy. */
export function linUcbError(
  { classes, examples }: Problem,
  { optimism = 0.2, seed = 0, except = 0 }: { optimism?: number; seed?: number; except?: number } = {},
): number {
  const chance = chanceFrom(9_000 + seed);
  const inputs = inputsOf(examples);
  const size = inputs[0]!.length;
  const arms = Array.from({ length: classes }, () => ({
    inverse: Float64Array.from({ length: size * size }, (_, at) => Number(at % (size + 1) === 0)),
    weights: new Float64Array(size),
    product: new Float64Array(size),
  }));
  let wrong = 0;
  examples.forEach(({ label }, index) => {
    const input = inputs[index]!;
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
  });
  return wrong / examples.length;
}

/** A one, the numbers by what was usual of them so far, and a one for each word that is there. */
function inputsOf(examples: Example[]): Float64Array[] {
  const places = new Map<string, number>();
  for (const { words } of examples)
    for (const word of words) places.set(word, places.get(word) ?? places.size);
  const usual = Array.from(examples[0]!.numbers, () => ({ mean: 0, squares: 0 }));
  const firstWord = 1 + usual.length;
  return examples.map(({ numbers, words }, before) => {
    const input = new Float64Array(firstWord + places.size);
    input[0] = 1;
    numbers.forEach((value, at) => {
      const scale = usual[at]!;
      const off = value - scale.mean;
      scale.mean += off / (before + 1);
      scale.squares += off * (value - scale.mean);
      if (scale.squares > 0) input[1 + at] = (value - scale.mean) / Math.sqrt(scale.squares / (before + 1));
    });
    for (const word of words) input[firstWord + places.get(word)!] = 1;
    return input;
  });
}
