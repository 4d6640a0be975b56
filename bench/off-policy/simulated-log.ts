/**
 * A log with known truth: shoppers of 12 kinds, each with a leaning of their own that nobody observes, several decisions
 * each; 8 offers or nothing; a policy that drew by probabilities it wrote down. Another policy, much keener and without
 * one of the offers, would have earned an amount that can be computed exactly.
 */
import type { Guess, LoggedRow } from "../../app/decisions/evaluation/logged-row.ts";

const KINDS = 12;
const OFFERS = 8;
const LEFT_OUT = 3;
/** Leanings, and how frequent each is. */
const LEANINGS = [-1, 0, 1] as const;
const LEANING_SHARE = [0.3, 0.45, 0.25] as const;

export type World = {
  logging: number[][];
  target: number[][];
  guess: number[][];
  chance: (kind: number, offer: number, leaning: number) => number;
  margin: number[];
  /** What the other policy earns per decision, exactly. */
  truth: number;
};

/** @param random numbers in [0, 1) */
export function makeWorld(random: () => number): World {
  const margin = Array.from({ length: OFFERS }, () => Math.round(400 + 2200 * random()));
  const appeal = table(KINDS, OFFERS, () => -3.4 + 1.6 * (random() + random() - 1));
  const chance = (kind: number, offer: number, leaning: number) => logistic(appeal[kind]![offer]! + leaning);
  // What the model believed is off: too high, blind to half of what matters, and noisy.
  const guess = appeal.map((row) =>
    row.map((value, offer) => logistic(-3 + 0.5 * (value + 3.4) + 0.4 * (random() - 0.5)) * margin[offer]!),
  );
  const logging = guess.map((row) => policy(row, { greed: 0.015, even: 0.15, nothing: 0.1 }));
  const target = guess.map((row) =>
    policy(row, { greed: 0.04, even: 0.02, nothing: 0.2, without: LEFT_OUT }),
  );
  return { logging, target, guess, chance, margin, truth: truthOf(target, chance, margin) };
}

/** Probabilities of the offers; what is missing to 1 is nothing. */
function policy(
  guesses: number[],
  { greed, even, nothing, without }: { greed: number; even: number; nothing: number; without?: number },
): number[] {
  const open = guesses.map((_, offer) => offer !== without);
  const keen = guesses.map((guess, offer) => (open[offer] ? Math.exp(greed * guess) : 0));
  const all = keen.reduce((sum, one) => sum + one, 0);
  const count = open.filter(Boolean).length;
  return keen.map((one, offer) =>
    open[offer] ? (1 - nothing) * ((1 - even) * (one / all) + even / count) : 0,
  );
}

function truthOf(target: number[][], chance: World["chance"], margin: number[]): number {
  let sum = 0;
  target.forEach((row, kind) =>
    row.forEach((probability, offer) =>
      LEANINGS.forEach((leaning, place) => {
        sum += probability * LEANING_SHARE[place]! * chance(kind, offer, leaning) * margin[offer]!;
      }),
    ),
  );
  return sum / KINDS;
}

export function simulateLog(world: World, people: number, random: () => number): LoggedRow[] {
  const rows: LoggedRow[] = [];
  for (let person = 0; person < people; person++) {
    const leaning = LEANINGS[pick([...LEANING_SHARE], random())]!;
    const decisions = 1 + (random() < 0.4 ? 1 : 0) + (random() < 0.2 ? 2 : 0);
    for (let decision = 0; decision < decisions; decision++) {
      rows.push(oneDecision(world, `person ${person}`, leaning, random));
    }
  }
  return rows;
}

function oneDecision(world: World, person: string, leaning: number, random: () => number): LoggedRow {
  const kind = Math.floor(random() * KINDS);
  const [logging, target] = [world.logging[kind]!, world.target[kind]!];
  const drawn = pick(logging, random());
  const isNothing = drawn === OFFERS;
  const taken = !isNothing && random() < world.chance(kind, drawn, leaning);
  const guessOf = (offer: number, weight: number): Guess => ({
    key: `offer ${offer}`,
    guess: weight * world.guess[kind]![offer]!,
  });
  return {
    person,
    propensity: isNothing ? rest(logging) : logging[drawn]!,
    target: isNothing ? rest(target) : target[drawn]!,
    showing: 1 - rest(target),
    squaredWeight: target.reduce((sum, chance, offer) => sum + chance ** 2 / logging[offer]!, 0),
    unsupported: 0,
    reward: taken ? world.margin[drawn]! : 0,
    taken,
    action: isNothing ? { key: "", guess: 0 } : guessOf(drawn, 1),
    targets: target.flatMap((probability, offer) => (probability > 0 ? [guessOf(offer, probability)] : [])),
  };
}

function rest(probabilities: number[]): number {
  return 1 - probabilities.reduce((sum, one) => sum + one, 0);
}

/** The index drawn; the length of the list where none was. */
function pick(probabilities: number[], uniform: number): number {
  let passed = 0;
  for (let index = 0; index < probabilities.length; index++) {
    passed += probabilities[index]!;
    if (uniform < passed) return index;
  }
  return probabilities.length;
}

function table(rows: number, columns: number, value: () => number): number[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, value));
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
