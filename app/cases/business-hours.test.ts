import { expect, test } from "vitest";
import { afterBusinessHours } from "./business-hours";

const calendar = { country: "DE", timezone: "Europe/Berlin", closedDays: ["2026-11-23"] };
const opening = { opensAt: "09:00", closesAt: "17:00", calendar };

test.each([
  ["in the morning", "2026-11-17T08:00:00Z", 4, "2026-11-17T12:00:00Z"],
  ["before opening", "2026-11-17T03:00:00Z", 2, "2026-11-17T10:00:00Z"],
  ["over the night", "2026-11-17T15:00:00Z", 2, "2026-11-18T09:00:00Z"],
  ["after closing", "2026-11-17T20:00:00Z", 8, "2026-11-18T16:00:00Z"],
  ["over a weekend and a day off", "2026-11-20T15:00:00Z", 8, "2026-11-24T15:00:00Z"],
  ["over the end of summer time", "2026-10-23T14:00:00Z", 2, "2026-10-26T09:00:00Z"],
])("%s", (_name, from, hours, until) => {
  expect(afterBusinessHours(new Date(from), hours, opening)).toEqual(new Date(until));
});

test("a shop that is closed for good does not keep us counting", () => {
  const closed = Array.from({ length: 400 }, (_, day) =>
    new Date(Date.UTC(2026, 10, 1 + day)).toISOString().slice(0, 10),
  );
  const never = { ...opening, calendar: { ...calendar, closedDays: closed } };
  expect(afterBusinessHours(new Date("2026-11-17T08:00:00Z"), 4, never) > new Date("2027-01-01")).toBe(true);
});
