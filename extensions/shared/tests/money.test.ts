import { expect, test } from "vitest";
import { fromMinor, toMinor } from "../money";

test.each([
  [19.99, "EUR", 1999],
  [1.15, "USD", 115],
  [1700, "JPY", 1700],
  [1.234, "KWD", 1234],
])("%d %s is %d minor units, and back", (amount, currency, minor) => {
  expect(toMinor(amount, currency)).toBe(minor);
  expect(fromMinor(minor, currency)).toBe(amount);
});
