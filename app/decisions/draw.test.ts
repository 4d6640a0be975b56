import { expect, test } from "vitest";
import { armsOf } from "./arms";
import { chancesOf as chancesOfArms, drawArms as drawFrom, evenShare, type DrawOptions } from "./draw";
import { randomFrom } from "./random";

type Arm = { mean: number; spread: number };
const chancesOf = (arms: Arm[], forced: number, even?: number) => [
  ...chancesOfArms(armsOf(arms), forced, even),
];
const drawArms = (arms: Arm[], options: DrawOptions) => drawFrom(armsOf(arms), options);

test("the chance of an arm is the probability that it is the best, with a little for every arm", () => {
  const alike = chancesOf(
    [
      { mean: 1, spread: 0.2 },
      { mean: 1, spread: 0.2 },
    ],
    0,
  );
  expect(alike[0]).toBeCloseTo(0.5, 3);
  expect(alike[1]).toBeCloseTo(0.5, 3);
  const clear = chancesOf(
    [
      { mean: 5, spread: 0.1 },
      { mean: 1, spread: 0.1 },
    ],
    0,
  );
  expect(clear[0]).toBeCloseTo(0.99, 4);
  expect(clear[1]).toBeCloseTo(0.01, 4);
  // P(a > b) for normal arms is Φ((1 − 0.5) / √(0.3² + 0.4²)) = Φ(1) = 0.8413.
  const [first] = chancesOf(
    [
      { mean: 100.5, spread: 0.3 },
      { mean: 100, spread: 0.4 },
    ],
    0,
  );
  expect(first).toBeCloseTo(0.98 * 0.8413 + 0.01, 2);
});

test("nothing wins as often as it should, and never where showing is forced", () => {
  // One arm at 0.1 ± 0.1: Φ(−1) = 0.1587 of its distribution is below nothing.
  const [free] = chancesOf([{ mean: 0.1, spread: 0.1 }], 0);
  expect(free).toBeCloseTo(0.02 + 0.98 * 0.8413, 3);
  expect(chancesOf([{ mean: 0.1, spread: 0.1 }], 1)[0]).toBeCloseTo(1, 5);
  expect(chancesOf([], 0)).toEqual([]);
});

test("the surer a yes to the best is, the fewer draws go evenly to all, and never none", () => {
  expect([0, 0.03, 0.5].map(evenShare)).toEqual([0.02, 0.02, 0.02]);
  expect(evenShare(0.75)).toBeCloseTo(0.01, 9);
  expect(evenShare(1)).toBe(0.001);
  const arms = [
    { mean: 5, spread: 0.1 },
    { mean: 1, spread: 0.1 },
  ];
  expect(chancesOf(arms, 1, evenShare(0.75))).toEqual([0.995, 0.005]);
});

test("arms without spread, and many arms, have chances that sum to one", () => {
  const sure = chancesOf(
    [
      { mean: 2, spread: 0 },
      { mean: 3, spread: 0 },
    ],
    1,
  );
  expect(sure).toEqual([0.01, 0.99]);
  const many = Array.from({ length: 1_000 }, (_, index) => ({
    mean: index / 500,
    spread: 0.3 + (index % 7) / 20,
  }));
  expect(chancesOf(many, 1).reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 2);
});

test("arms are drawn as often as their chances say, without repeating one", () => {
  const arms = [
    { mean: 1, spread: 0.5 },
    { mean: 0.8, spread: 0.5 },
    { mean: 0.1, spread: 0.5 },
  ];
  const random = randomFrom("frequency");
  const counts = [0, 0, 0];
  const chances = chancesOf(arms, 0.5);
  for (let draw = 0; draw < 20_000; draw++) {
    const { drawn } = drawArms(arms, { limit: 1, forced: 0.5, random });
    if (drawn[0]) counts[drawn[0].arm]!++;
  }
  counts.forEach((count, arm) => expect(Math.abs(count / 20_000 - chances[arm]!)).toBeLessThan(0.015));
  const three = drawArms(arms, { limit: 3, forced: 1, random: randomFrom("three") });
  expect(new Set(three.drawn.map(({ arm }) => arm)).size).toBe(three.drawn.length);
});

test("each further place is drawn from what is left, with the chance that it has there", () => {
  const arms = [0.9, 1, 1.1, 0.4].map((mean) => ({ mean, spread: 0.3 }));
  for (const seed of ["one", "two", "three", "four", "five"]) {
    const { drawn } = drawArms(arms, { limit: 3, forced: 0.5, random: randomFrom(seed) });
    const left = arms.map((_, index) => index);
    for (const { arm, propensity } of drawn) {
      const chances = chancesOf(
        left.map((index) => arms[index]!),
        0.5,
      );
      expect(propensity).toBe(chances[left.indexOf(arm)]);
      left.splice(left.indexOf(arm), 1);
    }
    expect(drawArms(arms, { limit: 3, forced: 0.5, random: randomFrom(seed) }).drawn).toEqual(drawn);
  }
});
