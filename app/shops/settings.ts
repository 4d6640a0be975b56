import { z } from "zod";
import { OnboardingSchema } from "./onboarding";

export const LOCALES = ["en", "de", "fr", "es"] as const;
export type Locale = (typeof LOCALES)[number];

/** The closest language we have texts in: "de-AT" → "de", unknown → "en". */
export function nearestLocale(wanted: string | null | undefined): Locale {
  const language = (wanted ?? "").slice(0, 2).toLowerCase();
  return LOCALES.find((locale) => locale === language) ?? "en";
}

/** The shopper's language where the shop has switched it on, else the shop's first. */
export function spokenLocale(locales: Locale[], wanted: string | null | undefined): Locale {
  const nearest = nearestLocale(wanted);
  return locales.includes(nearest) ? nearest : (locales[0] ?? "en");
}

export const LANGUAGE_NAMES: Record<Locale, string> = {
  en: "English",
  de: "German",
  fr: "French",
  es: "Spanish",
};

const hexColour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "Use a colour like #1f6feb.");

export const BrandSchema = z.object({
  logoUrl: z
    .url({ protocol: /^https?$/, error: "Use a web address that starts with https://." })
    .or(z.literal(""))
    .default(""),
  primaryColor: hexColour.default("#1f4d3d"),
  senderName: z.string().trim().max(60, "Use at most 60 characters.").default(""),
  replyTo: z.email("Use an email address like help@shop.example.").or(z.literal("")).default(""),
  postalAddress: z.string().trim().max(200, "Use at most 200 characters.").default(""),
});
export type Brand = z.infer<typeof BrandSchema>;

export const SURFACES = ["thank-you", "order-status", "message"] as const;
export type SurfaceName = (typeof SURFACES)[number];
export const SurfacesSchema = z.object({
  "thank-you": z.boolean().default(true),
  "order-status": z.boolean().default(true),
  message: z.boolean().default(true),
});
export type Surfaces = z.infer<typeof SurfacesSchema>;

export type Settings = {
  brand: Brand;
  surfaces: Surfaces;
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
  locales: string[];
  onboarding: unknown;
  guideDismissed: boolean;
  offerFloor: number;
  holdoutPercent: number;
}): Settings {
  return {
    brand: BrandSchema.parse(row.brand),
    surfaces: SurfacesSchema.parse(row.surfaces),
    locales: row.locales.filter((locale): locale is Locale => LOCALES.includes(locale as Locale)),
    onboarding: OnboardingSchema.parse(row.onboarding),
    guideDismissed: row.guideDismissed,
    offerFloor: row.offerFloor,
    holdoutPercent: row.holdoutPercent,
  };
}
