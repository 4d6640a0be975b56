import type { DefaultTemplate } from "../default-templates";
import { greeted, text } from "../template-parts";
import { button, libraryMail, paragraphs } from "./library-parts";

/** What staff writes in a case. */
export const SERVICE_MAILS = {
  "case-reply": libraryMail(
    {
      name: "Answer in a case",
      description: "What your staff answers in a case, with a link to write back.",
      purpose: "transactional",
      subject: text(
        'Our answer about {{ order.name | default: "your question" }}',
        'Unsere Antwort zu {{ order.name | default: "Ihrer Frage" }}',
        'Notre réponse : {{ order.name | default: "votre question" }}',
        'Nuestra respuesta sobre {{ order.name | default: "su pregunta" }}',
      ),
      preheader: text(
        "Thank you for your patience.",
        "Danke für Ihre Geduld.",
        "Merci de votre patience.",
        "Gracias por su paciencia.",
      ),
    },
    [
      paragraphs(
        "answer",
        greeted("{{ case.reply }}", "{{ case.reply }}", "{{ case.reply }}", "{{ case.reply }}"),
      ),
      button("write-back", text("Write back", "Antworten", "Répondre", "Responder"), "case.url"),
    ],
  ),
} satisfies Record<string, DefaultTemplate>;
