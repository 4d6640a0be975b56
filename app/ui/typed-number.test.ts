import { expect, test } from "vitest";
import { typedNumber } from "./typed-number";

test.each([
  ["12.5", 2, 12.5],
  ["12,5", 2, 12.5],
  ["1,000", 2, 1_000],
  ["1.000", 0, 1_000],
  ["1 250,50", 2, 1_250.5],
  ["1.250,50", 2, 1_250.5],
  ["1'234'567", 2, 1_234_567],
  ["1,234,567.89", 2, 1_234_567.89],
  ["1,234", 3, 1.234],
  ["0.500", 2, 0.5],
  ["1,00", 2, 1],
  ["1,0000", 2, 1],
])("%s in a field of %d decimals is %d", (typed, digits, number) => {
  expect(typedNumber(typed, digits)).toBe(number);
});

test.each(["", "1.2.3", "1,000.00,0", "abc", "1.000.00"])("%j is no number", (typed) => {
  expect(typedNumber(typed, 2)).toBeNaN();
});
