import type { Locale } from "#app/shops/settings";

/** What the page says apart from the survey itself. `{shop}` is the shop's name. */
export type PageTexts = {
  title: string;
  optional: string;
  send: string;
  privacy: string;
  problems: string;
  thanks: [heading: string, text: string];
  answered: [heading: string, text: string];
  closed: [heading: string, text: string];
  unknown: [heading: string, text: string];
};

export const PAGE_TEXTS: Record<Locale, PageTexts> = {
  en: {
    title: "Your opinion",
    optional: "optional",
    send: "Send answer",
    privacy: "Your answer goes to {shop} and is kept with your order.",
    problems: "Something is missing",
    thanks: ["Thank you!", "Your answer has reached us. You can close this page."],
    answered: [
      "You have already answered",
      "Thank you. Every order counts once, so there is nothing more to do.",
    ],
    closed: ["This survey has ended", "Thank you for wanting to help. No more answers are taken."],
    unknown: ["This link does not work", "Please open the link from the message once more."],
  },
  de: {
    title: "Ihre Meinung",
    optional: "freiwillig",
    send: "Antwort senden",
    privacy: "Ihre Antwort geht an {shop} und wird zu Ihrer Bestellung gespeichert.",
    problems: "Etwas fehlt noch",
    thanks: ["Vielen Dank!", "Ihre Antwort ist angekommen. Sie können diese Seite schließen."],
    answered: [
      "Sie haben schon geantwortet",
      "Vielen Dank. Jede Bestellung zählt einmal, es ist nichts weiter zu tun.",
    ],
    closed: [
      "Diese Umfrage ist beendet",
      "Danke, dass Sie helfen wollten. Es werden keine Antworten mehr angenommen.",
    ],
    unknown: ["Dieser Link funktioniert nicht", "Bitte öffnen Sie den Link aus der Nachricht noch einmal."],
  },
  fr: {
    title: "Votre avis",
    optional: "facultatif",
    send: "Envoyer la réponse",
    privacy: "Votre réponse est transmise à {shop} et conservée avec votre commande.",
    problems: "Il manque quelque chose",
    thanks: ["Merci !", "Votre réponse nous est bien parvenue. Vous pouvez fermer cette page."],
    answered: [
      "Vous avez déjà répondu",
      "Merci. Chaque commande compte une fois, il n’y a plus rien à faire.",
    ],
    closed: [
      "Cette enquête est terminée",
      "Merci d’avoir voulu nous aider. Les réponses ne sont plus acceptées.",
    ],
    unknown: ["Ce lien ne fonctionne pas", "Veuillez ouvrir à nouveau le lien du message."],
  },
  es: {
    title: "Su opinión",
    optional: "opcional",
    send: "Enviar respuesta",
    privacy: "Su respuesta llega a {shop} y se guarda con su pedido.",
    problems: "Falta algo",
    thanks: ["¡Gracias!", "Hemos recibido su respuesta. Puede cerrar esta página."],
    answered: ["Ya ha respondido", "Gracias. Cada pedido cuenta una vez, no hay nada más que hacer."],
    closed: ["Esta encuesta ha terminado", "Gracias por querer ayudar. Ya no se aceptan respuestas."],
    unknown: ["Este enlace no funciona", "Abra de nuevo el enlace del mensaje, por favor."],
  },
};
