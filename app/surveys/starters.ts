import type { SurveySurface, SurveyTiming } from "./survey";
import type { Question } from "./question";

/** Surveys to begin with: good as they are, in four languages, and free to change. */
export type StarterKey = "post-purchase" | "nps" | "delivery";

export type Starter = {
  key: StarterKey;
  name: string;
  /** For the merchant: what it is good for. */
  purpose: string;
  surfaces: SurveySurface[];
  timing: SurveyTiming;
  questions: Question[];
};

const blank = { help: {}, options: [], shuffle: false, lowLabel: {}, highLabel: {} };

export const STARTERS: Starter[] = [
  {
    key: "post-purchase",
    name: "How did you hear about us?",
    purpose: "Shows which channels bring customers that no link can count. Asked on the thank-you page.",
    surfaces: ["thank-you"],
    timing: "purchase",
    questions: [
      {
        ...blank,
        id: "source",
        type: "single",
        required: true,
        shuffle: true,
        text: {
          en: "How did you hear about us?",
          de: "Wie haben Sie von uns erfahren?",
          fr: "Comment avez-vous entendu parler de nous ?",
          es: "¿Cómo nos ha conocido?",
        },
        options: [
          {
            id: "friends",
            text: {
              en: "Friends or family",
              de: "Freunde oder Familie",
              fr: "Des amis ou la famille",
              es: "Amigos o familia",
            },
          },
          {
            id: "search",
            text: {
              en: "Search engine",
              de: "Suchmaschine",
              fr: "Un moteur de recherche",
              es: "Un buscador",
            },
          },
          {
            id: "social",
            text: {
              en: "Social media",
              de: "Soziale Medien",
              fr: "Les réseaux sociaux",
              es: "Redes sociales",
            },
          },
          {
            id: "video",
            text: {
              en: "Video or podcast",
              de: "Video oder Podcast",
              fr: "Une vidéo ou un podcast",
              es: "Un vídeo o un pódcast",
            },
          },
          {
            id: "press",
            text: {
              en: "Magazine or blog",
              de: "Zeitschrift oder Blog",
              fr: "Un magazine ou un blog",
              es: "Una revista o un blog",
            },
          },
          {
            id: "other",
            text: { en: "Somewhere else", de: "Anderswo", fr: "Ailleurs", es: "En otro lugar" },
          },
        ],
      },
    ],
  },
  {
    key: "nps",
    name: "Would you recommend us?",
    purpose:
      "The Net Promoter Score, asked once the parcel has arrived: by mail and on the order status page.",
    surfaces: ["order-status", "message"],
    timing: "delivery",
    questions: [
      {
        ...blank,
        id: "recommend",
        type: "nps",
        required: true,
        text: {
          en: "How likely are you to recommend us to a friend?",
          de: "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
          fr: "Quelle est la probabilité que vous nous recommandiez à un proche ?",
          es: "¿Qué probabilidad hay de que nos recomiende a un amigo?",
        },
        lowLabel: {
          en: "Not at all likely",
          de: "Sehr unwahrscheinlich",
          fr: "Très improbable",
          es: "Nada probable",
        },
        highLabel: { en: "Very likely", de: "Sehr wahrscheinlich", fr: "Très probable", es: "Muy probable" },
      },
      {
        ...blank,
        id: "reason",
        type: "text",
        required: false,
        text: {
          en: "What is the main reason for your score?",
          de: "Was ist der wichtigste Grund für Ihre Bewertung?",
          fr: "Quelle est la raison principale de votre note ?",
          es: "¿Cuál es el motivo principal de su puntuación?",
        },
      },
    ],
  },
  {
    key: "delivery",
    name: "How was your delivery?",
    purpose: "Tells you about carriers and packaging while the parcel is still on the table.",
    surfaces: ["order-status"],
    timing: "delivery",
    questions: [
      {
        ...blank,
        id: "delivery",
        type: "csat",
        required: true,
        text: {
          en: "How satisfied are you with the delivery?",
          de: "Wie zufrieden sind Sie mit der Lieferung?",
          fr: "Êtes-vous satisfait de la livraison ?",
          es: "¿Está satisfecho con la entrega?",
        },
        lowLabel: {
          en: "Very dissatisfied",
          de: "Sehr unzufrieden",
          fr: "Très insatisfait",
          es: "Muy insatisfecho",
        },
        highLabel: { en: "Very satisfied", de: "Sehr zufrieden", fr: "Très satisfait", es: "Muy satisfecho" },
      },
      {
        ...blank,
        id: "improve",
        type: "text",
        required: false,
        text: {
          en: "What could we do better?",
          de: "Was könnten wir besser machen?",
          fr: "Que pourrions-nous améliorer ?",
          es: "¿Qué podríamos mejorar?",
        },
      },
    ],
  },
];

export function starterFor(key: StarterKey): Starter {
  return STARTERS.find((starter) => starter.key === key)!;
}
