import { NOTHING, type Policy, type Task } from "./policy.ts";
import { OFFERS, type World } from "./simulator.ts";

/** What one policy made of one world. */
export type Outcome = {
  /** (reward − random) / (best possible − random). */
  gain: number;
  /** Share of rounds of the last quarter in which nothing was shown. */
  noneShare: number;
  /** Gain of the 10,000 rounds before half time, when tastes change, and of 5,000 to 15,000 rounds after it. */
  beforeDrift: number;
  afterDrift: number;
  /** Rounds until offers that arrive late are shown 80 % as often as they should be; one number per arrival. */
  newOfferRounds: number[];
  /** Processor time per decision with its learning, µs. */
  cpuMicroseconds: number;
};

const SETTLED = 10_000;
const WITHIN = 15_000;
const ARRIVAL_WINDOW = 1_000;

/** @param delay rounds until an outcome is known; that an offer was seen is known at once */
export function simulate(world: World, policy: Policy, task: Task, delay = 0): Outcome {
  const { rounds } = world;
  const ours = new Float64Array(rounds);
  const ideal = new Float64Array(rounds);
  const random = new Float64Array(rounds);
  const shown = new Int16Array(rounds);
  const ideals = new Int16Array(rounds);
  const started = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    if (round > 0) tellSeen(world, policy, round - 1, shown[round - 1]!, delay > 0);
    if (delay > 0 && round > delay) tellLate(world, policy, round - 1 - delay, shown[round - 1 - delay]!);
    const present = presentAt(world, round);
    const offer = policy.decide(round, present);
    shown[round] = offer;
    ours[round] = worthOf(world, task, round, offer);
    ideal[round] = task === "value" ? 0 : -Infinity;
    ideals[round] = NOTHING;
    for (const other of present) {
      const worth = worthOf(world, task, round, other);
      random[round]! += worth / present.length;
      if (worth <= ideal[round]!) continue;
      ideal[round] = worth;
      ideals[round] = other;
    }
  }
  const { user, system } = process.cpuUsage(started);
  const gainIn = (from: number, to: number) => {
    const by = (rewards: Float64Array) => rewards.subarray(from, to).reduce((sum, one) => sum + one, 0);
    return (by(ours) - by(random)) / (by(ideal) - by(random));
  };
  const half = Math.floor(rounds / 2);
  const last = shown.subarray(Math.floor(0.75 * rounds));
  return {
    gain: gainIn(0, rounds),
    noneShare: last.filter((offer) => offer === NOTHING).length / last.length,
    beforeDrift: gainIn(half - SETTLED, half),
    afterDrift: gainIn(half + WITHIN - SETTLED, half + WITHIN),
    newOfferRounds: arrivals(world).map((from) => roundsUntilFair(world, from, shown, ideals)),
    cpuMicroseconds: (user + system) / rounds,
  };
}

/** As the product teaches: what was seen and has no answer yet counts as a "no". */
function tellSeen(world: World, policy: Policy, round: number, offer: number, late: boolean): void {
  if (offer !== NOTHING) policy.learn(round, offer, !late && isClicked(world, round, offer));
}

function tellLate(world: World, policy: Policy, round: number, offer: number): void {
  if (offer !== NOTHING && isClicked(world, round, offer)) policy.correct?.(round, offer);
}

function isClicked({ luck, truth }: World, round: number, offer: number): boolean {
  return luck[round]! < truth[round * OFFERS + offer]!;
}

function presentAt({ start, end }: World, round: number): number[] {
  const present: number[] = [];
  for (let offer = 0; offer < OFFERS; offer++)
    if (round >= start[offer]! && round < end[offer]!) present.push(offer);
  return present;
}

function worthOf(world: World, task: Task, round: number, offer: number): number {
  if (offer === NOTHING) return 0;
  const probability = world.truth[round * OFFERS + offer]!;
  return task === "value" ? probability * world.margin[offer]! - world.cost : probability;
}

function arrivals({ start }: World): number[] {
  return [...new Set(start)].filter((round) => round > 0).sort((a, b) => a - b);
}

/** By windows of 1,000 rounds; to the end where it is never reached. */
function roundsUntilFair(world: World, from: number, shown: Int16Array, ideals: Int16Array): number {
  const isNew = (offer: number) => offer !== NOTHING && world.start[offer] === from;
  for (let start = from; start + ARRIVAL_WINDOW <= world.rounds; start += ARRIVAL_WINDOW) {
    const window = (offers: Int16Array) =>
      offers.subarray(start, start + ARRIVAL_WINDOW).filter(isNew).length;
    if (window(shown) >= 0.8 * window(ideals)) return start + ARRIVAL_WINDOW - from;
  }
  return world.rounds - from;
}
