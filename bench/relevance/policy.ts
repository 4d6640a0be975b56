import type { World } from "./simulator.ts";

/** The two tasks: win clicks; or win margin, where showing has a price and nothing may be shown. */
export type Task = "click" | "value";
export const NOTHING = -1;

/** One way to decide. Both sides of a simulation know the same features. */
export type Policy = {
  /** @returns the offer to show, or NOTHING */
  decide(round: number, present: number[]): number;
  learn(round: number, offer: number, clicked: boolean): void;
  /** A click that was learnt as none, because it came late. */
  correct?(round: number, offer: number): void;
};
export type MakePolicy = (world: World, task: Task, seed: number) => Policy;

export function seenAt(world: World, round: number, feature: number): number {
  return world.context[round * world.sizes.length + feature]!;
}
