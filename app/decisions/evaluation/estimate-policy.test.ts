import { describe, expect, test } from "vitest";
import { randomFrom } from "../random";
import { estimatePolicy } from "./estimate-policy";
import { NOTHING, type LoggedRow } from "./logged-row";

/** With both offers drawn half and half. */
function overlap(target: { good: number; bad: number }) {
  return {
    showing: target.good + target.bad,
    squaredWeight: (target.good ** 2 + target.bad ** 2) / 0.5,
  };
}

/** Two offers drawn half and half; "good" is taken by 20 %, "bad" by 5 %; each earns 10.00. */
function aLog(decisions: number, target: { good: number; bad: number }, seed = "log"): LoggedRow[] {
  const random = randomFrom(seed);
  return Array.from({ length: decisions }, (_, index) => {
    const key = random() < 0.5 ? "good" : "bad";
    const taken = random() < (key === "good" ? 0.2 : 0.05);
    return {
      person: `person ${Math.floor(index / 2)}`,
      propensity: 0.5,
      target: target[key],
      ...overlap(target),
      unsupported: 0,
      reward: taken ? 1000 : 0,
      taken,
      action: { key, guess: 100 },
      targets: [
        { key: "good", guess: target.good * 100 },
        { key: "bad", guess: target.bad * 100 },
      ],
    };
  });
}

test("always the better offer: all three estimates say 2.00 per decision where 1.25 happened", () => {
  const estimate = estimatePolicy(aLog(8_000, { good: 1, bad: 0 }), { seed: "1", replicates: 300 });
  expect(estimate.refusal).toBeNull();
  for (const { value, low, high } of [estimate.ips, estimate.snips, estimate.dr]) {
    expect(value).toBeGreaterThan(180);
    expect(value).toBeLessThan(220);
    expect(low).toBeLessThan(200);
    expect(high).toBeGreaterThan(200);
  }
  expect(estimate.happened.value).toBeGreaterThan(110);
  expect(estimate.happened.value).toBeLessThan(140);
  expect(estimate.change.low).toBeGreaterThan(0);
  expect(estimate.effectiveDecisions).toBeGreaterThan(3_800);
  expect(estimate.people).toBe(4_000);
});

test("the same policy again is what happened, and the same question gets the same answer", () => {
  const log = aLog(4_000, { good: 0.5, bad: 0.5 });
  const estimate = estimatePolicy(log, { seed: "same", replicates: 100 });
  expect(estimate.ips.value).toBeCloseTo(estimate.happened.value, 8);
  expect(Math.abs(estimate.dr.value - estimate.happened.value)).toBeLessThan(10);
  expect(estimatePolicy(log, { seed: "same", replicates: 100 })).toEqual(estimate);
});

describe("it refuses to answer", () => {
  const refusal = (rows: LoggedRow[]) => estimatePolicy(rows, { seed: "1", replicates: 20 }).refusal;

  test("without decisions", () => expect(refusal([])).toBe("no-decisions"));

  test("where the log says too little about the other policy", () => {
    expect(refusal(aLog(1_500, { good: 1, bad: 0 }))).toBe("few-decisions");
  });

  test("where hardly anything was taken", () => {
    const rows = aLog(4_000, { good: 0, bad: 1 }).map((row, index) => {
      const taken = row.taken && index % 4 === 0;
      return { ...row, taken, reward: taken ? 1000 : 0 };
    });
    expect(refusal(rows)).toBe("few-takings");
  });

  test("where the other policy would do what was never tried", () => {
    const rows = aLog(8_000, { good: 1, bad: 0 }).map((row) => ({ ...row, unsupported: 0.2 }));
    expect(refusal(rows)).toBe("never-tried");
  });

  test("where the stored probabilities cannot be those that were drawn from", () => {
    const stored = (good: number, bad: number) =>
      aLog(12_000, { good: 0.9, bad: 0.1 }).map((row) => ({
        ...row,
        propensity: row.action.key === "good" ? good : bad,
        squaredWeight: 0.9 ** 2 / good + 0.1 ** 2 / bad,
      }));
    expect(refusal(stored(0.5, 0.5))).toBeNull();
    for (const [good, bad] of [
      [0.25, 0.25],
      [0.54, 0.46],
      [0.46, 0.54],
      [0.8, 0.2],
    ] as const) {
      expect([good, refusal(stored(good, bad))]).toEqual([good, "propensities-do-not-add-up"]);
    }
  });

  test("where something was said to be shown, and every tenth time was not", () => {
    const rows = aLog(8_000, { good: 0.5, bad: 0.5 }).map((row, index): LoggedRow =>
      index % 10 > 0 ? row : { ...row, propensity: 0, target: 0, taken: false, reward: 0, action: NOTHING },
    );
    expect(refusal(rows)).toBe("propensities-do-not-add-up");
  });

  test("for a choice that the log could hardly make, whether it came up or not", () => {
    for (const cameUp of [false, true]) {
      const rows = aLog(6_000, { good: 0.5, bad: 0.5 }).map((row, index): LoggedRow => {
        if (index >= 2_000) return row;
        const rare = { target: cameUp && index === 0 ? 1 : 0, propensity: cameUp && index === 0 ? 5e-4 : 1 };
        return { ...row, ...rare, showing: 1, squaredWeight: 1 / 5e-4 };
      });
      expect(refusal(rows)).toBe("few-decisions");
    }
  });
});

test("a policy that shows nothing more often is judged though the log never showed nothing", () => {
  // In every other decision nothing reaches the other policy's floor; the log showed something all the same.
  const rows = aLog(6_000, { good: 0.5, bad: 0.5 }).map((row, index): LoggedRow =>
    index % 2 === 0 ? row : { ...row, target: 0, showing: 0, squaredWeight: 0, targets: [] },
  );
  const estimate = estimatePolicy(rows, { seed: "1", replicates: 200 });
  expect(estimate.refusal).toBeNull();
  for (const { low, high } of [estimate.ips, estimate.snips, estimate.dr]) {
    expect([low < 62.5, high > 62.5]).toEqual([true, true]);
  }
  expect(estimate.change.high).toBeLessThan(0);
  expect(estimate.effectiveDecisions).toBe(6_000);
});

test("an honest log is believed where what it hardly ever shows never came up, or did against all odds", () => {
  const withRare = (rare: number, propensity: number, cameUp: boolean) =>
    aLog(4_000, { good: 0.5, bad: 0.5 }).map((row, index): LoggedRow => {
      if (index >= rare) return row;
      const drawn = cameUp ? { target: 1, propensity } : { target: 0, propensity: 1 - propensity };
      return { ...row, ...drawn, taken: false, reward: 0, showing: 1, squaredWeight: 1 / propensity };
    });
  for (const rows of [withRare(100, 0.02, false), withRare(1, 5e-4, true)]) {
    expect(estimatePolicy(rows, { seed: "1", replicates: 20 }).refusal).toBeNull();
  }
});

test("showing nothing earns nothing", () => {
  const rows: LoggedRow[] = aLog(4_000, { good: 0, bad: 0 }).map((row, index) =>
    index % 2 === 0
      ? { ...row, targets: [NOTHING] }
      : { ...row, target: 1, taken: false, reward: 0, action: NOTHING, targets: [NOTHING] },
  );
  const { ips, snips, dr } = estimatePolicy(rows, { seed: "1", replicates: 50 });
  expect([ips.value, snips.value, dr.value]).toEqual([0, 0, 0]);
});
