import type { DefaultTemplate } from "../default-templates";
import { block, greeted, ORDER_BUTTON, PRODUCTS, shortOf, text } from "../template-parts";
import { heading, libraryMail, OFFER, paragraphs, TO_SHOP } from "./library-parts";

/** Around the order itself. */

const CONFIRMED = text(
  "We have your order {{ order.name }}",
  "Ihre Bestellung {{ order.name }} ist eingegangen",
  "Votre commande {{ order.name }} est confirmée",
  "Hemos recibido su pedido {{ order.name }}",
);

const REFUNDED = text(
  "Your refund for {{ order.name }}",
  "Ihre Erstattung zu {{ order.name }}",
  "Votre remboursement pour {{ order.name }}",
  "Su reembolso del pedido {{ order.name }}",
);

export const ORDER_MAILS = {
  "order-confirmed": libraryMail(
    {
      name: "Order confirmed",
      description: "The order with all that is in it, once it is paid.",
      purpose: "transactional",
      subject: CONFIRMED,
      preheader: text(
        "{{ order.items }} items, {{ order.total }}.",
        "{{ order.items }} Artikel, {{ order.total }}.",
        "{{ order.items }} articles, {{ order.total }}.",
        "{{ order.items }} artículos, {{ order.total }}.",
      ),
      short: shortOf(CONFIRMED, "order.status_url"),
    },
    [
      heading(
        "Your order is confirmed",
        "Ihre Bestellung ist bestätigt",
        "Votre commande est confirmée",
        "Su pedido está confirmado",
      ),
      paragraphs(
        "confirmed",
        greeted(
          "we have received your payment of {{ order.total }}. Here is what you ordered on {{ order.date }}.",
          "Ihre Zahlung über {{ order.total }} ist eingegangen. Das haben Sie am {{ order.date }} bestellt.",
          "nous avons reçu votre paiement de {{ order.total }}. Voici ce que vous avez commandé le {{ order.date }}.",
          "hemos recibido su pago de {{ order.total }}. Esto es lo que pidió el {{ order.date }}.",
        ),
      ),
      PRODUCTS,
      block("see-order", "button", ORDER_BUTTON),
    ],
  ),
  welcome: libraryMail(
    {
      name: "Welcome",
      description: "To new customers, some days after their first order arrived.",
      purpose: "marketing",
      subject: text(
        "Good to have you with us",
        "Schön, dass Sie da sind",
        "Heureux de vous compter parmi nous",
        "Nos alegra tenerle con nosotros",
      ),
      preheader: text(
        "Who we are, and where you find help.",
        "Wer wir sind und wo Sie Hilfe finden.",
        "Qui nous sommes, et où trouver de l'aide.",
        "Quiénes somos y dónde encontrar ayuda.",
      ),
    },
    [
      heading(
        "Welcome to {{ shop.name }}",
        "Willkommen bei {{ shop.name }}",
        "Bienvenue chez {{ shop.name }}",
        "Bienvenido a {{ shop.name }}",
      ),
      paragraphs(
        "welcome",
        greeted(
          "your first order with us has arrived, and we hope that you like {{ order.first_item }}.\n\nDo you have a question, or is something not as you expected? Answer this mail: a person reads it.",
          "Ihre erste Bestellung bei uns ist angekommen. Wir hoffen, {{ order.first_item }} gefällt Ihnen.\n\nHaben Sie eine Frage, oder ist etwas nicht wie erwartet? Antworten Sie auf diese E-Mail: Ein Mensch liest sie.",
          "votre première commande chez nous est arrivée ; nous espérons que {{ order.first_item }} vous plaît.\n\nUne question, ou quelque chose ne correspond pas à vos attentes ? Répondez à cet e-mail : une personne le lit.",
          "su primer pedido con nosotros ha llegado y esperamos que le guste {{ order.first_item }}.\n\n¿Tiene alguna pregunta o algo no es como esperaba? Responda a este correo: lo lee una persona.",
        ),
      ),
      OFFER,
      TO_SHOP,
    ],
  ),
  refunded: libraryMail(
    {
      name: "Refund",
      description: "When money goes back: how much of what, and when it is there.",
      purpose: "transactional",
      subject: REFUNDED,
      preheader: text(
        "Your money is on its way back.",
        "Ihr Geld ist auf dem Weg zurück.",
        "Votre argent est en route.",
        "Su dinero está en camino.",
      ),
      short: shortOf(REFUNDED, "order.status_url"),
    },
    [
      heading(
        "Your refund is on its way",
        "Ihre Erstattung ist unterwegs",
        "Votre remboursement est en route",
        "Su reembolso está en camino",
      ),
      paragraphs(
        "refund",
        greeted(
          "we have made a refund for your order {{ order.name }}. It goes back the way you paid, and banks usually need 5 to 10 days until you see it. The order page shows the amount.",
          "wir haben zu Ihrer Bestellung {{ order.name }} eine Erstattung veranlasst. Das Geld geht auf dem Weg zurück, auf dem Sie bezahlt haben; meist dauert es 5 bis 10 Tage, bis Sie es sehen. Die Bestellseite zeigt den Betrag.",
          "nous avons effectué un remboursement pour votre commande {{ order.name }}. Il revient par le moyen de paiement utilisé ; les banques mettent en général 5 à 10 jours. La page de la commande indique le montant.",
          "hemos hecho un reembolso de su pedido {{ order.name }}. Vuelve por el medio con el que pagó; los bancos suelen tardar de 5 a 10 días. La página del pedido muestra el importe.",
        ),
      ),
      block("see-order", "button", ORDER_BUTTON),
    ],
  ),
} satisfies Record<string, DefaultTemplate>;
