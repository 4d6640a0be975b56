import { LOCALES } from "#app/shops/settings";
import type { Block, LocalizedText } from "./blocks";

/** What the mails of a new shop are made of. */

export function block(id: string, type: Block["type"], fields: Record<string, LocalizedText> = {}): Block {
  return { id, type, fields };
}

export function text(en: string, de: string, fr: string, es: string): LocalizedText {
  return { en, de, fr, es };
}

export const ORDER_BUTTON = {
  text: text("See your order", "Bestellung ansehen", "Voir ma commande", "Ver mi pedido"),
  url: { en: "{{ order.status_url }}" },
};

const GREETING = text(
  'Hello {{ customer.first_name | default: "there" }},',
  'Hallo {{ customer.first_name | default: "und guten Tag" }},',
  'Bonjour {{ customer.first_name | default: "à vous" }},',
  'Hola {{ customer.first_name | default: "de nuevo" }}:',
);

export function greeted(en: string, de: string, fr: string, es: string): LocalizedText {
  return text(
    `${GREETING.en}\n\n${en}`,
    `${GREETING.de}\n\n${de}`,
    `${GREETING.fr}\n\n${fr}`,
    `${GREETING.es}\n\n${es}`,
  );
}

/** The subject and where to look, as a message of a phone. */
export function shortOf(
  subject: LocalizedText,
  link: "parcel.tracking_url" | "order.status_url",
): LocalizedText {
  return Object.fromEntries(
    LOCALES.map((locale) => [locale, `{{ shop.name }}: ${subject[locale]}. {{ ${link} }}`]),
  );
}

export const PRODUCTS = block("products", "products", {
  heading: text(
    "Your order {{ order.name }}",
    "Ihre Bestellung {{ order.name }}",
    "Votre commande {{ order.name }}",
    "Su pedido {{ order.name }}",
  ),
});
