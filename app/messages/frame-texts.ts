import type { Locale } from "#app/shops/settings";

/** Words that stand around a merchant's own texts. */
export type FrameTexts = {
  becauseOrdered: (shop: string) => string;
  preferences: string;
  unsubscribe: string;
  quantity: string;
  points: string;
  answerScale: string;
};

export const FRAME_TEXTS: Record<Locale, FrameTexts> = {
  en: {
    becauseOrdered: (shop) => `You get this mail because you placed an order with ${shop}.`,
    preferences: "Choose which mails you get",
    unsubscribe: "Unsubscribe from offers",
    quantity: "Quantity",
    points: "points",
    answerScale: "Choose a number from 0 to 10",
  },
  de: {
    becauseOrdered: (shop) => `Sie erhalten diese E-Mail, weil Sie bei ${shop} bestellt haben.`,
    preferences: "E-Mails auswählen",
    unsubscribe: "Keine Angebote mehr erhalten",
    quantity: "Menge",
    points: "Punkte",
    answerScale: "Wählen Sie eine Zahl von 0 bis 10",
  },
  fr: {
    becauseOrdered: (shop) => `Vous recevez cet e-mail parce que vous avez commandé chez ${shop}.`,
    preferences: "Choisir mes e-mails",
    unsubscribe: "Ne plus recevoir d'offres",
    quantity: "Quantité",
    points: "points",
    answerScale: "Choisissez un chiffre de 0 à 10",
  },
  es: {
    becauseOrdered: (shop) => `Recibe este correo porque hizo un pedido en ${shop}.`,
    preferences: "Elegir mis correos",
    unsubscribe: "No recibir más ofertas",
    quantity: "Cantidad",
    points: "puntos",
    answerScale: "Elija un número del 0 al 10",
  },
};
