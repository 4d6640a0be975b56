import { describe, expect, test } from "vitest";
import { randomFrom } from "#app/decisions/random";
import { assignVariant } from "./assignment";
import { compareArms } from "./compare-arms";
import { chiSquareTail, tQuantile95 } from "./distributions";
import { addMoments, momentsOf, NO_PEOPLE, type Moments } from "./moments";
import { checkSampleRatio } from "./sample-ratio";

type Person = { y: number; x: number };

function normalFrom(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * A shopper with an order in hand (x), who may come back and spend more: money with a long tail. With offers, `lift` of
 * them add 12.00 to their order on average.
 */
function shopper(random: () => number, lift: number): Person {
  const x = Math.round(4000 * Math.exp(0.6 * normalFrom(random) - 0.18));
  const later = random() < 0.15 ? Math.round(5000 * Math.exp(0.8 * normalFrom(random) - 0.32)) : 0;
  const added = random() < lift ? Math.round(1200 * (0.5 + random())) : 0;
  return { x, y: x + later + added };
}

function simulatedShop(seed: string, people: number, heldOut: number, lift: number) {
  const random = randomFrom(seed);
  const arms: Record<"treated" | "control", Person[]> = { treated: [], control: [] };
  for (let index = 0; index < people; index++) {
    const arm = random() < heldOut ? "control" : "treated";
    arms[arm].push(shopper(random, arm === "treated" ? lift : 0));
  }
  return arms;
}

const LIFT = 0.08;
const TRUTH = LIFT * 1200;

describe("on 500 simulated shops with known truth", () => {
  const results = Array.from({ length: 500 }, (_, run) => {
    const { treated, control } = simulatedShop(`shop ${run}`, 4_000, 0.1, LIFT);
    return compareArms(momentsOf(treated), momentsOf(control), 0.1);
  });

  test("the interval covers the true uplift in 93 to 97 % of runs", () => {
    const covered = results.filter(({ interval }) => interval.low <= TRUTH && TRUTH <= interval.high);
    expect(covered.length / 500).toBeGreaterThanOrEqual(0.93);
    expect(covered.length / 500).toBeLessThanOrEqual(0.97);
  });

  test("the estimate is right on average", () => {
    const mean = results.reduce((sum, { difference }) => sum + difference, 0) / 500;
    expect(Math.abs(mean - TRUTH)).toBeLessThan(10);
  });
});

test("what was known of the order before makes the interval much narrower", () => {
  const { treated, control } = simulatedShop("cuped", 4_000, 0.1, LIFT);
  const width = ({ interval }: ReturnType<typeof compareArms>) => interval.high - interval.low;
  const blind = (people: Person[]) => momentsOf(people.map(({ y }) => ({ y })));
  const adjusted = width(compareArms(momentsOf(treated), momentsOf(control), 0.1));
  expect(adjusted).toBeLessThan(0.8 * width(compareArms(blind(treated), blind(control), 0.1)));
});

test("looking every day for 60 days, the always-valid interval misses the truth in at most 5 % of shops", () => {
  let missed = 0;
  let missedFixed = 0;
  for (let run = 0; run < 300; run++) {
    let [treated, control]: [Moments, Moments] = [NO_PEOPLE, NO_PEOPLE];
    let [wrong, wrongFixed] = [false, false];
    for (let day = 0; day < 60; day++) {
      const today = simulatedShop(`peek ${run} ${day}`, 100, 0.2, 0);
      treated = addMoments(treated, momentsOf(today.treated));
      control = addMoments(control, momentsOf(today.control));
      const { alwaysValid, interval, verdict } = compareArms(treated, control, 0.2);
      if (verdict.state === "too-early") continue;
      wrong ||= alwaysValid.low > 0 || alwaysValid.high < 0;
      wrongFixed ||= interval.low > 0 || interval.high < 0;
    }
    if (wrong) missed++;
    if (wrongFixed) missedFixed++;
  }
  expect(missed / 300).toBeLessThanOrEqual(0.05);
  // What the always-valid interval is for: the usual one would cry wolf.
  expect(missedFixed / 300).toBeGreaterThan(0.12);
});

test("clicks per mail: people with many mails count by the delta method, 93 to 97 % covered", () => {
  const rates = { treated: 0.12, control: 0.1 };
  let covered = 0;
  for (let run = 0; run < 500; run++) {
    const random = randomFrom(`clicks ${run}`);
    const arm = (rate: number) =>
      momentsOf(
        Array.from({ length: 600 }, () => {
          const n = 1 + Math.floor(8 * random() ** 2);
          // One person clicks more than another: mails of a person are alike.
          const own = rate * (random() < 0.3 ? 3 : 1 / 7);
          const y = Array.from({ length: n }, () => random() < own).filter(Boolean).length;
          return { y, n };
        }),
      );
    const { interval } = compareArms(arm(rates.treated), arm(rates.control), 0.5);
    if (interval.low <= 0.02 && 0.02 <= interval.high) covered++;
  }
  expect(covered / 500).toBeGreaterThanOrEqual(0.93);
  expect(covered / 500).toBeLessThanOrEqual(0.97);
});

describe("plain words", () => {
  test("a small sample says how many more people are needed", () => {
    const { treated, control } = simulatedShop("small", 400, 0.05, LIFT);
    const { verdict } = compareArms(momentsOf(treated), momentsOf(control), 0.05);
    expect(verdict).toEqual({ state: "too-early", more: (100 - control.length) * 20 });
  });

  test("a difference that is not clear yet says how many it takes", () => {
    const { treated, control } = simulatedShop("unclear", 3_000, 0.1, 0.02);
    const { verdict } = compareArms(momentsOf(treated), momentsOf(control), 0.1);
    expect(verdict.state).toBe("unclear");
    expect((verdict as { more: number }).more).toBeGreaterThan(0);
  });

  test("a clear one is called what it is, and is hardly surprising the other way round", () => {
    const { treated, control } = simulatedShop("clear", 60_000, 0.3, 0.3);
    const forward = compareArms(momentsOf(treated), momentsOf(control), 0.3);
    expect(forward.verdict).toEqual({ state: "better" });
    expect(forward.surprise).toBeLessThan(0.05);
    expect(compareArms(momentsOf(control), momentsOf(treated), 0.3).verdict).toEqual({ state: "worse" });
  });

  test("one giant order gets a notice", () => {
    const people = Array.from({ length: 500 }, (_, index) => ({ y: 1000 + (index % 7) * 100 }));
    expect(compareArms(momentsOf(people), momentsOf(people), 0.5).isHeavy).toBe(false);
    const giant = momentsOf([...people, { y: 5_000_000 }]);
    expect(compareArms(giant, momentsOf(people), 0.5).isHeavy).toBe(true);
  });

  test("nobody at all is too early, not an error", () => {
    const nothing = compareArms(NO_PEOPLE, NO_PEOPLE, 0.05);
    expect(nothing.verdict).toEqual({ state: "too-early", more: 2000 });
    expect(nothing.difference).toBe(0);
  });
});

describe("sample ratio", () => {
  test("a fair split passes, a lopsided one does not", () => {
    const fair = [
      { people: 9_480, share: 95 },
      { people: 520, share: 5 },
    ];
    expect(checkSampleRatio(fair).isOff).toBe(false);
    const lost = [
      { people: 9_480, share: 95 },
      { people: 380, share: 5 },
    ];
    expect(checkSampleRatio(lost).isOff).toBe(true);
  });

  test("tails agree with the tables", () => {
    expect(chiSquareTail(3.841459, 1)).toBeCloseTo(0.05, 5);
    expect(chiSquareTail(13.81551, 2)).toBeCloseTo(0.001, 5);
    expect(chiSquareTail(0.5, 4)).toBeCloseTo(0.9735, 4);
    expect(tQuantile95(10)).toBeCloseTo(2.2281, 2);
    expect(tQuantile95(100)).toBeCloseTo(1.984, 3);
  });
});

test("people keep their variant, and variants get their shares, also for keys that differ in one digit", () => {
  const variants = [
    { key: "a", share: 50 },
    { key: "b", share: 30 },
    { key: "c", share: 20 },
  ];
  const count: Record<string, number> = { a: 0, b: 0, c: 0 };
  for (let number = 0; number < 20_000; number++) {
    const person = `gid://shopify/Customer/${number}`;
    const variant = assignVariant("salt", person, variants);
    expect(assignVariant("salt", person, variants)).toBe(variant);
    count[variant]!++;
  }
  const arms = variants.map(({ key, share }) => ({ people: count[key]!, share }));
  expect(checkSampleRatio(arms).isOff).toBe(false);
  const again = Array.from({ length: 5_000 }, (_, number) => {
    const person = `gid://shopify/Customer/${number}`;
    return assignVariant("salt", person, variants) === assignVariant("other", person, variants);
  });
  // Independent of the other experiment: 0.5² + 0.3² + 0.2² = 0.38 agree.
  expect(again.filter(Boolean).length / 5_000).toBeCloseTo(0.38, 1);
});
