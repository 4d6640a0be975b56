import { z } from "zod";
import { COUNTRY_CODES } from "#app/country-codes";

const KNOWN = new Set(COUNTRY_CODES);

/** A country's letters as orders carry them. Others would be kept and then match nobody, without a word. */
export const countrySchema = z.string().superRefine((code, check) => {
  const message = countryProblem(code);
  if (message) check.addIssue({ code: "custom", message });
});

/** What is wrong with a country's letters, in the merchant's words; null where they are right. */
export function countryProblem(code: string): string | null {
  if (KNOWN.has(code)) return null;
  // The one that people write by habit.
  if (code === "UK") return "Use GB for the United Kingdom, not UK.";
  if (!/^[A-Z]{2}$/.test(code)) return "Use two letters per country, like DE.";
  return `${code} is not a country that we know. Use its two letters, like DE.`;
}
