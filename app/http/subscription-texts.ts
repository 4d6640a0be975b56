import type { Locale } from "#app/shops/settings";
import type { ChosenKey } from "#app/messages/default-templates";
import { LIBRARY_TEXTS } from "./library-texts";

/** The words of the unsubscribe and preference pages. `marketingLabel` is what a person agrees to: it is kept as proof. */
export type SubscriptionTexts = {
  leaveTitle: string;
  leaveText: (shop: string) => string;
  leaveButton: string;
  leftTitle: string;
  leftText: (shop: string) => string;
  orderMailsStay: string;
  preferences: string;
  preferencesTitle: string;
  preferencesText: (shop: string) => string;
  marketing: string;
  marketingLabel: (shop: string) => string;
  marketingHelp: string;
  orderMails: string;
  types: Record<ChosenKey, [label: string, help: string]>;
  save: string;
  saved: string;
  goneTitle: string;
  goneText: string;
};

export const SUBSCRIPTION_TEXTS: Record<Locale, SubscriptionTexts> = {
  en: {
    leaveTitle: "Unsubscribe from offers",
    leaveText: (shop) => `Press the button and ${shop} sends you no more offers and news.`,
    leaveButton: "Unsubscribe",
    leftTitle: "You are unsubscribed",
    leftText: (shop) => `${shop} will send you no more offers and news.`,
    orderMailsStay: "Mails about your orders still reach you. You can choose those too.",
    preferences: "Choose which mails you get",
    preferencesTitle: "Which mails would you like?",
    preferencesText: (shop) => `What you choose here counts at once for mails from ${shop}.`,
    marketing: "Offers and news",
    marketingLabel: (shop) => `Yes, ${shop} may send me offers and news by e-mail.`,
    marketingHelp: "You can change this at any time.",
    orderMails: "About your orders",
    types: {
      "thank-you": ["Order received", "What happens next, right after you order."],
      shipped: ["On its way", "Tracking for each parcel."],
      "not-shipped": ["Needs longer", "When your order has not left in time."],
      delayed: ["Later than planned", "When a parcel comes later than we said."],
      attempted: ["Delivery attempted", "When the carrier found nobody."],
      pickup: ["Ready for collection", "When a parcel waits at a pickup point."],
      "pickup-reminder": ["Collection reminder", "When it still waits after some days."],
      damaged: ["Damaged", "When a parcel was damaged on its way."],
      "not-delivered": ["Not delivered", "When a parcel could not be delivered."],
      delivered: ["Delivered", "Whether all has arrived well, with one question."],
      ...LIBRARY_TEXTS.en,
    },
    save: "Save",
    saved: "Your choice is saved.",
    goneTitle: "This link no longer works",
    goneText: "Use the link in a newer mail, or answer the mail and tell us what you would like.",
  },
  de: {
    leaveTitle: "Keine Angebote mehr",
    leaveText: (shop) => `Mit dem Knopf bestellen Sie Angebote und Neuigkeiten von ${shop} ab.`,
    leaveButton: "Abbestellen",
    leftTitle: "Sie sind abgemeldet",
    leftText: (shop) => `${shop} schickt Ihnen keine Angebote und Neuigkeiten mehr.`,
    orderMailsStay: "E-Mails zu Ihren Bestellungen erhalten Sie weiterhin. Auch diese können Sie auswählen.",
    preferences: "E-Mails auswählen",
    preferencesTitle: "Welche E-Mails möchten Sie?",
    preferencesText: (shop) => `Ihre Auswahl gilt sofort für E-Mails von ${shop}.`,
    marketing: "Angebote und Neuigkeiten",
    marketingLabel: (shop) => `Ja, ${shop} darf mir Angebote und Neuigkeiten per E-Mail schicken.`,
    marketingHelp: "Sie können das jederzeit ändern.",
    orderMails: "Zu Ihren Bestellungen",
    types: {
      "thank-you": ["Bestellung eingegangen", "Wie es weitergeht, direkt nach der Bestellung."],
      shipped: ["Unterwegs", "Die Sendungsverfolgung für jedes Paket."],
      "not-shipped": ["Braucht länger", "Wenn Ihre Bestellung nicht rechtzeitig losgeht."],
      delayed: ["Später als geplant", "Wenn ein Paket später kommt als gesagt."],
      attempted: ["Zustellversuch", "Wenn niemand angetroffen wurde."],
      pickup: ["Zur Abholung bereit", "Wenn ein Paket an der Abholstelle liegt."],
      "pickup-reminder": ["Erinnerung an die Abholung", "Wenn es nach einigen Tagen noch dort liegt."],
      damaged: ["Beschädigt", "Wenn ein Paket unterwegs beschädigt wurde."],
      "not-delivered": ["Nicht zugestellt", "Wenn ein Paket nicht zugestellt werden konnte."],
      delivered: ["Zugestellt", "Ob alles gut angekommen ist, mit einer Frage."],
      ...LIBRARY_TEXTS.de,
    },
    save: "Speichern",
    saved: "Ihre Auswahl ist gespeichert.",
    goneTitle: "Dieser Link gilt nicht mehr",
    goneText: "Nutzen Sie den Link in einer neueren E-Mail, oder antworten Sie auf die E-Mail.",
  },
  fr: {
    leaveTitle: "Ne plus recevoir d'offres",
    leaveText: (shop) => `Appuyez sur le bouton et ${shop} ne vous enverra plus d'offres ni d'actualités.`,
    leaveButton: "Se désabonner",
    leftTitle: "Vous êtes désabonné",
    leftText: (shop) => `${shop} ne vous enverra plus d'offres ni d'actualités.`,
    orderMailsStay: "Vous recevez toujours les e-mails sur vos commandes. Vous pouvez aussi les choisir.",
    preferences: "Choisir mes e-mails",
    preferencesTitle: "Quels e-mails souhaitez-vous ?",
    preferencesText: (shop) => `Votre choix vaut tout de suite pour les e-mails de ${shop}.`,
    marketing: "Offres et actualités",
    marketingLabel: (shop) => `Oui, ${shop} peut m'envoyer des offres et des actualités par e-mail.`,
    marketingHelp: "Vous pouvez changer d'avis à tout moment.",
    orderMails: "À propos de vos commandes",
    types: {
      "thank-you": ["Commande reçue", "La suite, juste après votre commande."],
      shipped: ["En route", "Le suivi de chaque colis."],
      "not-shipped": ["Un peu plus de temps", "Si votre commande ne part pas à temps."],
      delayed: ["Plus tard que prévu", "Si un colis arrive plus tard qu'annoncé."],
      attempted: ["Tentative de livraison", "Si le transporteur n'a trouvé personne."],
      pickup: ["Prêt à être retiré", "Si un colis attend en point de retrait."],
      "pickup-reminder": ["Rappel de retrait", "S'il attend toujours après quelques jours."],
      damaged: ["Endommagé", "Si un colis a été endommagé en route."],
      "not-delivered": ["Non livré", "Si un colis n'a pas pu être livré."],
      delivered: ["Livrée", "Si tout est bien arrivé, avec une question."],
      ...LIBRARY_TEXTS.fr,
    },
    save: "Enregistrer",
    saved: "Votre choix est enregistré.",
    goneTitle: "Ce lien n'est plus valable",
    goneText: "Utilisez le lien d'un e-mail plus récent, ou répondez à l'e-mail.",
  },
  es: {
    leaveTitle: "No recibir más ofertas",
    leaveText: (shop) => `Pulse el botón y ${shop} no le enviará más ofertas ni novedades.`,
    leaveButton: "Darme de baja",
    leftTitle: "Se ha dado de baja",
    leftText: (shop) => `${shop} no le enviará más ofertas ni novedades.`,
    orderMailsStay: "Seguirá recibiendo los correos sobre sus pedidos. También puede elegirlos.",
    preferences: "Elegir mis correos",
    preferencesTitle: "¿Qué correos desea?",
    preferencesText: (shop) => `Su elección vale de inmediato para los correos de ${shop}.`,
    marketing: "Ofertas y novedades",
    marketingLabel: (shop) => `Sí, ${shop} puede enviarme ofertas y novedades por correo electrónico.`,
    marketingHelp: "Puede cambiarlo en cualquier momento.",
    orderMails: "Sobre sus pedidos",
    types: {
      "thank-you": ["Pedido recibido", "Lo que sigue, justo después de su pedido."],
      shipped: ["En camino", "El seguimiento de cada paquete."],
      "not-shipped": ["Necesita más tiempo", "Cuando su pedido no sale a tiempo."],
      delayed: ["Más tarde de lo previsto", "Cuando un paquete llega más tarde de lo dicho."],
      attempted: ["Intento de entrega", "Cuando el transportista no encontró a nadie."],
      pickup: ["Listo para recoger", "Cuando un paquete espera en el punto de recogida."],
      "pickup-reminder": ["Recordatorio de recogida", "Cuando sigue esperando tras unos días."],
      damaged: ["Dañado", "Cuando un paquete sufrió daños en el camino."],
      "not-delivered": ["No entregado", "Cuando un paquete no se pudo entregar."],
      delivered: ["Entregado", "Si todo ha llegado bien, con una pregunta."],
      ...LIBRARY_TEXTS.es,
    },
    save: "Guardar",
    saved: "Su elección está guardada.",
    goneTitle: "Este enlace ya no funciona",
    goneText: "Use el enlace de un correo más reciente o responda al correo.",
  },
};
