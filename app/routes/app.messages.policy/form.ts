import { z } from "zod";
import { COUNTRY_RULES, DoubleOptInSchema, type CountryRule } from "#app/contact-policy/country-rules";

const count = (most: number, message: string) => z.int(message).min(0, message).max(most, message);
const hour = z.int("Use 0 to 23.").min(0, "Use 0 to 23.").max(23, "Use 0 to 23.");

export const PolicyForm = z.object({
  marketingPerDay: count(10, "Use 0 to 10."),
  marketingPerWeek: count(50, "Use 0 to 50."),
  surveyGapDays: count(365, "Use 0 to 365."),
  npsGapDays: count(730, "Use 0 to 730."),
  quietFromHour: hour,
  quietToHour: hour,
  doubleOptIn: DoubleOptInSchema,
  countries: z
    .array(
      z.object({
        country: z.string().regex(/^[A-Z]{2}$/, "Choose a country."),
        rule: z.enum(Object.keys(COUNTRY_RULES) as [CountryRule, ...CountryRule[]]),
      }),
    )
    .max(250)
    .refine(
      (rows) => new Set(rows.map(({ country }) => country)).size === rows.length,
      "Each country can have one rule only.",
    ),
});
export type PolicyForm = z.infer<typeof PolicyForm>;
