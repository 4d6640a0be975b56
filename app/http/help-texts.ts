import type { CaseType } from "#app/cases/case";
import type { Locale } from "#app/shops/settings";

/** The words of the page on which shoppers write to us. */
export type HelpTexts = {
  /** The way here, e.g. on the tracking page. */
  link: string;
  title: string;
  titleOfReply: string;
  about: (order: string) => string;
  what: string;
  types: Record<Exclude<CaseType, "unhappy">, string>;
  message: string;
  send: string;
  empty: string;
  tooMany: string;
  unknown: string;
  received: string;
  receivedText: string;
  toOrder: string;
  find: string;
};

export const HELP_TEXTS: Record<Locale, HelpTexts> = {
  en: {
    link: "Something is wrong with my order",
    title: "Something is wrong?",
    titleOfReply: "Write back to us",
    about: (order) => `About your order ${order}. We answer by email.`,
    what: "What is it about?",
    types: {
      "not-arrived": "It has not arrived",
      late: "It is late",
      damaged: "Something is broken",
      "wrong-item": "I got something else",
      "missing-item": "Something is missing",
      "wrong-address": "The address is wrong",
      "product-question": "A question about a product",
      warranty: "Warranty",
      "return-help": "I want to send something back",
      general: "Something else",
    },
    message: "What happened?",
    send: "Send",
    empty: "Please write what happened.",
    tooMany: "We have your messages. Please wait an hour before you write again.",
    unknown: "This link does not work any more. Please find your order first.",
    received: "We have your message",
    receivedText: "Thank you for telling us. We look into it and answer by email.",
    toOrder: "Back to your order",
    find: "Find my order",
  },
  de: {
    link: "Mit meiner Bestellung stimmt etwas nicht",
    title: "Stimmt etwas nicht?",
    titleOfReply: "Schreiben Sie uns zurück",
    about: (order) => `Zu Ihrer Bestellung ${order}. Wir antworten per E-Mail.`,
    what: "Worum geht es?",
    types: {
      "not-arrived": "Sie ist nicht angekommen",
      late: "Sie kommt zu spät",
      damaged: "Etwas ist beschädigt",
      "wrong-item": "Ich habe etwas anderes bekommen",
      "missing-item": "Etwas fehlt",
      "wrong-address": "Die Adresse ist falsch",
      "product-question": "Eine Frage zu einem Produkt",
      warranty: "Garantie",
      "return-help": "Ich möchte etwas zurückgeben",
      general: "Etwas anderes",
    },
    message: "Was ist geschehen?",
    send: "Senden",
    empty: "Bitte schreiben Sie, was geschehen ist.",
    tooMany: "Ihre Nachrichten sind bei uns. Bitte warten Sie eine Stunde, bevor Sie wieder schreiben.",
    unknown: "Dieser Link gilt nicht mehr. Bitte suchen Sie zuerst Ihre Bestellung.",
    received: "Ihre Nachricht ist bei uns",
    receivedText: "Danke, dass Sie uns Bescheid geben. Wir kümmern uns darum und antworten per E-Mail.",
    toOrder: "Zurück zu Ihrer Bestellung",
    find: "Bestellung finden",
  },
  fr: {
    link: "Il y a un problème avec ma commande",
    title: "Un problème ?",
    titleOfReply: "Répondez-nous",
    about: (order) => `À propos de votre commande ${order}. Nous répondons par e-mail.`,
    what: "De quoi s'agit-il ?",
    types: {
      "not-arrived": "Elle n'est pas arrivée",
      late: "Elle est en retard",
      damaged: "Un article est abîmé",
      "wrong-item": "J'ai reçu autre chose",
      "missing-item": "Il manque quelque chose",
      "wrong-address": "L'adresse est fausse",
      "product-question": "Une question sur un produit",
      warranty: "Garantie",
      "return-help": "Je souhaite renvoyer un article",
      general: "Autre chose",
    },
    message: "Que s'est-il passé ?",
    send: "Envoyer",
    empty: "Écrivez ce qui s'est passé.",
    tooMany: "Nous avons bien vos messages. Patientez une heure avant d'écrire à nouveau.",
    unknown: "Ce lien n'est plus valable. Cherchez d'abord votre commande.",
    received: "Nous avons votre message",
    receivedText: "Merci de nous avoir prévenus. Nous nous en occupons et répondons par e-mail.",
    toOrder: "Retour à votre commande",
    find: "Trouver ma commande",
  },
  es: {
    link: "Hay un problema con mi pedido",
    title: "¿Algo va mal?",
    titleOfReply: "Contéstenos",
    about: (order) => `Sobre su pedido ${order}. Respondemos por correo.`,
    what: "¿De qué se trata?",
    types: {
      "not-arrived": "No ha llegado",
      late: "Llega tarde",
      damaged: "Algo está roto",
      "wrong-item": "He recibido otra cosa",
      "missing-item": "Falta algo",
      "wrong-address": "La dirección no es correcta",
      "product-question": "Una pregunta sobre un producto",
      warranty: "Garantía",
      "return-help": "Quiero devolver algo",
      general: "Otra cosa",
    },
    message: "¿Qué ha pasado?",
    send: "Enviar",
    empty: "Escriba qué ha pasado.",
    tooMany: "Tenemos sus mensajes. Espere una hora antes de volver a escribir.",
    unknown: "Este enlace ya no es válido. Busque primero su pedido.",
    received: "Tenemos su mensaje",
    receivedText: "Gracias por avisarnos. Lo revisamos y respondemos por correo.",
    toOrder: "Volver a su pedido",
    find: "Buscar mi pedido",
  },
};
