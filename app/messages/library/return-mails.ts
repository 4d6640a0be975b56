import type { DefaultTemplate } from "../default-templates";
import { block, greeted, text } from "../template-parts";
import { button, CODE, heading, libraryMail, OFFER, paragraphs, TO_SHOP } from "./library-parts";

/** Reasons to come back. All of them are marketing: they go to people who agreed to it. */

export const RETURN_MAILS = {
  replenish: libraryMail(
    {
      name: "Time to reorder",
      description: "When a product is likely to be used up.",
      purpose: "marketing",
      subject: text(
        "Is {{ product.title }} running out?",
        "Geht {{ product.title }} zur Neige?",
        "Bientôt à court de {{ product.title }} ?",
        "¿Se le acaba {{ product.title }}?",
      ),
      preheader: text(
        "Reorder in a minute.",
        "In einer Minute nachbestellt.",
        "Recommandez en une minute.",
        "Vuelva a pedirlo en un minuto.",
      ),
    },
    [
      heading("Time for more?", "Zeit für Nachschub?", "Besoin d'en reprendre ?", "¿Necesita más?"),
      paragraphs(
        "more",
        greeted(
          "by our experience {{ product.title }} is used up about now. If you like, order it again: one click takes you there.",
          "nach unserer Erfahrung ist {{ product.title }} etwa jetzt aufgebraucht. Wenn Sie mögen, bestellen Sie nach: Ein Klick führt Sie hin.",
          "d'après notre expérience, {{ product.title }} se termine à peu près maintenant. Si vous le souhaitez, recommandez-le : un clic suffit.",
          "según nuestra experiencia, {{ product.title }} se acaba más o menos ahora. Si quiere, vuelva a pedirlo: un clic le lleva allí.",
        ),
      ),
      button(
        "again",
        text("Order again", "Nachbestellen", "Commander à nouveau", "Pedir de nuevo"),
        "product.url",
      ),
    ],
  ),
  "win-back": libraryMail(
    {
      name: "We miss you",
      description: "To customers who have not ordered for about three months, with a code.",
      purpose: "marketing",
      subject: text(
        "It has been a while",
        "Wir haben länger nichts von Ihnen gehört",
        "Cela fait un moment",
        "Hace tiempo que no le vemos",
      ),
      preheader: text(
        "Something for your return.",
        "Etwas für Ihre Rückkehr.",
        "Un petit quelque chose pour votre retour.",
        "Un detalle para su vuelta.",
      ),
    },
    [
      heading("Nice to see you again?", "Sehen wir uns wieder?", "On se revoit ?", "¿Nos vemos de nuevo?"),
      paragraphs(
        "while",
        greeted(
          "it has been some time since your last order. Should you need something, this is for you:",
          "Ihre letzte Bestellung ist eine Weile her. Falls Sie etwas brauchen, ist das hier für Sie:",
          "votre dernière commande remonte à quelque temps. Si vous avez besoin de quelque chose, voici pour vous :",
          "hace un tiempo de su último pedido. Si necesita algo, esto es para usted:",
        ),
      ),
      CODE,
      TO_SHOP,
    ],
  ),
  "points-ready": libraryMail(
    {
      name: "Points to spend",
      description: "When points of an order can be spent.",
      purpose: "marketing",
      subject: text(
        "You have {{ points.available }} points to spend",
        "Sie haben {{ points.available }} Punkte zum Einlösen",
        "Vous avez {{ points.available }} points à utiliser",
        "Tiene {{ points.available }} puntos para gastar",
      ),
      preheader: text(
        "Your {{ points.program }} account.",
        "Ihr Konto bei {{ points.program }}.",
        "Votre compte {{ points.program }}.",
        "Su cuenta de {{ points.program }}.",
      ),
    },
    [
      heading(
        "Your points are ready",
        "Ihre Punkte sind da",
        "Vos points sont disponibles",
        "Sus puntos están listos",
      ),
      block("points", "points", {
        text: text(
          "You can spend {{ points.available }} points of {{ points.program }} now. {{ points.pending }} more are on their way.",
          "{{ points.available }} Punkte bei {{ points.program }} können Sie jetzt einlösen. {{ points.pending }} weitere sind unterwegs.",
          "Vous pouvez utiliser {{ points.available }} points {{ points.program }} dès maintenant. {{ points.pending }} autres arrivent.",
          "Ya puede gastar {{ points.available }} puntos de {{ points.program }}. Hay {{ points.pending }} más en camino.",
        ),
      }),
      TO_SHOP,
    ],
  ),
  birthday: libraryMail(
    {
      name: "Birthday",
      description: "On the customer's birthday, with a code.",
      purpose: "marketing",
      subject: text(
        "Happy birthday from {{ shop.name }}",
        "Alles Gute zum Geburtstag von {{ shop.name }}",
        "Joyeux anniversaire de la part de {{ shop.name }}",
        "Feliz cumpleaños de parte de {{ shop.name }}",
      ),
      preheader: text(
        "A little present is inside.",
        "Mit einem kleinen Geschenk.",
        "Un petit cadeau vous attend.",
        "Con un pequeño regalo.",
      ),
    },
    [
      heading("Happy birthday!", "Alles Gute zum Geburtstag!", "Joyeux anniversaire !", "¡Feliz cumpleaños!"),
      paragraphs(
        "wishes",
        greeted(
          "we wish you a lovely day. This is our present:",
          "wir wünschen Ihnen einen schönen Tag. Das ist unser Geschenk:",
          "nous vous souhaitons une belle journée. Voici notre cadeau :",
          "le deseamos un día estupendo. Este es nuestro regalo:",
        ),
      ),
      CODE,
      TO_SHOP,
    ],
  ),
  "back-to-site": libraryMail(
    {
      name: "Back to the shop",
      description: "Some weeks after an order: what fits it.",
      purpose: "marketing",
      subject: text(
        "What goes well with {{ order.first_item }}",
        "Was gut zu {{ order.first_item }} passt",
        "Ce qui va bien avec {{ order.first_item }}",
        "Lo que combina con {{ order.first_item }}",
      ),
      preheader: text(
        "Chosen by your last order.",
        "Passend zu Ihrer letzten Bestellung.",
        "D'après votre dernière commande.",
        "Según su último pedido.",
      ),
    },
    [
      heading(
        "Fits your order",
        "Passt zu Ihrer Bestellung",
        "Assorti à votre commande",
        "A juego con su pedido",
      ),
      paragraphs(
        "fits",
        greeted(
          "people who bought {{ order.first_item }} liked other things of ours, too. Have a look around when you like.",
          "wer {{ order.first_item }} gekauft hat, mochte auch anderes von uns. Sehen Sie sich gern einmal um.",
          "les personnes qui ont acheté {{ order.first_item }} ont aussi aimé d'autres de nos produits. Jetez-y un œil quand vous voulez.",
          "a quienes compraron {{ order.first_item }} también les gustaron otras cosas nuestras. Eche un vistazo cuando quiera.",
        ),
      ),
      OFFER,
      TO_SHOP,
    ],
  ),
} satisfies Record<string, DefaultTemplate>;
