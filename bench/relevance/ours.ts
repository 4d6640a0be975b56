import { armsOf } from "#app/decisions/arms";
import { drawArms, evenShare } from "#app/decisions/draw";
import { correctToTaken, learn } from "#app/decisions/model/learning";
import {
  believeIn,
  emptyModel,
  type CandidateFeatures,
  type ContextFeatures,
  type Model,
} from "#app/decisions/model/model";
import { beliefFrom, EXPLORATION, hopeful, priorLogOdds } from "#app/decisions/model/worth";
import { hashText } from "#app/decisions/random";
import { NOTHING, seenAt, type Policy, type Task } from "./policy.ts";
import { CATEGORY, SECOND_CATEGORY, type World } from "./simulator.ts";

/** The product's own model and draw, in the simulated shop. */
export type OurOptions = {
  exploration: number;
  /** Whether the model is told that an offer's category is in the basket, as the product tells it. */
  basketMatch: boolean;
  /** Instead of Thompson sampling: the best by expectation, and evenly any in this share of the rounds. */
  greedyExcept?: number;
  /** What it starts from; nothing where left out. Learns on in place. */
  start?: Model;
};

const DEFAULTS: OurOptions = { exploration: EXPLORATION, basketMatch: true };
function greedy(
  present: number[],
  arms: { mean: number }[],
  task: Task,
  except: number,
  dice: number,
): number {
  if (dice < except) return present[Math.floor((dice / except) * present.length)]!;
  let winner = task === "value" ? NOTHING : present[0]!;
  let most = task === "value" ? 0 : -Infinity;
  arms.forEach(({ mean }, index) => {
    if (mean <= most) return;
    most = mean;
    winner = present[index]!;
  });
  return winner;
}

/** The one that is worth most by expectation. */
export function bestOf<Arm extends { mean: number }>(arms: Arm[]): Arm {
  return arms.reduce((best, arm) => (arm.mean > best.mean ? arm : best));
}

/** The base rate that every policy is told. */
const USUAL_RATE = 0.01;

export function ours(world: World, task: Task, options: Partial<OurOptions> = {}): Policy & { model: Model } {
  const { exploration, basketMatch, greedyExcept, start } = { ...DEFAULTS, ...options };
  const model = start ?? emptyModel();
  const contextHashes = world.sizes.map((size, feature) =>
    Array.from({ length: size }, (_, value) => hashText(`context ${feature}=${value}`)),
  );
  const inBasket = [hashText("first category in basket"), hashText("second category in basket")];
  const fixed: CandidateFeatures[] = world.margin.map((_, offer) => ({
    identities: [hashText(`offer ${offer}`)],
    traits: [
      hashText(`category ${world.categoryOf[offer]}`),
      hashText(`type ${world.typeOf[offer]}`),
      hashText(`price ${world.priceBandOf[offer]}`),
    ],
    fits: [],
  }));

  function contextAt(round: number): ContextFeatures {
    return {
      hashes: contextHashes.map((hashes, feature) => hashes[seenAt(world, round, feature)]!),
    };
  }

  function candidateAt(round: number, offer: number): CandidateFeatures {
    const candidate = fixed[offer]!;
    const category = world.categoryOf[offer];
    const fits: number[] = [];
    if (basketMatch && seenAt(world, round, CATEGORY) === category) fits.push(inBasket[0]!);
    if (basketMatch && seenAt(world, round, SECOND_CATEGORY) === category) fits.push(inBasket[1]!);
    return fits.length > 0 ? { ...candidate, fits } : candidate;
  }

  function exampleAt(round: number, offer: number) {
    return {
      context: contextAt(round),
      candidate: candidateAt(round, offer),
      prior: priorLogOdds(USUAL_RATE),
    };
  }

  return {
    model,
    decide(round, present) {
      const candidates = present.map((offer) => candidateAt(round, offer));
      const odds = believeIn(model, contextAt(round), candidates);
      const arms = present.map((offer, index) => {
        const belief = beliefFrom(odds[index]!, USUAL_RATE);
        const margin = task === "value" ? world.margin[offer]! : 1;
        const cost = task === "value" ? world.cost : 0;
        const { probability } = belief;
        const mean = margin * hopeful(belief) - cost;
        return { mean, spread: exploration * margin * belief.spread, probability };
      });
      if (greedyExcept !== undefined) return greedy(present, arms, task, greedyExcept, world.dice[round]!);
      const forced = task === "value" ? Math.max(0.02, 1 / (1 + round / 20_000)) : 1;
      const { drawn } = drawArms(armsOf(arms), {
        ...{ limit: 1, forced, even: evenShare(bestOf(arms).probability) },
        random: () => world.dice[round]!,
      });
      return drawn[0] ? present[drawn[0].arm]! : NOTHING;
    },
    learn(round, offer, clicked) {
      learn(model, { ...exampleAt(round, offer), taken: clicked });
    },
    correct(round, offer) {
      correctToTaken(model, exampleAt(round, offer));
    },
  };
}
