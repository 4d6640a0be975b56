import { armsOf } from "#app/decisions/arms";
import { drawArms, evenShare } from "#app/decisions/draw";
import { learn } from "#app/decisions/model/learning";
import { believeIn, emptyModel } from "#app/decisions/model/model";
import { beliefFrom, EXPLORATION, hopeful, priorLogOdds } from "#app/decisions/model/worth";
import { hashText } from "#app/decisions/random";
import { chanceFrom } from "./chance.ts";
import type { Example, Problem } from "./dense-problems.ts";
import { bestOf } from "./ours.ts";

/** Our model on a dense problem: the same configuration as in shops, all features told as numbers of the moment. */
export function ourError({ classes, examples }: Problem, seed: number): number {
  const chance = chanceFrom(9_000 + seed);
  const model = emptyModel();
  const candidates = Array.from({ length: classes }, (_, label) => ({
    identities: [hashText(`class ${label}`)],
    traits: [],
    fits: [],
  }));
  const told = numbersOf(examples);
  const names = Array.from(told[0]!, (_, at) => hashText(`number ${at}`));
  const prior = 1 / classes;
  let wrong = 0;
  examples.forEach(({ label }, index) => {
    const context = { hashes: [], numbers: { hashes: names, values: told[index]! } };
    const arms = believeIn(model, context, candidates).map((odds) => {
      const belief = beliefFrom(odds, prior);
      const { probability } = belief;
      return { mean: hopeful(belief), spread: EXPLORATION * belief.spread, probability };
    });
    const even = evenShare(bestOf(arms).probability);
    const { arm } = drawArms(armsOf(arms), { limit: 1, forced: 1, even, random: chance.uniform }).drawn[0]!;
    const taken = arm === label;
    wrong += Number(!taken);
    learn(model, { context, candidate: candidates[arm]!, prior: priorLogOdds(prior), taken });
  });
  return wrong / examples.length;
}

/** Words, too: 1 where it is there, else 0. */
function numbersOf(examples: Example[]): number[][] {
  const known = [...new Set(examples.flatMap(({ words }) => words))];
  return examples.map(({ numbers, words }) => {
    const there = new Set(words);
    return [...numbers, ...known.map((word) => Number(there.has(word)))];
  });
}
