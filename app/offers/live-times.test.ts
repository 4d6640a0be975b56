import { expect, test } from "vitest";
import { clipped, closed, liveTimesOf, opened, type Stretch } from "./live-times";

const at = (day: number) => new Date(Date.UTC(2026, 10, day));
const ALWAYS = { startsAt: null, endsAt: null };
const MONTH = { from: at(1), to: at(30) };
const days = (stretches: { from: Date; to: Date | null }[]) =>
  stretches.map(({ from, to }) => [from.getUTCDate(), to && to.getUTCDate()]);

test("a stretch lasts from publishing to pausing, less what its first and last day keep out", () => {
  const once = closed(opened([], at(3)), ALWAYS, at(5));
  expect(days(once)).toEqual([[3, 5]]);
  const twice = opened(once, at(8));
  expect(days(clipped(twice, ALWAYS, MONTH))).toEqual([
    [3, 5],
    [8, 30],
  ]);
  // First and last day are those of the stretch that is open.
  const planned = { startsAt: at(10), endsAt: at(12) };
  expect(days(clipped(twice, planned, MONTH))).toEqual([
    [3, 5],
    [10, 12],
  ]);
  expect(days(clipped(twice, planned, { from: at(4), to: at(11) }))).toEqual([
    [4, 5],
    [10, 11],
  ]);
  // Paused before its first day: it was never to be seen.
  expect(days(closed(opened(once, at(8)), planned, at(9)))).toEqual([[3, 5]]);
});

test("offers from before have one stretch, drafts none; the newest hundred are kept", () => {
  const made = { createdAt: at(2), updatedAt: at(9), liveTimes: null };
  expect(days(liveTimesOf({ ...made, status: "live" }))).toEqual([[2, null]]);
  expect(days(liveTimesOf({ ...made, status: "paused" }))).toEqual([[2, 9]]);
  expect(liveTimesOf({ ...made, status: "draft" })).toEqual([]);
  const stretches: Stretch[] = Array.from({ length: 100 }, () => ({ from: at(1), to: at(2) }));
  const more = opened(stretches, at(3));
  expect(more).toHaveLength(100);
  const stored = JSON.parse(JSON.stringify(more)) as unknown;
  expect(liveTimesOf({ ...made, status: "live", liveTimes: stored })).toEqual(more);
});
