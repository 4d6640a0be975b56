/** The cart's script is plain JavaScript of its own: it must count in the same minor units as everything else. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { currencyExponent } from "../../extensions/shared/currencies";

const SCRIPT = readFileSync(
  new URL("../../extensions/storefront/assets/cart-offer.js", import.meta.url),
  "utf8",
);

test("the cart's script and the app mean the same amounts in every currency", () => {
  const start = SCRIPT.indexOf("const WHOLE");
  const source = SCRIPT.slice(start, SCRIPT.indexOf("const toMinor", start));
  const digitsOf = new Function(`${source}; return digitsOf;`)() as (currency: string) => number;
  const currencies = Intl.supportedValuesOf("currency");
  expect(currencies).toContain("HUF");
  expect(currencies.filter((currency) => digitsOf(currency) !== currencyExponent(currency))).toEqual([]);
});
