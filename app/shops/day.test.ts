import { expect, test } from "vitest";
import { daySchema, MONTH } from "./day";

test.each([
  ["2000-01-01", undefined],
  ["2199-12-31", undefined],
  ["1999-12-31", "Use a year from 2000 to 2199."],
  ["2200-01-01", "Use a year from 2000 to 2199."],
  ["0026-12-24", "Use a year from 2000 to 2199."],
  ["9999-12-31", "Use a year from 2000 to 2199."],
  // A day that is none says so first.
  ["2026-02-30", "Choose a day."],
  ["tomorrow", "Choose a day."],
])("the day %s: %s", (day, problem) => {
  expect(daySchema("Choose a day.").safeParse(day).error?.issues[0]?.message).toBe(problem);
});

test.each([
  ["2026-12", true],
  ["2000-01", true],
  ["2199-12", true],
  ["0000-01", false],
  ["9999-12", false],
  ["2026-13", false],
  ["2026-00", false],
  ["12026-01", false],
])("the month %s: %s", (month, isOne) => {
  expect(MONTH.test(month)).toBe(isOne);
});
