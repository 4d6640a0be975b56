import { z } from "zod";
import type { ConsentState } from "./contact";

/** What a country asks for before somebody there gets marketing by mail. */
export const COUNTRY_RULES = {
  agreed: "Only to people who agreed",
  confirmed: "Only to people who agreed and confirmed it (double opt-in)",
  "unless-left": "To every buyer who has not unsubscribed",
  "no-block": "Only to people who agreed, and never inside mails about an order",
} as const;
export type CountryRule = keyof typeof COUNTRY_RULES;

/** Everywhere, unless the merchant says otherwise: the strictest rule that still lets an agreement count. */
export const USUAL_RULE: CountryRule = "agreed";

export const CountryRulesSchema = z.record(
  z.string().regex(/^[A-Z]{2}$/, "Use a country's two letters, like DE."),
  z.enum(Object.keys(COUNTRY_RULES) as [CountryRule, ...CountryRule[]]),
);
export type CountryRules = z.infer<typeof CountryRulesSchema>;

/** Who confirms a new agreement by a link in a mail before it counts (double opt-in). */
export const DOUBLE_OPT_IN = {
  usual: "People in Germany and Austria, where courts ask for it",
  everyone: "Everybody",
  nobody: "Nobody",
} as const;
export type DoubleOptIn = keyof typeof DOUBLE_OPT_IN;
export const DoubleOptInSchema = z.enum(Object.keys(DOUBLE_OPT_IN) as [DoubleOptIn, ...DoubleOptIn[]]);

const USUALLY_CONFIRMED = ["DE", "AT"];

/** @param country of the person, else of the shop; two letters. A country whose rule asks for it is always asked. */
export function isConfirmed(
  { doubleOptIn, countries }: { doubleOptIn: DoubleOptIn; countries: CountryRules },
  country: string | null | undefined,
): boolean {
  if (ruleFor(countries, country) === "confirmed" || doubleOptIn === "everyone") return true;
  return doubleOptIn === "usual" && USUALLY_CONFIRMED.includes((country ?? "").toUpperCase());
}

export function ruleFor(rules: CountryRules, country: string | null | undefined): CountryRule {
  return rules[(country ?? "").toUpperCase()] ?? USUAL_RULE;
}

type Given = { state: ConsentState; optInLevel: string | null } | null;

/**
 * Does this consent carry marketing in a country with that rule?
 * @param inside the marketing stands inside a mail about an order
 */
export function carriesMarketing(
  rule: CountryRule,
  consent: Given,
  inside: boolean,
): "yes" | "no-consent" | "country" {
  const agreed = consent?.state === "subscribed";
  if (rule === "no-block" && inside) return "country";
  if (rule === "unless-left")
    return consent?.state === "unsubscribed" || consent?.state === "pending" ? "no-consent" : "yes";
  if (!agreed) return "no-consent";
  if (rule === "confirmed" && consent.optInLevel !== "CONFIRMED_OPT_IN") return "country";
  return "yes";
}
