import { z } from "zod";
import type { Locale } from "./settings";

/** What a shop says where no offer is worth a shopper's attention: thanks, reassurance, help. In the merchant's words. */
const heading = z.string().trim().max(60, "Use at most 60 characters.");
const text = z.string().trim().max(240, "Use at most 240 characters.");
const point = z.string().trim().max(80, "Use at most 80 characters.");

const CareTextsSchema = z.object({
  appreciation: z.object({ heading, text }),
  reassurance: z.object({ heading, text, points: z.array(point).max(5, "Use at most 5 points.") }),
  help: z.object({
    heading,
    questions: z.array(z.object({ question: point, answer: text })).max(5, "Use at most 5 questions."),
  }),
});
export type CareTexts = z.infer<typeof CareTextsSchema>;

export const CARE_KINDS = ["appreciation", "reassurance", "help"] as const;
export type CareKind = (typeof CARE_KINDS)[number];

const off = z.boolean().default(false);
export const CareSchema = z.object({
  /** Nothing is said that the merchant did not switch on. */
  appreciation: off,
  reassurance: off,
  help: off,
  contactUrl: z
    .url({ protocol: /^https$/, error: "Use a web address that starts with https://." })
    .or(z.literal(""))
    .default(""),
  /** What differs from our words. */
  texts: z.partialRecord(z.enum(["en", "de", "fr", "es"]), CareTextsSchema).default({}),
});
export type Care = z.infer<typeof CareSchema>;

/** The merchant's words where there are some, else ours. Ours promise nothing that we can't know of a shop. */
export function careTextsIn(care: Pick<Care, "texts">, locale: Locale): CareTexts {
  return care.texts[locale] ?? USUAL[locale];
}

const USUAL: Record<Locale, CareTexts> = {
  en: {
    appreciation: {
      heading: "Good to have you back",
      text: "Thank you for choosing us again. It means a lot to us.",
    },
    reassurance: {
      heading: "Your first order is in good hands",
      text: "Thank you for your trust. This is what happens next:",
      points: [
        "We prepare your order.",
        "You get an email as soon as it is on its way.",
        "You can follow it at any time.",
      ],
    },
    help: {
      heading: "Any questions?",
      questions: [
        {
          question: "When does my order come?",
          answer: "As soon as it leaves us, you get an email with a link to follow it.",
        },
        {
          question: "I made a mistake. What now?",
          answer: "Reply to your order confirmation as soon as you can.",
        },
      ],
    },
  },
  de: {
    appreciation: {
      heading: "Schön, dass Sie wieder da sind",
      text: "Danke, dass Sie sich erneut für uns entschieden haben. Das bedeutet uns viel.",
    },
    reassurance: {
      heading: "Ihre erste Bestellung ist in guten Händen",
      text: "Danke für Ihr Vertrauen. So geht es weiter:",
      points: [
        "Wir bereiten Ihre Bestellung vor.",
        "Sie bekommen eine E-Mail, sobald sie unterwegs ist.",
        "Sie können sie jederzeit verfolgen.",
      ],
    },
    help: {
      heading: "Noch Fragen?",
      questions: [
        {
          question: "Wann kommt meine Bestellung?",
          answer: "Sobald sie uns verlässt, bekommen Sie eine E-Mail mit einem Link zur Verfolgung.",
        },
        {
          question: "Ich habe mich vertan. Was nun?",
          answer: "Antworten Sie so bald wie möglich auf Ihre Bestellbestätigung.",
        },
      ],
    },
  },
  fr: {
    appreciation: {
      heading: "Heureux de vous revoir",
      text: "Merci de nous avoir choisis à nouveau. Cela compte beaucoup pour nous.",
    },
    reassurance: {
      heading: "Votre première commande est entre de bonnes mains",
      text: "Merci de votre confiance. Voici la suite :",
      points: [
        "Nous préparons votre commande.",
        "Vous recevez un e-mail dès son départ.",
        "Vous pouvez la suivre à tout moment.",
      ],
    },
    help: {
      heading: "Une question ?",
      questions: [
        {
          question: "Quand ma commande arrive-t-elle ?",
          answer: "Dès son départ, vous recevez un e-mail avec un lien de suivi.",
        },
        {
          question: "Je me suis trompé. Que faire ?",
          answer: "Répondez au plus vite à votre confirmation de commande.",
        },
      ],
    },
  },
  es: {
    appreciation: {
      heading: "Qué bien verle de nuevo",
      text: "Gracias por elegirnos otra vez. Significa mucho para nosotros.",
    },
    reassurance: {
      heading: "Su primer pedido está en buenas manos",
      text: "Gracias por su confianza. Así continúa:",
      points: [
        "Preparamos su pedido.",
        "Recibirá un correo en cuanto salga.",
        "Puede seguirlo en cualquier momento.",
      ],
    },
    help: {
      heading: "¿Alguna pregunta?",
      questions: [
        {
          question: "¿Cuándo llega mi pedido?",
          answer: "En cuanto salga, recibirá un correo con un enlace para seguirlo.",
        },
        {
          question: "Me he equivocado. ¿Qué hago?",
          answer: "Responda cuanto antes a la confirmación de su pedido.",
        },
      ],
    },
  },
};
