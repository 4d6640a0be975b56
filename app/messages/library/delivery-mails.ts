import type { DefaultTemplate } from "../default-templates";
import { block, greeted, ORDER_BUTTON, PRODUCTS, shortOf, text } from "../template-parts";
import { button, heading, libraryMail, OFFER, paragraphs } from "./library-parts";

/** On the last mile, and with the product at home. */

const TODAY = text(
  "Your parcel comes today",
  "Ihr Paket kommt heute",
  "Votre colis arrive aujourd'hui",
  "Su paquete llega hoy",
);

const FOUND = text(
  "Did you find your parcel?",
  "Haben Sie Ihr Paket gefunden?",
  "Avez-vous trouvé votre colis ?",
  "¿Ha encontrado su paquete?",
);

const FIRST_STEPS = text(
  "The first steps with {{ order.first_item }}",
  "Die ersten Schritte mit {{ order.first_item }}",
  "Bien commencer avec {{ order.first_item }}",
  "Los primeros pasos con {{ order.first_item }}",
);

/** No promise of a day here: the mail says "today". */
const WHERE = block("tracking", "tracking", {
  heading: text("Your parcel", "Ihr Paket", "Votre colis", "Su paquete"),
  button: text("Track your parcel", "Paket verfolgen", "Suivre mon colis", "Seguir mi paquete"),
});

