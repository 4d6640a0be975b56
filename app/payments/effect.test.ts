import { expect, test } from "vitest";
import { createRandom } from "../../demo/history/random";
import { BUCKETS } from "../../extensions/payment-ranking/src/bucket";
import { effectOf, type BucketOrders } from "./effect";

type Truth = {
  people: number;
  completion: number;
  first: number;
  liftOfFirst: number;
  liftOfCompletion: number;
};

/** People come to the checkout, some of them twice; the learnt order changes what they do by the given lifts. */
function simulate(seed: number, truth: Truth, share = 0.2): BucketOrders[] {
  const random = createRandom(seed);
  const rows = new Map<number, BucketOrders>();
  for (let person = 0; person < truth.people; person++) {
    const bucket = random.below(BUCKETS);
    const heldOut = bucket < share * BUCKETS;
    const visits = random.chance(0.2) ? 3 : 1;
    for (let visit = 0; visit < visits; visit++) {
      if (!random.chance(truth.completion * (heldOut ? 1 : 1 + truth.liftOfCompletion))) continue;
      const row = rows.get(bucket) ?? { bucket, heldOut, orders: 0, first: 0, netMinor: 0 };
      row.orders++;
      if (random.chance(truth.first + (heldOut ? 0 : truth.liftOfFirst))) row.first++;
      row.netMinor += 2000 + random.below(8000);
      rows.set(bucket, row);
    }
  }
  return [...rows.values()];
}

test("the intervals cover the truth about as often as they say", () => {
  const truth = { people: 4000, completion: 0.6, first: 0.5, liftOfFirst: 0.08, liftOfCompletion: 0.05 };
  const runs = 200;
  let first = 0;
  let value = 0;
  let completed = 0;
  const covers = (comparison: { low: number; high: number } | null, real: number) =>
    comparison && comparison.low <= real && real <= comparison.high ? 1 : 0;
  for (let seed = 1; seed <= runs; seed++) {
    const effect = effectOf(simulate(seed, truth), 0.2);
    first += covers(effect.firstChoice, 0.08);
    value += covers(effect.orderValue, 0);
    completed += covers(effect.completed, 0.05);
  }
  // 95 % of 200 are 190; three standard deviations are 9.
  for (const covered of [first, value, completed]) expect(covered).toBeGreaterThanOrEqual(180);
  expect(first + value + completed).toBeLessThan(3 * runs);
});

test("few orders give no figure", () => {
  const truth = { people: 100, completion: 0.6, first: 0.5, liftOfFirst: 0, liftOfCompletion: 0 };
  const effect = effectOf(simulate(1, truth), 0.2);
  expect(effect.firstChoice).toBeNull();
  expect(effect.completed).toBeNull();
  expect(effect.orders.own).toBeGreaterThan(0);
  expect(effectOf([], 0.1).orders).toEqual({ ranked: 0, own: 0 });
});
