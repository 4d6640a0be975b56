import type { Purpose } from "#app/contact-policy/contact";
import type { Content } from "./blocks";
import { CONFIRM_KEY, CONFIRM_MARKETING } from "./confirm-template";
import { DELIVERY_TEMPLATES } from "./delivery-templates";
import { LIBRARY_KEYS, LIBRARY_MAILS } from "./library/library";
import { block, greeted, ORDER_BUTTON, PRODUCTS, shortOf, text } from "./template-parts";

/**
 * The mails a shop has from the first day, in all our languages. A shop that never edits one always gets the newest
 * form from here; the first edit makes version 1 in the database.
 */
export const TEMPLATE_KEYS = [
  "thank-you",
  "not-shipped",
  "shipped",
  "delayed",
  "attempted",
  "pickup",
  "pickup-reminder",
  "damaged",
  "not-delivered",
  "delivered",
  CONFIRM_KEY,
  ...LIBRARY_KEYS,
] as const;
export type BuiltInKey = (typeof TEMPLATE_KEYS)[number];
/** What a person can switch off: all but the mail that they ask for by agreeing. */
export type ChosenKey = Exclude<BuiltInKey, typeof CONFIRM_KEY>;
export const CHOSEN_KEYS = TEMPLATE_KEYS.filter((key): key is ChosenKey => key !== CONFIRM_KEY);
/** A template that the shop made itself. */
export type OwnKey = `own-${string}`;
export type TemplateKey = BuiltInKey | OwnKey;

export type DefaultTemplate = {
  name: string;
  description: string;
  purpose: Purpose;
  content: Content;
};

const POINTS = block("points", "points", {
  text: text(
    "{{ points.pending }} points are on their way to your {{ points.program }} account. You have {{ points.available }} to spend.",
    "{{ points.pending }} Punkte sind auf dem Weg zu Ihrem Konto bei {{ points.program }}. {{ points.available }} können Sie einlösen.",
    "{{ points.pending }} points arrivent bientôt sur votre compte {{ points.program }}. Vous pouvez en utiliser {{ points.available }}.",
    "{{ points.pending }} puntos están en camino a su cuenta de {{ points.program }}. Puede usar {{ points.available }}.",
  ),
});

const THANK_YOU_SUBJECT = text(
  "Thank you for your order {{ order.name }}",
  "Danke für Ihre Bestellung {{ order.name }}",
  "Merci pour votre commande {{ order.name }}",
  "Gracias por su pedido {{ order.name }}",
);

const THANK_YOU: DefaultTemplate = {
  name: "Thank you",
  description: "Right after the order: what happens next.",
  purpose: "transactional",
  content: {
    subject: THANK_YOU_SUBJECT,
    short: shortOf(THANK_YOU_SUBJECT, "order.status_url"),
    preheader: text(
      "Here is what happens next.",
      "So geht es weiter.",
      "Voici la suite.",
      "Esto es lo que sigue.",
    ),
    blocks: [
      block("hello", "heading", {
        text: text(
          "Thank you. Here is what happens next",
          "Danke! So geht es weiter",
          "Merci ! Voici la suite",
          "¡Gracias! Esto es lo que sigue",
        ),
      }),
      block("next", "text", {
        text: greeted(
          "We have your order and are getting it ready. As soon as it leaves us, we send you a mail with its tracking number.\n\nIs something not right? Simply answer this mail.",
          "Ihre Bestellung ist bei uns und wird vorbereitet. Sobald sie unterwegs ist, erhalten Sie eine E-Mail mit der Sendungsnummer.\n\nStimmt etwas nicht? Antworten Sie einfach auf diese E-Mail.",
          "Nous avons bien reçu votre commande et la préparons. Dès son départ, vous recevrez un e-mail avec le numéro de suivi.\n\nQuelque chose ne va pas ? Répondez simplement à cet e-mail.",
          "Hemos recibido su pedido y lo estamos preparando. En cuanto salga, le enviaremos un correo con el número de seguimiento.\n\n¿Algo no está bien? Responda a este correo.",
        ),
      }),
      PRODUCTS,
      block("see-order", "button", ORDER_BUTTON),
      POINTS,
    ],
  },
};

const SHIPPED_SUBJECT = text(
  "Your order {{ order.name }} is on its way",
  "Ihre Bestellung {{ order.name }} ist unterwegs",
  "Votre commande {{ order.name }} est en route",
  "Su pedido {{ order.name }} está en camino",
);

