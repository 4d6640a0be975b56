import { z } from "zod";
import { domainSchema } from "./advertiser";
import { CATEGORIES, type Category, type PayModel } from "./campaign";

/** On which terms a shop shows other brands' offers. */
export type SponsoredTerms = {
  /** The shop's part of what advertisers pay; the rest belongs to whoever runs this installation. */
  sharePercent: number;
  /** Least price of a click, minor units. */
  reserveMinor: number;
  /** Least price of a sale, minor units. */
  reserveSaleMinor: number;
  blockedCategories: string[];
  blockedDomains: string[];
};

/** A shop that has set nothing yet. Categories that many shops do not want beside their goods start out blocked. */
export const DEFAULT_TERMS: SponsoredTerms = {
  sharePercent: 85,
  reserveMinor: 5,
  reserveSaleMinor: 50,
  blockedCategories: ["alcohol", "gambling"],
  blockedDomains: [],
};

const price = z
  .int("Use an amount of money.")
  .min(1, "Use more than zero.")
  .max(1_000_000_000, "This is too much.");

export const TermsFormSchema = z.object({
  reserveMinor: price,
  reserveSaleMinor: price,
  blockedCategories: z.array(z.enum(Object.keys(CATEGORIES) as [Category, ...Category[]])),
  blockedDomains: z.array(domainSchema).max(500, "Block at most 500 domains."),
});
export type TermsForm = z.infer<typeof TermsFormSchema>;

export function reserveOf(
  terms: Pick<SponsoredTerms, "reserveMinor" | "reserveSaleMinor">,
  model: PayModel,
): number {
  return model === "cpc" ? terms.reserveMinor : terms.reserveSaleMinor;
}
