import { ours } from "./ours.ts";
import { simulate } from "./simulate.ts";
import { makeWorld } from "./simulator.ts";
import { both, onePerSeed, type Parts } from "./parts.ts";

/** What is measured of our model. Bundled, because it runs the product's own code. */

const DELAY = 2_000;
const GREEDY_EXCEPT = 0.05;

const worldOf = onePerSeed(makeWorld);

export const parts: Parts = {
  main(seed, rounds) {
    const world = worldOf(seed, rounds);
    const click = simulate(world, ours(world, "click"), "click");
    const late = simulate(world, ours(world, "click"), "click", DELAY);
    const value = simulate(world, ours(world, "value"), "value");
    return {
      share_of_gap: [click.gain],
      gain_before_drift: [click.beforeDrift],
      gain_after_drift: [click.afterDrift],
      new_offer_decisions: click.newOfferRounds,
      cpu_us_per_decision: [click.cpuMicroseconds],
      gain_with_delay: [late.gain],
      value_share_of_gap: [value.gain],
      none_share: [value.noneShare],
    };
  },
  greedy: (seed, rounds) =>
    both("greedy", worldOf(seed, rounds), (world, task) =>
      ours(world, task, { greedyExcept: GREEDY_EXCEPT }),
    ),
  without_match: (seed, rounds) =>
    both("without_match", worldOf(seed, rounds), (world, task) => ours(world, task, { basketMatch: false })),
};
