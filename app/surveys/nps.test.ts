import { expect, test } from "vitest";
import { npsOf } from "./nps";

function counts(given: Record<number, number>): number[] {
  return Array.from({ length: 11 }, (_, score) => given[score] ?? 0);
}

test("promoters less detractors; sevens and eights count as answers only", () => {
  expect(npsOf(counts({ 10: 3, 9: 2, 8: 2, 7: 1, 6: 1, 0: 1 }))).toMatchObject({
    score: 30,
    promoters: 5,
    passives: 3,
    detractors: 2,
  });
});

test("without answers there is no score", () => {
  expect(npsOf(counts({}))).toBeNull();
});

test("three tens are no certainty", () => {
  const { score, low, high } = npsOf(counts({ 10: 3 }))!;
  expect(score).toBe(100);
  expect(low).toBeGreaterThan(-10);
  expect(low).toBeLessThan(60);
  expect(high).toBe(100);
});

/** Probability, over all possible samples of `people`, that the interval contains the true score. */
function coverage(people: number, detractor: number, promoter: number): number {
  const passive = 1 - detractor - promoter;
  const logs = [0];
  for (let n = 1; n <= people; n++) logs[n] = logs[n - 1]! + Math.log(n);
  let covered = 0;
  for (let down = 0; down <= people; down++) {
    for (let up = 0; up + down <= people; up++) {
      const rest = people - up - down;
      const chance = Math.exp(
        logs[people]! -
          logs[up]! -
          logs[down]! -
          logs[rest]! +
          up * Math.log(promoter) +
          down * Math.log(detractor) +
          rest * Math.log(passive),
      );
      const { low, high } = npsOf(counts({ 0: down, 8: rest, 10: up }))!;
      const truth = 100 * (promoter - detractor);
      if (low <= truth && truth <= high) covered += chance;
    }
  }
  return covered;
}

test.each([
  [10, 0.1, 0.6],
  [10, 0.3, 0.3],
  [30, 0.05, 0.75],
  [30, 0.2, 0.5],
  [100, 0.1, 0.7],
  [100, 0.4, 0.2],
])(
  "the interval of %i answers (detractors %f, promoters %f) holds the truth about 95 %% of the time",
  (people, down, up) => {
    expect(coverage(people, down, up)).toBeGreaterThan(0.93);
    expect(coverage(people, down, up)).toBeLessThan(0.985);
  },
);
