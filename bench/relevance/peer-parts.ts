import { betaThompson, linUcb, popularity } from "./peers.ts";
import { both, onePerSeed, type Parts } from "./parts.ts";
import { makeWorld } from "./simulator.ts";

/** What is measured of the peers: they need none of our code, and so need not run again when it changes. */

const worldOf = onePerSeed(makeWorld);

export const parts: Parts = {
  linucb: (seed, rounds) => both("linucb", worldOf(seed, rounds), (world, task) => linUcb(world, task, seed)),
  beta_thompson: (seed, rounds) =>
    both("beta_thompson", worldOf(seed, rounds), (world, task) => betaThompson(world, task, seed)),
  popularity: (seed, rounds) =>
    both("popularity", worldOf(seed, rounds), (world, task) => popularity(world, task, seed)),
};
