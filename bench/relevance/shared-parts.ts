import { Sums } from "#app/decisions/model/average";
import { emptyModel, type Model } from "#app/decisions/model/model";
import { ours } from "./ours.ts";
import { onePerSeed, type Measured, type Parts } from "./parts.ts";
import { simulate } from "./simulate.ts";
import { makeWorld } from "./simulator.ts";

/**
 * What is measured of a shop that is not the first: it starts from what twenty other simulated shops learnt, as the
 * product's own job averages it.
 */
const OTHER_SHOPS = 20;
const DELAY = 2_000;

const worldOf = onePerSeed(makeWorld);

export const parts: Parts = {
  /** `seed` is that of the first of the other shops. */
  start(seed, rounds) {
    const sums = new Sums();
    for (let shop = seed; shop < seed + OTHER_SHOPS; shop++) {
      const world = makeWorld(shop, rounds);
      const policy = ours(world, "click");
      simulate(world, policy, "click");
      sums.add(policy.model);
    }
    return numbersOf(sums.average());
  },
  shared_start(seed, rounds, given) {
    const world = worldOf(seed, rounds);
    const start = () => ({ start: modelOf(given) });
    const click = simulate(world, ours(world, "click", start()), "click");
    const late = simulate(world, ours(world, "click", start()), "click", DELAY);
    const value = simulate(world, ours(world, "value", start()), "value");
    return {
      share_of_gap_shared_start: [click.gain],
      gain_with_delay_shared_start: [late.gain],
      value_share_of_gap_shared_start: [value.gain],
      none_share_shared_start: [value.noneShare],
    };
  },
};

function numbersOf({ learnt, widths }: Model): Measured {
  const numbers: Measured = { learnt: [learnt] };
  widths.forEach(({ mean, variance }, place) => {
    numbers[`mean${place}`] = Array.from(mean);
    numbers[`variance${place}`] = Array.from(variance);
  });
  return numbers;
}

function modelOf(numbers: Measured): Model {
  const model = emptyModel();
  model.learnt = numbers.learnt![0]!;
  model.widths.forEach(({ mean, variance }, place) => {
    mean.set(numbers[`mean${place}`]!);
    variance.set(numbers[`variance${place}`]!);
  });
  return model;
}
