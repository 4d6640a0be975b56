import { expect, test } from "vitest";
import { adjustTails, EVEN_TAILS, forecast, type Track } from "./eta";

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 5, 17, 12);

/** A parcel shipped `age` days ago that took `took` days; on the road where that is still to come. */
function shipped(age: number, took: number | null, changes: Partial<Track> = {}): Track {
  const reached = { shipped: NOW - age * DAY };
  const end = took === null ? null : reached.shipped + took * DAY;
  const deliveredAt = end !== null && end <= NOW ? end : null;
  return { carrier: "postway", lane: "DE>DE", plannedDays: null, reached, deliveredAt, ...changes };
}

function days(history: Track[], parcel: Track, now = NOW) {
  const eta = forecast(history, parcel, now);
  const since = (at: number) => (at - parcel.reached.shipped) / DAY;
  return { p10: since(eta.p10), p50: since(eta.p50), p90: since(eta.p90) };
}

const many = (count: number, make: (index: number) => Track) =>
  Array.from({ length: count }, (_, i) => make(i));

test("a shop's first parcel follows a rule of thumb, longer for abroad", () => {
  const home = days([], shipped(0, null));
  expect(home.p10).toBeLessThan(home.p50);
  expect(home.p50).toBeLessThan(home.p90);
  expect(days([], shipped(0, null, { lane: "DE>US" })).p50).toBeGreaterThan(home.p50);
});

test("the shop's own parcels of the same carrier and lane decide once there are some", () => {
  const history = [
    ...many(60, (i) => shipped(20 + (i % 20), 6)),
    ...many(60, (i) => shipped(20 + (i % 20), 1, { carrier: "swift" })),
  ];
  expect(days(history, shipped(0, null)).p50).toBeCloseTo(6, 0);
  expect(days(history, shipped(0, null, { carrier: "swift" })).p50).toBeCloseTo(1, 0);
});

test("a lane without parcels leans on the carrier's other lanes", () => {
  const history = many(60, (i) => shipped(20 + (i % 20), 6));
  expect(days(history, shipped(0, null, { lane: "DE>AT" })).p50).toBeCloseTo(6, 0);
});

test("parcels that are still on the road make the forecast later before any of them arrives", () => {
  const arrived = many(40, (i) => shipped(12 + (i % 20), 2));
  const stuck = many(40, (i) => shipped(3 + (i % 4), null));
  expect(days([...arrived, ...stuck], shipped(0, null)).p90).toBeGreaterThan(
    days(arrived, shipped(0, null)).p90 + 1,
  );
});

test("a parcel that has not arrived is never forecast for the past", () => {
  const history = many(50, (i) => shipped(20 + (i % 20), 2));
  const late = days(history, shipped(9, null));
  expect(late.p10).toBeGreaterThan(9);
  expect(late.p90).toBeGreaterThanOrEqual(late.p50);
});

test("each stage has its own clock", () => {
  const out = (age: number, took: number | null) => {
    const track = shipped(age + 2, took === null ? null : took + 2);
    return { ...track, reached: { ...track.reached, out_for_delivery: NOW - age * DAY } };
  };
  const history = many(50, (i) => out(20 + (i % 20), 0.25));
  const eta = forecast(history, out(0, null), NOW);
  expect((eta.p50 - NOW) / DAY).toBeCloseTo(0.25, 1);
});

test("what the shopper was told at checkout separates near from far", () => {
  const history = many(120, (i) =>
    i % 2 ? shipped(30 + (i % 20), 2, { plannedDays: 5 }) : shipped(30 + (i % 20), 12, { plannedDays: 20 }),
  );
  expect(days(history, shipped(0, null, { plannedDays: 5 })).p50).toBeLessThan(4);
  expect(days(history, shipped(0, null, { plannedDays: 20 })).p50).toBeGreaterThan(10);
});

test("a range that is missed too often grows, one that is never missed shrinks", () => {
  const eta = { p10: 0, p50: 1, p90: 2 };
  expect(adjustTails(EVEN_TAILS, eta, 3).above).toBeLessThan(EVEN_TAILS.above);
  expect(adjustTails(EVEN_TAILS, eta, 1).above).toBeGreaterThan(EVEN_TAILS.above);
  let tails = EVEN_TAILS;
  for (let late = 0; late < 1000; late++) tails = adjustTails(tails, eta, 3);
  expect(tails).toMatchObject({ above: 0.01 });
});
