import { expect, test } from "vitest";
import { moneyFormat } from "../../extensions/shared/currencies";
import { currencyExponent, toDecimal, toMinor } from "./money";

test.each([
  ["12.34", "EUR", 1234],
  ["12", "EUR", 1200],
  ["0.1", "USD", 10],
  ["1.15", "EUR", 115], // 1.15 * 100 is 114.99999999999999 as a float
  ["1200", "JPY", 1200],
  ["1200.00", "JPY", 1200],
  ["1.234", "KWD", 1234],
  ["1.2", "KWD", 1200],
  ["-3.50", "EUR", -350],
  ["0.00", "EUR", 0],
  ["-0.00", "EUR", 0],
  ["10.005", "EUR", 1001],
  ["9.999", "EUR", 1000],
  [89.99, "USD", 8999],
])("%s %s is %i minor units", (amount, currency, minor) => {
  expect(toMinor(amount, currency)).toBe(minor);
});

test.each(["", "12,50", "1e5", "abc", ".", "1.2.3"])("%j is no amount of money", (amount) => {
  expect(() => toMinor(amount, "EUR")).toThrow("not an amount of money");
});

test.each([
  [1234, "EUR", "12.34"],
  [5, "EUR", "0.05"],
  [-350, "EUR", "-3.50"],
  [1200, "JPY", "1200"],
  [1234, "KWD", "1.234"],
])("%i minor units of %s are told as %s", (minor, currency, decimal) => {
  expect(toDecimal(minor, currency)).toBe(decimal);
});

// What Intl finds usual to print for these is not what their amounts have: 1,999.00 HUF is 199900, not 1999.
test.each([
  ["1999.00", "HUF", 1999, /1,999$/],
  ["1999.50", "HUF", 1999.5, /1,999\.50$/],
  ["250000.00", "IDR", 250_000, /250,000$/],
  ["1.234", "IQD", 1.234, /1\.234$/],
  ["1999", "JPY", 1999, /1,999$/],
  ["12.00", "EUR", 12, /12\.00$/],
])("%s %s is the same amount for the app, its extensions and readers", (told, currency, amount, read) => {
  const minor = toMinor(told, currency);
  expect(minor / 10 ** currencyExponent(currency)).toBe(amount);
  expect(moneyFormat("en", currency)(minor)).toMatch(read);
});
