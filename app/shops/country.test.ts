import { expect, test } from "vitest";
import { countrySchema } from "./country";

test.each([
  ["DE", undefined],
  ["GB", undefined],
  ["UK", "Use GB for the United Kingdom, not UK."],
  ["XX", "XX is not a country that we know. Use its two letters, like DE."],
  ["ZZ", "ZZ is not a country that we know. Use its two letters, like DE."],
  ["de", "Use two letters per country, like DE."],
  ["Germany", "Use two letters per country, like DE."],
  ["", "Use two letters per country, like DE."],
])("the country %j: %s", (code, problem) => {
  expect(countrySchema.safeParse(code).error?.issues[0]?.message).toBe(problem);
});
