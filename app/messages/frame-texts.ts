import type { Locale } from "#app/shops/settings";

/** Words that stand around a merchant's own texts. */
export type FrameTexts = {
  becauseOrdered: (shop: string) => string;
  becauseAgreed: (shop: string) => string;
  preferences: string;
  unsubscribe: string;
  quantity: string;
  points: string;
  answerScale: string;
  answers: string;
  stars: (count: number) => string;
  /** A parcel's four steps. */
  progress: [string, string, string, string];
  watch: string;
  notForMe: string;
};

export const FRAME_TEXTS: Record<Locale, FrameTexts> = {
  en: {
    becauseOrdered: (shop) => `You get this mail because you placed an order with ${shop}.`,
    becauseAgreed: (shop) => `You get this mail because you agreed to news from ${shop}.`,
    preferences: "Choose which mails you get",
    unsubscribe: "Unsubscribe from offers",
    quantity: "Quantity",
    points: "points",
    answerScale: "Choose a number from 0 to 10",
    answers: "Answers",
    stars: (n) => (n === 1 ? "1 star of 5" : `${n} stars of 5`),
    progress: ["We have your order", "On its way", "Arriving today", "Delivered"],
    watch: "Watch the video",
    notForMe: "Not for me",
  },
  de: {
    becauseOrdered: (shop) => `Sie erhalten diese E-Mail, weil Sie bei ${shop} bestellt haben.`,
    becauseAgreed: (shop) => `Sie erhalten diese E-Mail, weil Sie Neuigkeiten von ${shop} zugestimmt haben.`,
    preferences: "E-Mails auswählen",
    unsubscribe: "Keine Angebote mehr erhalten",
    quantity: "Menge",
    points: "Punkte",
    answerScale: "Wählen Sie eine Zahl von 0 bis 10",
    answers: "Antworten",
    stars: (n) => (n === 1 ? "1 Stern von 5" : `${n} Sterne von 5`),
    progress: ["Bestellung eingegangen", "Unterwegs", "Kommt heute an", "Zugestellt"],
    watch: "Video ansehen",
    notForMe: "Nichts für mich",
  },
  fr: {
    becauseOrdered: (shop) => `Vous recevez cet e-mail parce que vous avez commandé chez ${shop}.`,
    becauseAgreed: (shop) => `Vous recevez cet e-mail parce que vous avez accepté les nouvelles de ${shop}.`,
    preferences: "Choisir mes e-mails",
    unsubscribe: "Ne plus recevoir d'offres",
    quantity: "Quantité",
    points: "points",
    answerScale: "Choisissez un chiffre de 0 à 10",
    answers: "Réponses",
    stars: (n) => (n === 1 ? "1 étoile sur 5" : `${n} étoiles sur 5`),
    progress: ["Commande reçue", "En route", "Arrive aujourd'hui", "Livrée"],
    watch: "Voir la vidéo",
    notForMe: "Pas pour moi",
  },
  es: {
    becauseOrdered: (shop) => `Recibe este correo porque hizo un pedido en ${shop}.`,
    becauseAgreed: (shop) => `Recibe este correo porque aceptó recibir novedades de ${shop}.`,
    preferences: "Elegir mis correos",
    unsubscribe: "No recibir más ofertas",
    quantity: "Cantidad",
    points: "puntos",
    answerScale: "Elija un número del 0 al 10",
    answers: "Respuestas",
    stars: (n) => (n === 1 ? "1 estrella de 5" : `${n} estrellas de 5`),
    progress: ["Pedido recibido", "En camino", "Llega hoy", "Entregado"],
    watch: "Ver el vídeo",
    notForMe: "No es para mí",
  },
};
