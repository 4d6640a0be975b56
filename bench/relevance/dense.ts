import { drawArms } from "#app/decisions/draw";
import { learn } from "#app/decisions/model/learning";
import { believeIn, emptyModel } from "#app/decisions/model/model";
import { beliefFrom, EXPLORATION, hopeful, priorLogOdds } from "#app/decisions/model/worth";
import { hashText } from "#app/decisions/random";
import { chanceFrom } from "./chance.ts";
import { eachProblem, type Problem } from "./dense-problems.ts";
import type { Measured } from "./parts.ts";

/** Our model on dense problems. */
export function ourDense(seed: number): Measured {
  return eachProblem(seed, (problem) => ({ error: ourError(problem, seed) }));
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
