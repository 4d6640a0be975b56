import { dense } from "./dense.ts";
import { ours } from "./ours.ts";
import { betaThompson, linUcb, popularity } from "./peers.ts";
import type { Policy, Task } from "./policy.ts";
import { simulate, type Outcome } from "./simulate.ts";
import { makeWorld, type World } from "./simulator.ts";

/** Everything that `npm run bench -- relevance` measures. Bundled, because it runs the product's own model. */
export type Measured = Record<string, number[]>;

const DELAY = 2_000;
const GREEDY_EXCEPT = 0.05;

const PEERS: Record<string, (world: World, task: Task, seed: number) => Policy> = {
  greedy: (world, task) => ours(world, task, { greedyExcept: GREEDY_EXCEPT }),
  linucb: linUcb,
  beta_thompson: betaThompson,
  popularity,
  without_match: (world, task) => ours(world, task, { basketMatch: false }),
};

/** One list of values per figure, one value per seed (several for arrivals). */
export function compare(seeds: number[], rounds: number, say: (text: string) => void): Measured {
  const measured: Measured = {};
  const note = (key: string, ...values: number[]) => (measured[key] ??= []).push(...values);
  for (const seed of seeds) {
    const world = makeWorld(seed, rounds);
    const click = simulate(world, ours(world, "click"), "click");
    note("share_of_gap", click.gain);
    note("gain_before_drift", click.beforeDrift);
    note("gain_after_drift", click.afterDrift);
    note("new_offer_decisions", ...click.newOfferRounds);
    note("cpu_us_per_decision", click.cpuMicroseconds);
    note("gain_with_delay", simulate(world, ours(world, "click"), "click", DELAY).gain);
    const value = simulate(world, ours(world, "value"), "value");
    note("value_share_of_gap", value.gain);
    note("none_share", value.noneShare);
    for (const [name, make] of Object.entries(PEERS)) {
      note(`share_of_gap_${name}`, simulate(world, make(world, "click", seed), "click").gain);
      const outcome: Outcome = simulate(world, make(world, "value", seed), "value");
      note(`value_share_of_gap_${name}`, outcome.gain);
      note(`none_share_${name}`, outcome.noneShare);
    }
    const latest = Object.entries(measured).map(([key, values]) => `${key} ${values.at(-1)!.toFixed(3)}`);
    say(`seed ${seed}: ${latest.join(", ")}`);
  }
  return { ...measured, ...dense(seeds.slice(0, 3)) };
}