export const DELIVERY_MAILS = {
  "out-for-delivery": libraryMail(
    {
      name: "Out for delivery",
      description: "On the morning on which the parcel comes.",
      purpose: "transactional",
      subject: TODAY,
      preheader: text(
        "It is on the van.",
        "Es ist im Zustellfahrzeug.",
        "Il est dans le véhicule de livraison.",
        "Está en el vehículo de reparto.",
      ),
      short: shortOf(TODAY, "parcel.tracking_url"),
    },
    [
      heading(
        "Your parcel comes today",
        "Ihr Paket kommt heute",
        "Votre colis arrive aujourd'hui",
        "Su paquete llega hoy",
      ),
      paragraphs(
        "today",
        greeted(
          "your parcel is out for delivery. If nobody is at home, the carrier leaves it nearby or tries again: the tracking page shows where.",
          "Ihr Paket wird heute zugestellt. Ist niemand zu Hause, hinterlegt der Paketdienst es in der Nähe oder versucht es noch einmal: Die Sendungsverfolgung zeigt, wo.",
          "votre colis est en cours de livraison. Si personne n'est là, le transporteur le dépose à proximité ou repasse : la page de suivi indique où.",
          "su paquete está en reparto. Si no hay nadie en casa, el transportista lo deja cerca o vuelve a intentarlo: la página de seguimiento muestra dónde.",
        ),
      ),
      WHERE,
    ],
  ),
  "found-it": libraryMail(
    {
      name: "Did you find it?",
      description: "When a parcel was left with a neighbour, in a safe place or in the letterbox.",
      purpose: "transactional",
      subject: FOUND,
      preheader: text(
        "The carrier did not hand it to you in person.",
        "Der Paketdienst hat es nicht persönlich übergeben.",
        "Le transporteur ne vous l'a pas remis en main propre.",
        "El transportista no se lo entregó en mano.",
      ),
      short: shortOf(FOUND, "parcel.tracking_url"),
    },
    [
      heading("Did you find it?", "Haben Sie es gefunden?", "L'avez-vous trouvé ?", "¿Lo ha encontrado?"),
      paragraphs(
        "found",
        greeted(
          "the carrier says that your parcel is there, but not that you have it: it was left with a neighbour, in a safe place or in your letterbox. Please have a look there.\n\nYou cannot find it? Answer this mail and we take care of it with the carrier.",
          "der Paketdienst meldet Ihr Paket als zugestellt, aber nicht an Sie persönlich: Es liegt bei Nachbarn, an einem sicheren Ort oder in Ihrem Briefkasten. Bitte sehen Sie dort nach.\n\nSie finden es nicht? Antworten Sie auf diese E-Mail, wir klären es mit dem Paketdienst.",
          "le transporteur indique que votre colis est arrivé, mais pas remis en main propre : il est chez un voisin, dans un endroit sûr ou dans votre boîte aux lettres. Merci d'y regarder.\n\nVous ne le trouvez pas ? Répondez à cet e-mail, nous voyons cela avec le transporteur.",
          "el transportista indica que su paquete ha llegado, pero no que lo tenga usted: está con un vecino, en un lugar seguro o en su buzón. Mire allí, por favor.\n\n¿No lo encuentra? Responda a este correo y lo aclaramos con el transportista.",
        ),
      ),
      WHERE,
      PRODUCTS,
    ],
  ),
  "quick-start": libraryMail(
    {
      name: "Quick start",
      description: "How to begin with what has arrived.",
      purpose: "transactional",
      subject: FIRST_STEPS,
      short: shortOf(FIRST_STEPS, "order.status_url"),
      preheader: text(
        "So that it works from the start.",
        "Damit es von Anfang an klappt.",
        "Pour bien démarrer.",
        "Para que funcione desde el principio.",
      ),
    },
    [
      heading("A good start", "Ein guter Anfang", "Un bon départ", "Un buen comienzo"),
      paragraphs(
        "start",
        greeted(
          "your order is with you. Before you use {{ order.first_item }} for the first time, have a look at what came with it, and keep the packaging for some days.\n\nAre you stuck? Answer this mail and we help.",
          "Ihre Bestellung ist da. Sehen Sie sich vor dem ersten Gebrauch von {{ order.first_item }} die Beilagen an, und heben Sie die Verpackung noch einige Tage auf.\n\nKommen Sie nicht weiter? Antworten Sie auf diese E-Mail, wir helfen.",
          "votre commande est arrivée. Avant d'utiliser {{ order.first_item }} pour la première fois, regardez ce qui l'accompagne, et gardez l'emballage quelques jours.\n\nVous êtes bloqué ? Répondez à cet e-mail, nous vous aidons.",
          "su pedido ya está con usted. Antes de usar {{ order.first_item }} por primera vez, mire lo que lo acompaña y guarde el embalaje unos días.\n\n¿Tiene dudas? Responda a este correo y le ayudamos.",
        ),
      ),
      PRODUCTS,
      block("see-order", "button", ORDER_BUTTON),
    ],
  ),
  care: libraryMail(
    {
      name: "Care tips",
      description: "Some weeks later: how it stays good.",
      purpose: "marketing",
      subject: text(
        "So that {{ order.first_item }} lasts",
        "Damit {{ order.first_item }} lange hält",
        "Pour que {{ order.first_item }} dure",
        "Para que {{ order.first_item }} dure",
      ),
      preheader: text(
        "A little care goes a long way.",
        "Ein wenig Pflege hilft viel.",
        "Un peu de soin suffit.",
        "Un poco de cuidado ayuda mucho.",
      ),
    },
    [
      heading("A little care", "Ein wenig Pflege", "Un peu de soin", "Un poco de cuidado"),
      paragraphs(
        "care",
        greeted(
          "you have had {{ order.first_item }} for some weeks now. On its page you find how to keep it in good shape.\n\nIs something worn or broken? Answer this mail, we know what to do.",
          "{{ order.first_item }} ist nun einige Wochen bei Ihnen. Auf der Produktseite finden Sie, wie es in gutem Zustand bleibt.\n\nIst etwas abgenutzt oder kaputt? Antworten Sie auf diese E-Mail, wir wissen Rat.",
          "{{ order.first_item }} est chez vous depuis quelques semaines. Sa page indique comment en prendre soin.\n\nQuelque chose est usé ou cassé ? Répondez à cet e-mail, nous trouverons une solution.",
          "{{ order.first_item }} lleva ya unas semanas con usted. En su página encontrará cómo cuidarlo.\n\n¿Algo está gastado o roto? Responda a este correo y buscaremos una solución.",
        ),
      ),
      button(
        "product",
        text("See the product", "Zum Produkt", "Voir le produit", "Ver el producto"),
        "product.url",
      ),
      OFFER,
    ],
  ),
} satisfies Record<string, DefaultTemplate>;
