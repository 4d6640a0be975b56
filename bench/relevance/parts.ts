import type { Policy, Task } from "./policy.ts";
import { simulate } from "./simulate.ts";
import type { World } from "./simulator.ts";

/** Values per figure: one per seed, several for arrivals. */
export type Measured = Record<string, number[]>;

/**
 * A piece of work that is done, and kept, by itself.
 * @param given what another part found, for parts that build on it
 */
export type Part = (seed: number, rounds: number, given: Measured) => Measured;
export type Parts = Record<string, Part>;

/** One policy in both tasks. */
export function both(name: string, world: World, make: (world: World, task: Task) => Policy): Measured {
  const click = simulate(world, make(world, "click"), "click");
  const value = simulate(world, make(world, "value"), "value");
  return {
    [`share_of_gap_${name}`]: [click.gain],
    [`value_share_of_gap_${name}`]: [value.gain],
    [`none_share_${name}`]: [value.noneShare],
  };
}

/** The parts of a seed are measured one after the other, so the last world is the one that is asked for again. */
export function onePerSeed(make: (seed: number, rounds: number) => World): typeof make {
  let last: { seed: number; world: World } | undefined;
  return (seed, rounds) => {
    if (last?.seed !== seed || last.world.rounds !== rounds) last = { seed, world: make(seed, rounds) };
    return last.world;
  };
}