const SHIPPED: DefaultTemplate = {
  name: "Shipped",
  description: "When a parcel leaves: tracking and the expected day.",
  purpose: "transactional",
  content: {
    subject: SHIPPED_SUBJECT,
    short: shortOf(SHIPPED_SUBJECT, "parcel.tracking_url"),
    preheader: text(
      "Follow your parcel.",
      "Verfolgen Sie Ihr Paket.",
      "Suivez votre colis.",
      "Siga su paquete.",
    ),
    blocks: [
      block("hello", "text", {
        text: greeted(
          "good news: your order has just left us.",
          "gute Nachricht: Ihre Bestellung hat uns gerade verlassen.",
          "bonne nouvelle : votre commande vient de partir.",
          "buenas noticias: su pedido acaba de salir.",
        ),
      }),
      block("tracking", "tracking", {
        heading: text("Your parcel", "Ihr Paket", "Votre colis", "Su paquete"),
        expected: text(
          "Expected by {{ parcel.estimated_delivery }}",
          "Voraussichtliche Zustellung bis {{ parcel.estimated_delivery }}",
          "Livraison prévue au plus tard le {{ parcel.estimated_delivery }}",
          "Entrega prevista a más tardar el {{ parcel.estimated_delivery }}",
        ),
        button: text("Track your parcel", "Paket verfolgen", "Suivre mon colis", "Seguir mi paquete"),
      }),
      PRODUCTS,
      block("see-order", "button", ORDER_BUTTON),
    ],
  },
};

const ARRIVED = text(
  "Has everything arrived well?",
  "Ist alles gut angekommen?",
  "Tout est bien arrivé ?",
  "¿Ha llegado todo bien?",
);

const DELIVERED: DefaultTemplate = {
  name: "Delivered check",
  description: "Two hours after delivery: has all arrived well, and would you recommend us?",
  purpose: "transactional",
  content: {
    subject: ARRIVED,
    short: shortOf(ARRIVED, "order.status_url"),
    preheader: text(
      "Your order {{ order.name }} was delivered.",
      "Ihre Bestellung {{ order.name }} wurde zugestellt.",
      "Votre commande {{ order.name }} a été livrée.",
      "Su pedido {{ order.name }} ha sido entregado.",
    ),
    blocks: [
      block("hello", "heading", { text: ARRIVED }),
      block("check", "text", {
        text: greeted(
          "your parcel was delivered. If something is missing, broken or not as you expected, answer this mail and we will put it right.",
          "Ihr Paket wurde zugestellt. Fehlt etwas, ist etwas beschädigt oder anders als erwartet? Antworten Sie auf diese E-Mail, wir kümmern uns darum.",
          "votre colis a été livré. Il manque quelque chose, un article est abîmé ou ne vous convient pas ? Répondez à cet e-mail, nous nous en occupons.",
          "su paquete ha sido entregado. Si falta algo, está dañado o no es lo que esperaba, responda a este correo y lo resolveremos.",
        ),
      }),
      block("nps", "nps", {
        question: text(
          "How likely are you to recommend us to a friend?",
          "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
          "Quelle est la probabilité que vous nous recommandiez à un proche ?",
          "¿Qué probabilidad hay de que nos recomiende a un amigo?",
        ),
        low: text("Not likely", "Unwahrscheinlich", "Peu probable", "Poco probable"),
        high: text("Very likely", "Sehr wahrscheinlich", "Très probable", "Muy probable"),
      }),
      block("see-order", "button", ORDER_BUTTON),
      POINTS,
    ],
  },
};

export const DEFAULT_TEMPLATES: Record<BuiltInKey, DefaultTemplate> = {
  "thank-you": THANK_YOU,
  shipped: SHIPPED,
  ...DELIVERY_TEMPLATES,
  delivered: DELIVERED,
  [CONFIRM_KEY]: CONFIRM_MARKETING,
  ...LIBRARY_MAILS,
};

export function isBuiltIn(key: string): key is BuiltInKey {
  return TEMPLATE_KEYS.some((known) => known === key);
}

/** What may be a template's key; whether the shop has such a template of its own, `templateState` tells. */
export function isTemplateKey(key: string): key is TemplateKey {
  return isBuiltIn(key) || /^own-[0-9a-f]{32}$/.test(key);
}
