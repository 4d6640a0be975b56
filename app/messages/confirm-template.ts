import type { DefaultTemplate } from "./default-templates";
import { block, greeted, text } from "./template-parts";

/** The mail of double opt-in. It advertises nothing: nobody has agreed to that yet. */
export const CONFIRM_KEY = "confirm-marketing";

export const CONFIRM_MARKETING: DefaultTemplate = {
  name: "Confirm marketing",
  description: "After somebody agreed to offers and news: a button that confirms it (double opt-in).",
  purpose: "transactional",
  content: {
    subject: text(
      "Please confirm: news from {{ shop.name }}",
      "Bitte bestätigen: Neuigkeiten von {{ shop.name }}",
      "Confirmation requise : actualités de {{ shop.name }}",
      "Confirme, por favor: novedades de {{ shop.name }}",
    ),
    preheader: text(
      "One click, and your choice counts.",
      "Ein Klick, und Ihre Auswahl gilt.",
      "Un clic et votre choix est pris en compte.",
      "Un clic y su elección queda registrada.",
    ),
    blocks: [
      block("ask", "text", {
        text: greeted(
          "you asked for offers and news from {{ shop.name }} by e-mail. Please confirm that it was you.\n\nIf it was not you, do nothing: without the button you get no such mails. The link works for seven days.",
          "Sie möchten Angebote und Neuigkeiten von {{ shop.name }} per E-Mail. Bitte bestätigen Sie, dass Sie das waren.\n\nWaren Sie es nicht, tun Sie nichts: Ohne den Knopf erhalten Sie keine solchen E-Mails. Der Link gilt sieben Tage.",
          "vous avez demandé à recevoir les offres et actualités de {{ shop.name }} par e-mail. Merci de confirmer que c'était bien vous.\n\nSi ce n'était pas vous, ne faites rien : sans le bouton, vous ne recevrez pas ces e-mails. Le lien est valable sept jours.",
          "ha pedido recibir ofertas y novedades de {{ shop.name }} por correo. Confirme, por favor, que ha sido usted.\n\nSi no ha sido usted, no haga nada: sin el botón no recibirá esos correos. El enlace vale siete días.",
        ),
      }),
      block("confirm", "button", {
        text: text("Confirm", "Bestätigen", "Confirmer", "Confirmar"),
        url: { en: "{{ consent.confirm_url }}" },
      }),
    ],
  },
};
