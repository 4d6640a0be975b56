import type { DefaultTemplate } from "../default-templates";
import { block, greeted, PRODUCTS, text } from "../template-parts";
import { button, CODE, heading, libraryMail, paragraphs } from "./library-parts";

/** Asking for an opinion, and for passing it on. */

export const OPINION_MAILS = {
  nps: libraryMail(
    {
      name: "Would you recommend us?",
      description: "The NPS question, a week after everything has arrived.",
      purpose: "transactional",
      subject: text(
        "One question about your order",
        "Eine Frage zu Ihrer Bestellung",
        "Une question sur votre commande",
        "Una pregunta sobre su pedido",
      ),
      preheader: text("One click is enough.", "Ein Klick genügt.", "Un clic suffit.", "Un clic basta."),
    },
    [
      paragraphs(
        "why",
        greeted(
          "your order {{ order.name }} has been with you for a week. We would like to know how it was.",
          "Ihre Bestellung {{ order.name }} ist seit einer Woche bei Ihnen. Wir möchten wissen, wie es war.",
          "votre commande {{ order.name }} est arrivée il y a une semaine. Nous aimerions savoir comment cela s'est passé.",
          "su pedido {{ order.name }} llegó hace una semana. Nos gustaría saber qué tal fue.",
        ),
      ),
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
    ],
  ),
  "survey-invitation": libraryMail(
    {
      name: "Survey invitation",
      description: "Used by the step “Ask a survey”.",
      purpose: "transactional",
      subject: text(
        "Do you have a minute for us?",
        "Haben Sie eine Minute für uns?",
        "Avez-vous une minute ?",
        "¿Tiene un minuto?",
      ),
      preheader: text(
        "A few questions about your order.",
        "Ein paar Fragen zu Ihrer Bestellung.",
        "Quelques questions sur votre commande.",
        "Unas preguntas sobre su pedido.",
      ),
    },
    [
      heading("How was it?", "Wie war es?", "Comment était-ce ?", "¿Qué tal fue?"),
      paragraphs(
        "why",
        greeted(
          "your answers help us to get better. It takes about a minute.",
          "Ihre Antworten helfen uns, besser zu werden. Es dauert etwa eine Minute.",
          "vos réponses nous aident à nous améliorer. Cela prend environ une minute.",
          "sus respuestas nos ayudan a mejorar. Solo lleva un minuto.",
        ),
      ),
      button("answer", text("Answer now", "Jetzt antworten", "Répondre", "Responder"), "survey.url"),
    ],
  ),
  review: libraryMail(
    {
      name: "Product review",
      description: "Two weeks after delivery: a link to where reviews are written.",
      purpose: "marketing",
      subject: text(
        "How do you like {{ order.first_item }}?",
        "Wie gefällt Ihnen {{ order.first_item }}?",
        "Que pensez-vous de {{ order.first_item }} ?",
        "¿Qué le parece {{ order.first_item }}?",
      ),
      preheader: text(
        "Others will be glad to read it.",
        "Andere lesen es gern.",
        "Cela aidera d'autres personnes.",
        "A otras personas les ayudará.",
      ),
    },
    [
      heading("What do you think?", "Was meinen Sie?", "Qu'en pensez-vous ?", "¿Qué opina?"),
      paragraphs(
        "ask",
        greeted(
          "you have had {{ order.first_item }} for some time now. A few honest sentences help others to choose, also where something could be better.",
          "{{ order.first_item }} ist nun einige Zeit bei Ihnen. Ein paar ehrliche Sätze helfen anderen bei der Wahl, auch wenn etwas besser sein könnte.",
          "vous avez {{ order.first_item }} depuis quelque temps. Quelques phrases sincères aident les autres à choisir, même si tout n'est pas parfait.",
          "ya tiene {{ order.first_item }} desde hace un tiempo. Unas frases sinceras ayudan a otros a elegir, también si algo puede mejorar.",
        ),
      ),
      button(
        "review",
        text("Write a review", "Bewertung schreiben", "Donner mon avis", "Escribir una opinión"),
        "review.url",
      ),
      PRODUCTS,
    ],
  ),
  referral: libraryMail(
    {
      name: "Pass it on",
      description: "To people who would recommend the shop: a code for a friend.",
      purpose: "marketing",
      subject: text(
        "A present for a friend of yours",
        "Ein Geschenk für jemanden, den Sie mögen",
        "Un cadeau pour l'un de vos proches",
        "Un regalo para alguien cercano",
      ),
      preheader: text(
        "Thank you for recommending us.",
        "Danke, dass Sie uns weiterempfehlen.",
        "Merci de nous recommander.",
        "Gracias por recomendarnos.",
      ),
    },
    [
      heading(
        "Thank you for your trust",
        "Danke für Ihr Vertrauen",
        "Merci pour votre confiance",
        "Gracias por su confianza",
      ),
      paragraphs(
        "share",
        greeted(
          "you told us that you would recommend us. If you like, pass this code on to somebody who does not know us yet. Simply forward this mail.",
          "Sie haben gesagt, dass Sie uns weiterempfehlen würden. Wenn Sie mögen, geben Sie diesen Code an jemanden weiter, der uns noch nicht kennt. Leiten Sie diese E-Mail einfach weiter.",
          "vous nous avez dit que vous nous recommanderiez. Si vous le souhaitez, donnez ce code à quelqu'un qui ne nous connaît pas encore. Il suffit de transférer cet e-mail.",
          "nos dijo que nos recomendaría. Si quiere, dé este código a alguien que aún no nos conozca. Basta con reenviar este correo.",
        ),
      ),
      CODE,
    ],
  ),
} satisfies Record<string, DefaultTemplate>;
