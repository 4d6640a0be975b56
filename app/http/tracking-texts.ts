import type { ParcelStatus } from "#app/generated/prisma/enums";
import type { Locale } from "#app/shops/settings";

/** The words of the tracking page. */
export type TrackingTexts = {
  title: (order: string) => string;
  findTitle: string;
  findText: string;
  number: string;
  email: string;
  find: string;
  unknown: string;
  /** The link in their hands is not (or no longer) one of ours; they typed nothing. */
  badLink: string;
  tooMany: string;
  preparing: string;
  cancelled: string;
  parcel: (number: number, of: number) => string;
  status: Record<ParcelStatus, string>;
  expected: (day: string) => string;
  expectedBetween: (from: string, until: string) => string;
  likely: (day: string) => string;
  delivered: (day: string) => string;
  steps: [string, string, string, string];
  scans: string;
  track: (carrier: string) => string;
  carrier: string;
  trackingNumber: string;
  items: string;
  help: string;
  helpText: string;
  write: string;
  another: string;
};

export const TRACKING_TEXTS: Record<Locale, TrackingTexts> = {
  en: {
    title: (order) => `Your order ${order}`,
    findTitle: "Where is my order?",
    findText: "Both stand in the mail that confirmed your order.",
    number: "Order number",
    email: "Email address",
    find: "Find my order",
    unknown: "We know no such order with this email address. Please check both.",
    badLink: "This link does not lead to an order. Open it from your mail again, or look your order up here.",
    tooMany: "That were many tries. Please wait a quarter of an hour, or use the link in your mail.",
    preparing: "We are preparing your order.",
    cancelled: "This order was cancelled.",
    parcel: (number, of) => `Parcel ${number} of ${of}`,
    status: {
      announced: "Ready to be picked up by the carrier",
      in_transit: "On its way",
      delayed: "On its way, later than planned",
      out_for_delivery: "Out for delivery today",
      attempted: "The carrier tried to deliver it",
      ready_for_pickup: "Waiting for you at the pickup point",
      delivered: "Delivered",
      failed: "Could not be delivered",
    },
    expected: (day) => `Expected ${day}`,
    expectedBetween: (from, until) => `Expected between ${from} and ${until}`,
    likely: (day) => `Most likely ${day}`,
    delivered: (day) => `Delivered ${day}`,
    steps: ["Ready", "On its way", "Out for delivery", "Delivered"],
    scans: "What happened so far",
    track: (carrier) => `Track with ${carrier}`,
    carrier: "the carrier",
    trackingNumber: "Tracking number",
    items: "In this order",
    help: "Something wrong?",
    helpText: "Write to us. We answer.",
    write: "Write an email",
    another: "Find another order",
  },
  de: {
    title: (order) => `Ihre Bestellung ${order}`,
    findTitle: "Wo ist meine Bestellung?",
    findText: "Beides steht in der Bestätigung Ihrer Bestellung.",
    number: "Bestellnummer",
    email: "E-Mail-Adresse",
    find: "Bestellung finden",
    unknown: "Zu dieser E-Mail-Adresse kennen wir keine solche Bestellung. Bitte prüfen Sie beides.",
    badLink:
      "Dieser Link führt zu keiner Bestellung. Öffnen Sie ihn noch einmal aus Ihrer E-Mail, oder suchen Sie Ihre Bestellung hier.",
    tooMany:
      "Das waren viele Versuche. Bitte warten Sie eine Viertelstunde, oder nutzen Sie den Link in Ihrer E-Mail.",
    preparing: "Wir bereiten Ihre Bestellung vor.",
    cancelled: "Diese Bestellung wurde storniert.",
    parcel: (number, of) => `Paket ${number} von ${of}`,
    status: {
      announced: "Bereit zur Abholung durch den Paketdienst",
      in_transit: "Unterwegs",
      delayed: "Unterwegs, später als geplant",
      out_for_delivery: "Wird heute zugestellt",
      attempted: "Ein Zustellversuch ist erfolgt",
      ready_for_pickup: "Liegt für Sie an der Abholstelle bereit",
      delivered: "Zugestellt",
      failed: "Konnte nicht zugestellt werden",
    },
    expected: (day) => `Erwartet am ${day}`,
    expectedBetween: (from, until) => `Erwartet zwischen ${from} und ${until}`,
    likely: (day) => `Am wahrscheinlichsten ${day}`,
    delivered: (day) => `Zugestellt am ${day}`,
    steps: ["Bereit", "Unterwegs", "In Zustellung", "Zugestellt"],
    scans: "Was bisher geschah",
    track: (carrier) => `Bei ${carrier} verfolgen`,
    carrier: "dem Paketdienst",
    trackingNumber: "Sendungsnummer",
    items: "In dieser Bestellung",
    help: "Stimmt etwas nicht?",
    helpText: "Schreiben Sie uns. Wir antworten.",
    write: "E-Mail schreiben",
    another: "Eine andere Bestellung finden",
  },
  fr: {
    title: (order) => `Votre commande ${order}`,
    findTitle: "Où est ma commande ?",
    findText: "Vous trouverez les deux dans l'e-mail de confirmation.",
    number: "Numéro de commande",
    email: "Adresse e-mail",
    find: "Trouver ma commande",
    unknown: "Nous ne connaissons pas de telle commande pour cette adresse. Veuillez vérifier les deux.",
    badLink:
      "Ce lien ne mène à aucune commande. Ouvrez-le à nouveau depuis votre e-mail, ou cherchez votre commande ici.",
    tooMany: "Cela fait beaucoup d'essais. Patientez un quart d'heure, ou utilisez le lien reçu par e-mail.",
    preparing: "Nous préparons votre commande.",
    cancelled: "Cette commande a été annulée.",
    parcel: (number, of) => `Colis ${number} sur ${of}`,
    status: {
      announced: "Prêt à être remis au transporteur",
      in_transit: "En route",
      delayed: "En route, plus tard que prévu",
      out_for_delivery: "En cours de livraison aujourd'hui",
      attempted: "Le transporteur a tenté de le livrer",
      ready_for_pickup: "Vous attend au point de retrait",
      delivered: "Livré",
      failed: "N'a pas pu être livré",
    },
    expected: (day) => `Prévu le ${day}`,
    expectedBetween: (from, until) => `Prévu entre le ${from} et le ${until}`,
    likely: (day) => `Le plus probable : ${day}`,
    delivered: (day) => `Livré le ${day}`,
    steps: ["Prêt", "En route", "En livraison", "Livré"],
    scans: "Ce qui s'est passé",
    track: (carrier) => `Suivre avec ${carrier}`,
    carrier: "le transporteur",
    trackingNumber: "Numéro de suivi",
    items: "Dans cette commande",
    help: "Un problème ?",
    helpText: "Écrivez-nous. Nous répondons.",
    write: "Écrire un e-mail",
    another: "Trouver une autre commande",
  },
  es: {
    title: (order) => `Su pedido ${order}`,
    findTitle: "¿Dónde está mi pedido?",
    findText: "Ambos datos están en el correo que confirmó su pedido.",
    number: "Número de pedido",
    email: "Correo electrónico",
    find: "Buscar mi pedido",
    unknown: "No conocemos ningún pedido así con este correo. Compruebe ambos datos.",
    badLink: "Este enlace no lleva a ningún pedido. Ábralo de nuevo desde su correo o busque su pedido aquí.",
    tooMany: "Han sido muchos intentos. Espere un cuarto de hora o use el enlace de su correo.",
    preparing: "Estamos preparando su pedido.",
    cancelled: "Este pedido se ha cancelado.",
    parcel: (number, of) => `Paquete ${number} de ${of}`,
    status: {
      announced: "Listo para que lo recoja el transportista",
      in_transit: "En camino",
      delayed: "En camino, más tarde de lo previsto",
      out_for_delivery: "En reparto hoy",
      attempted: "El transportista intentó entregarlo",
      ready_for_pickup: "Le espera en el punto de recogida",
      delivered: "Entregado",
      failed: "No se pudo entregar",
    },
    expected: (day) => `Previsto: ${day}`,
    expectedBetween: (from, until) => `Previsto entre el ${from} y el ${until}`,
    likely: (day) => `Lo más probable: ${day}`,
    delivered: (day) => `Entregado: ${day}`,
    steps: ["Listo", "En camino", "En reparto", "Entregado"],
    scans: "Lo que ha pasado",
    track: (carrier) => `Seguir con ${carrier}`,
    carrier: "el transportista",
    trackingNumber: "Número de seguimiento",
    items: "En este pedido",
    help: "¿Algo no está bien?",
    helpText: "Escríbanos. Respondemos.",
    write: "Escribir un correo",
    another: "Buscar otro pedido",
  },
};
