/** What the form of a campaign refuses beside its field, without a database. */
import { expect, test } from "vitest";
import { CampaignFormSchema, emptyCampaign } from "./campaign";

const FORM = {
  ...emptyCampaign("EUR"),
  name: "Autumn roast",
  texts: { en: { title: "Coffee for your new cups", body: "", action: "" } },
  targetUrl: "https://northwind.example/autumn",
};

function problems(change: object): Record<string, string> {
  const issues = CampaignFormSchema.safeParse({ ...FORM, ...change }).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join("."), message]));
}

const YEAR = "Use a year from 2000 to 2199.";

test("days that the database or the editor could not show again are refused", () => {
  expect(problems({ startsOn: "2000-01-01", endsOn: "2199-12-31" })).toEqual({});
  expect(problems({ startsOn: null, endsOn: null })).toEqual({});
  expect(problems({ startsOn: "0026-12-24" })).toEqual({ startsOn: YEAR });
  expect(problems({ endsOn: "9999-12-31" })).toEqual({ endsOn: YEAR });
});

test("countries that no order comes from are refused by name", () => {
  expect(problems({ countries: ["DE", "GB"] })).toEqual({});
  expect(problems({ countries: ["DE", "UK", "XX"] })).toEqual({
    "countries.1": "Use GB for the United Kingdom, not UK.",
    "countries.2": "XX is not a country that we know. Use its two letters, like DE.",
  });
});
