import type { Block, LocalizedText } from "../blocks";
import type { DefaultTemplate } from "../default-templates";
import { block, text } from "../template-parts";

/** What the mails of the ready journeys share. */

type Words = {
  name: string;
  description: string;
  purpose: DefaultTemplate["purpose"];
  subject: LocalizedText;
  preheader: LocalizedText;
  /** For SMS, WhatsApp, push and the inbox. */
  short?: LocalizedText;
};

export function libraryMail(
  { name, description, purpose, ...words }: Words,
  blocks: Block[],
): DefaultTemplate {
  return { name, description, purpose, content: { ...words, blocks } };
}

export function heading(en: string, de: string, fr: string, es: string): Block {
  return block("title", "heading", { text: text(en, de, fr, es) });
}

export function paragraphs(id: string, words: LocalizedText): Block {
  return block(id, "text", { text: words });
}

export function button(id: string, words: LocalizedText, variable: string): Block {
  return block(id, "button", { text: words, url: { en: `{{ ${variable} }}` } });
}

export const TO_SHOP = button(
  "shop",
  text("Visit the shop", "Zum Shop", "Voir la boutique", "Ir a la tienda"),
  "shop.url",
);

/** A code that the journey has made before this mail. */
export const CODE = paragraphs(
  "code",
  text(
    "Your code: {{ code.code }}\n\n{{ code.percent }}% off your next order, once, until {{ code.ends }}.",
    "Ihr Code: {{ code.code }}\n\n{{ code.percent }} % auf Ihre nächste Bestellung, einmalig, bis {{ code.ends }}.",
    "Votre code : {{ code.code }}\n\n{{ code.percent }} % sur votre prochaine commande, une seule fois, jusqu'au {{ code.ends }}.",
    "Su código: {{ code.code }}\n\n{{ code.percent }} % en su próximo pedido, una sola vez, hasta el {{ code.ends }}.",
  ),
);

export const OFFER = block("offer", "offer", {
  heading: text("Picked for you", "Für Sie ausgesucht", "Choisi pour vous", "Elegido para usted"),
  button: text("Have a look", "Ansehen", "Voir", "Ver"),
});
