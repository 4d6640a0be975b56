import type { Locale } from "#app/shops/settings";
import type { DisclosureLabel } from "./campaign";

/** The label that every sponsored offer carries, beside the advertiser's name. */
const LABELS: Record<DisclosureLabel, Record<Locale, string>> = {
  sponsored: { en: "Sponsored", de: "Anzeige", fr: "Sponsorisé", es: "Patrocinado" },
  advertisement: { en: "Advertisement", de: "Werbung", fr: "Publicité", es: "Publicidad" },
  partner: { en: "Partner offer", de: "Partnerangebot", fr: "Offre partenaire", es: "Oferta de un socio" },
};
const ACTIONS: Record<Locale, string> = {
  en: "Have a look",
  de: "Ansehen",
  fr: "Voir l’offre",
  es: "Ver la oferta",
};

export function disclosureLabel(label: DisclosureLabel, locale: Locale): string {
  return LABELS[label][locale];
}

/** What the button says where the campaign has no words of its own. */
export function usualAction(locale: Locale): string {
  return ACTIONS[locale];
}
