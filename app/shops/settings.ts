import { z } from "zod";
import type { Surface } from "../../extensions/shared/contract";
import { BrandSchema, type Brand } from "./brand";
import { CareSchema, type Care } from "./care";
import { OnboardingSchema } from "./onboarding";

export { BrandSchema, type Brand };

export const LOCALES = ["en", "de", "fr", "es"] as const;
export type Locale = (typeof LOCALES)[number];

/** The languages that a shop speaks. */
export const LocalesSchema = z.array(z.enum(LOCALES)).min(1, "Choose at least one language.");

/** The closest language we have texts in: "de-AT" → "de", unknown → "en". */
export function nearestLocale(wanted: string | null | undefined): Locale {
  const language = (wanted ?? "").slice(0, 2).toLowerCase();
  return LOCALES.find((locale) => locale === language) ?? "en";
}

/** The shop's first language: for shoppers who speak none of its others, and for texts that another lacks. */
export function mainLocale(locales: readonly Locale[]): Locale {
  return locales[0] ?? "en";
}

/** The shopper's language where the shop has switched it on, else the shop's first. */
export function spokenLocale(locales: Locale[], wanted: string | null | undefined): Locale {
  const nearest = nearestLocale(wanted);
  return locales.includes(nearest) ? nearest : mainLocale(locales);
}

export const LANGUAGE_NAMES: Record<Locale, string> = {
  en: "English",
  de: "German",
  fr: "French",
  es: "Spanish",
};

export const SURFACES = [
  "cart",
  "checkout",
  "payment",
  "thank-you",
  "order-status",
  "account",
  "tracking",
  "message",
] as const satisfies readonly Surface[];
export type SurfaceName = (typeof SURFACES)[number];
const on = z.boolean().default(true);
export const SurfacesSchema = z.object({
  cart: on,
  checkout: on,
  payment: on,
  "thank-you": on,
  "order-status": on,
  account: on,
  tracking: on,
  message: on,
}) satisfies z.ZodType<Record<SurfaceName, boolean>>;
export type Surfaces = z.infer<typeof SurfacesSchema>;

/** What a surface does in its own way. */
const surfaceRule = z.object({
  /** Least expected net value here, as a share of the order's value; null: the shop's own floor. */
  floor: z.number().min(0).max(0.2, "Use at most 20%.").nullable().default(null),
  /** Most offers at once. */
  offersAtOnce: z.int().min(1, "Use 1 to 3.").max(3, "Use 1 to 3.").default(1),
});
export type SurfaceRule = z.infer<typeof surfaceRule>;
export const SurfaceRulesSchema = z.partialRecord(z.enum(SURFACES), surfaceRule);
export type SurfaceRules = z.infer<typeof SurfaceRulesSchema>;

/** The rule of a surface with what is left to the shop filled in. */
export function ruleOf(
  { surfaceRules, offerFloor }: Pick<Settings, "surfaceRules" | "offerFloor">,
  surface: SurfaceName,
): { floor: number; offersAtOnce: number } {
  const rule = surfaceRules[surface];
  return { floor: rule?.floor ?? offerFloor, offersAtOnce: rule?.offersAtOnce ?? 1 };
}

export type Settings = {
  brand: Brand;
  surfaces: Surfaces;
  surfaceRules: SurfaceRules;
  care: Care;
  locales: Locale[];
  onboarding: z.infer<typeof OnboardingSchema>;
  guideDismissed: boolean;
  /** Least expected net value of an offer, as a share of the order's value, for it to be shown. */
  offerFloor: number;
  holdoutPercent: number;
};

/** Reads stored settings; what is missing gets its default, so that old rows stay readable. */
export function readSettings(row: {
  brand: unknown;
  surfaces: unknown;
  surfaceRules: unknown;
  careTexts: unknown;
  locales: string[];
  onboarding: unknown;
  guideDismissed: boolean;
  offerFloor: number;
  holdoutPercent: number;
}): Settings {
  return {
    brand: BrandSchema.parse(row.brand),
    surfaces: SurfacesSchema.parse(row.surfaces),
    surfaceRules: SurfaceRulesSchema.parse(row.surfaceRules),
    care: CareSchema.parse(row.careTexts),
    locales: row.locales.filter((locale): locale is Locale => LOCALES.includes(locale as Locale)),
    onboarding: OnboardingSchema.parse(row.onboarding),
    guideDismissed: row.guideDismissed,
    offerFloor: row.offerFloor,
    holdoutPercent: row.holdoutPercent,
  };
}
