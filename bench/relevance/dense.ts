import { armsOf } from "#app/decisions/arms";
import { drawArms } from "#app/decisions/draw";
import { learn } from "#app/decisions/model/learning";
import { believeIn, emptyModel } from "#app/decisions/model/model";
import { beliefFrom, EXPLORATION, hopeful, priorLogOdds } from "#app/decisions/model/worth";
import { hashText } from "#app/decisions/random";
import { chanceFrom } from "./chance.ts";
import type { Problem } from "./dense-problems.ts";

/** Our model on a dense problem: the same configuration as in shops, the features as numbers and words of the moment. */
export function ourError({ classes, examples }: Problem, seed: number): number {
  const chance = chanceFrom(9_000 + seed);
  const model = emptyModel();
  const candidates = Array.from({ length: classes }, (_, label) => ({
    identities: [hashText(`class ${label}`)],
    traits: [],
    fits: [],
  }));
  const names = Array.from(examples[0]!.numbers, (_, at) => hashText(`number ${at}`));
  const prior = 1 / classes;
  let wrong = 0;
  for (const { numbers, words, label } of examples) {
    const context = {
      hashes: words.map((word) => hashText(word)),
      ...(names.length > 0 && { numbers: { hashes: names, values: Array.from(numbers) } }),
    };
    const arms = believeIn(model, context, candidates).map((odds) => {
      const belief = beliefFrom(odds, prior);
      return { mean: hopeful(belief), spread: EXPLORATION * belief.spread };
    });
    const { arm } = drawArms(armsOf(arms), { limit: 1, forced: 1, random: chance.uniform }).drawn[0]!;
    const taken = arm === label;
    wrong += Number(!taken);
    learn(model, { context, candidate: candidates[arm]!, prior: priorLogOdds(prior), taken });
  }
  return wrong / examples.length;
}
