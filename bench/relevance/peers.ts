/** What others do, in the simulated shop: the policies that ours is compared with. */
import { chanceFrom } from "./chance.ts";
import { NOTHING, seenAt, type MakePolicy } from "./policy.ts";
import type { World } from "./simulator.ts";

/** Disjoint LinUCB with full covariance (Li et al. 2010). */
export const linUcb: MakePolicy = (world, task) => {
  const OPTIMISM = 0.05;
  const starts: number[] = [];
  let size = 1;
  for (const values of world.sizes) {
    starts.push(size);
    size += values;
  }
  const inverses = world.margin.map(() => identity(size));
  const weights = world.margin.map(() => new Float64Array(size));
  const product = new Float64Array(size);
  const activeAt = (round: number) => [0, ...starts.map((start, at) => start + seenAt(world, round, at))];
  return {
    decide(round, present) {
      const active = activeAt(round);
      return best(world, task, present, (offer) => {
        const inverse = inverses[offer]!;
        let mean = 0;
        let doubt = 0;
        for (const row of active) {
          mean += weights[offer]![row]!;
          for (const column of active) doubt += inverse[row * size + column]!;
        }
        return mean + OPTIMISM * Math.sqrt(Math.max(0, doubt));
      });
    },
    learn(round, offer, clicked) {
      const active = activeAt(round);
      const inverse = inverses[offer]!;
      const own = weights[offer]!;
      product.fill(0);
      for (const row of active)
        for (let column = 0; column < size; column++) product[column]! += inverse[row * size + column]!;
      let doubt = 1;
      let foreseen = 0;
      for (const row of active) {
        doubt += product[row]!;
        foreseen += own[row]!;
      }
      const step = (Number(clicked) - foreseen) / doubt;
      for (let row = 0; row < size; row++) {
        own[row]! += step * product[row]!;
        const share = product[row]! / doubt;
        if (share === 0) continue;
        for (let column = 0; column < size; column++)
          inverse[row * size + column]! -= share * product[column]!;
      }
    },
  };
};

/** Thompson sampling from a Beta distribution per offer, without context. */
export const betaThompson: MakePolicy = (world, task, seed) => {
  const chance = chanceFrom(seed + 9);
  const yes = world.margin.map(() => 0.5);
  const no = world.margin.map(() => 50);
  return {
    decide: (_round, present) =>
      best(world, task, present, (offer) => {
        const one = chance.gamma(yes[offer]!);
        return one / (one + chance.gamma(no[offer]!));
      }),
    learn(_round, offer, clicked) {
      (clicked ? yes : no)[offer]! += 1;
    },
  };
};

/** The offer with the best rate (or margin) so far; new ones are given 200 impressions. */
export const popularity: MakePolicy = (world, task) => {
  const shown = world.margin.map(() => 0);
  const clicks = world.margin.map(() => 0);
  return {
    decide(_round, present) {
      const fresh = present.find((offer) => shown[offer]! < 200);
      if (fresh !== undefined) return fresh;
      return best(world, task, present, (offer) => clicks[offer]! / shown[offer]!);
    },
    learn(_round, offer, clicked) {
      shown[offer]! += 1;
      clicks[offer]! += Number(clicked);
    },
  };
};

/** The offer with the highest worth; nothing, in the value task, where none is worth its cost. */
function best(
  world: World,
  task: "click" | "value",
  present: number[],
  probabilityOf: (offer: number) => number,
): number {
  let winner = task === "value" ? NOTHING : present[0]!;
  let most = task === "value" ? 0 : -Infinity;
  for (const offer of present) {
    const probability = probabilityOf(offer);
    const worth = task === "value" ? probability * world.margin[offer]! - world.cost : probability;
    if (worth <= most) continue;
    most = worth;
    winner = offer;
  }
  return winner;
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let place = 0; place < size; place++) matrix[place * size + place] = 1;
  return matrix;
}
