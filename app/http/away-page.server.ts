import type { IncomingMessage, ServerResponse } from "node:http";
import { BrandSchema, LOCALES, type Locale } from "#app/shops/settings";
import { html, renderShopperPage, sendPage } from "./shopper-page.server";

/**
 * What a shopper sees behind one of our links while the app cannot answer, usually because its database is away. It needs
 * nothing of the shop, so it knows neither its name nor its colours, only the language that the browser asks for.
 */
const RETRY_AFTER_SECONDS = 30;

type Words = { title: string; text: string; again: string; sender: string };

const WORDS: Record<Locale, Words> = {
  en: {
    title: "We will be right back",
    text: "This page cannot be opened at the moment. Your link keeps working: please try again in a minute.",
    again: "Try again",
    sender: "One moment, please",
  },
  de: {
    title: "Wir sind gleich wieder da",
    text: "Diese Seite lässt sich gerade nicht öffnen. Ihr Link bleibt gültig: Bitte versuchen Sie es in einer Minute noch einmal.",
    again: "Noch einmal versuchen",
    sender: "Einen Moment bitte",
  },
  fr: {
    title: "Nous revenons tout de suite",
    text: "Cette page ne peut pas s’ouvrir pour le moment. Votre lien reste valable : veuillez réessayer dans une minute.",
    again: "Réessayer",
    sender: "Un instant, s’il vous plaît",
  },
  es: {
    title: "Volvemos enseguida",
    text: "Esta página no se puede abrir en este momento. Su enlace sigue siendo válido: inténtelo de nuevo dentro de un minuto.",
    again: "Intentar de nuevo",
    sender: "Un momento, por favor",
  },
};

/** Answers 503 in the shopper's language, and says when to come again. */
export function sendAway(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("retry-after", String(RETRY_AFTER_SECONDS));
  response.setHeader("vary", "accept-language");
  sendPage(response, 503, awayDocument(request.headers["accept-language"]), request.method !== "HEAD");
}

/** The same for pages that answer with a `Response`. */
export function awayResponse(request: Request): Response {
  return new Response(awayDocument(request.headers.get("accept-language")), {
    status: 503,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "retry-after": String(RETRY_AFTER_SECONDS),
      vary: "accept-language",
    },
  });
}

function awayDocument(accepted: string | null | undefined): string {
  const locale = acceptedLocale(accepted);
  const { title, text, again, sender } = WORDS[locale];
  const body = html`<h1>${title}</h1>
    <p>${text}</p>
    <p><a href="">${again}</a></p>`;
  return renderShopperPage({ locale, brand: BrandSchema.parse({}), shopName: sender, title, body });
}

/** The first language of the browser's list that we speak. */
function acceptedLocale(accepted: string | null | undefined): Locale {
  const wanted = (accepted ?? "").split(",").map((entry) => entry.trim().slice(0, 2).toLowerCase());
  return wanted.flatMap((language) => LOCALES.filter((locale) => locale === language))[0] ?? "en";
}
