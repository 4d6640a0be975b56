import { expect, test } from "vitest";
import { startOfDay } from "./local-day";

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
