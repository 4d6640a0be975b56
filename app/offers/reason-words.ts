import type { OfferReason } from "../../extensions/shared/contract";
import type { Locale } from "#app/shops/settings";

/** Why an offer is shown, where we write the page ourselves (mails); blocks have these words in their locales. */
const WORDS: Record<Locale, Record<OfferReason["code"], (what: string) => string>> = {
  en: {
    "goes-with": (product) => `Goes with the ${product} you bought`,
    "bought-before": () => "You have bought this before",
    "popular-in-category": (category) => `A favourite among ${category}`,
  },
  de: {
    "goes-with": (product) => `Passt zu Ihrem Einkauf: ${product}`,
    "bought-before": () => "Das haben Sie schon einmal gekauft",
    "popular-in-category": (category) => `Beliebt in der Kategorie ${category}`,
  },
  fr: {
    "goes-with": (product) => `Va bien avec votre achat : ${product}`,
    "bought-before": () => "Vous l’avez déjà acheté",
    "popular-in-category": (category) => `Apprécié dans la catégorie ${category}`,
  },
  es: {
    "goes-with": (product) => `Combina con su compra: ${product}`,
    "bought-before": () => "Ya lo ha comprado antes",
    "popular-in-category": (category) => `Muy apreciado en ${category}`,
  },
};

/** The best reason in words, or "" where there is none. */
export function reasonWords([reason]: OfferReason[], locale: Locale): string {
  if (!reason) return "";
  const what =
    reason.code === "goes-with"
      ? reason.product
      : reason.code === "popular-in-category"
        ? reason.category
        : "";
  return WORDS[locale][reason.code](what);
}
