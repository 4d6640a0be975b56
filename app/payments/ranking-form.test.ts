import { expect, test } from "vitest";
import { RankingSchema } from "./learnt";

const FORM = { enabled: true, holdoutPercent: 5, rules: [] };

function problems(change: object): Record<string, string> {
  const issues = RankingSchema.safeParse({ ...FORM, ...change }).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join("."), message]));
}

test.each([
  [0, undefined],
  [50, undefined],
  [2.5, "Use a whole number."],
  [null, "Use a whole number."],
  [51, "Use 0 to 50."],
  [-1, "Use 0 to 50."],
])("the group for comparison of %s percent: %s", (holdoutPercent, problem) => {
  expect(problems({ holdoutPercent }).holdoutPercent).toBe(problem);
});

test("a rule for a country that no order comes from is refused by name", () => {
  const rules = (countries: string[]) => ({ rules: [{ key: "klarna", place: "first", countries }] });
  expect(problems(rules(["GB", "DE"]))).toEqual({});
  expect(problems(rules(["UK", "ZZ"]))).toEqual({
    "rules.0.countries.0": "Use GB for the United Kingdom, not UK.",
    "rules.0.countries.1": "ZZ is not a country that we know. Use its two letters, like DE.",
  });
});
