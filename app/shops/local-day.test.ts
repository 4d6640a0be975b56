import { expect, test } from "vitest";
import { localDay, localMoment, shownMoment, startOfDay } from "./local-day";

test.each([
  ["2026-11-22", "UTC", "2026-11-22T00:00:00.000Z"],
  ["2026-11-22", "Europe/Berlin", "2026-11-21T23:00:00.000Z"],
  ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
  ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
  ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
  ["2026-07-01", "America/Los_Angeles", "2026-07-01T07:00:00.000Z"],
  ["2026-07-01", "Asia/Kolkata", "2026-06-30T18:30:00.000Z"],
  ["2026-07-01", "Pacific/Auckland", "2026-06-30T12:00:00.000Z"],
])("%s begins in %s at %s", (day, timezone, expected) => {
  expect(startOfDay(day, timezone).toISOString()).toBe(expected);
});

test.each([
  ["2026-09-06", "America/Santiago", "2026-09-06T04:00:00.000Z"],
  ["2026-03-08", "America/Havana", "2026-03-08T05:00:00.000Z"],
  ["2026-03-29", "Atlantic/Azores", "2026-03-29T01:00:00.000Z"],
  ["2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00.000Z"],
  ["2026-03-29", "Asia/Beirut", "2026-03-28T22:00:00.000Z"],
])("%s, whose midnight is left out in %s, begins at one o'clock: %s", (day, timezone, expected) => {
  const start = startOfDay(day, timezone);
  expect(start.toISOString()).toBe(expected);
  expect(shownMoment(start, timezone)).toBe(`${day}T01:00`);
  expect(localDay(new Date(start.getTime() - 1), timezone) < day).toBe(true);
});

test.each([
  ["2026-04-05", "America/Santiago", "2026-04-05T04:00:00.000Z"],
  // Midnight comes twice: the day begins with the first.
  ["2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z"],
  ["2026-10-25", "Atlantic/Azores", "2026-10-25T00:00:00.000Z"],
  ["2026-10-30", "Africa/Cairo", "2026-10-29T22:00:00.000Z"],
  ["2026-10-25", "Asia/Beirut", "2026-10-24T22:00:00.000Z"],
  ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
  ["2026-11-02", "America/New_York", "2026-11-02T05:00:00.000Z"],
])("%s, when clocks in %s are put back, begins at %s", (day, timezone, expected) => {
  const start = startOfDay(day, timezone);
  expect(start.toISOString()).toBe(expected);
  expect(localDay(start, timezone)).toBe(day);
  expect(localDay(new Date(start.getTime() - 1), timezone) < day).toBe(true);
});

test.each([
  ["2026-03-08T02:30", "America/New_York", "2026-03-08T03:30"],
  ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T03:30"],
  ["2026-03-29T00:30", "Atlantic/Azores", "2026-03-29T01:30"],
  ["2026-11-01T01:30", "America/New_York", "2026-11-01T01:30"],
  ["2026-06-01T10:00", "Asia/Kolkata", "2026-06-01T10:00"],
])("%s in %s is the moment at which clocks show %s", (asked, timezone, shown) => {
  expect(shownMoment(localMoment(asked, timezone), timezone)).toBe(shown);
});
