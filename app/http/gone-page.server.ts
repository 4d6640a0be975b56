import type { IncomingMessage, ServerResponse } from "node:http";
import { BrandSchema, nearestLocale } from "#app/shops/settings";
import { html, renderShopperPage, sendPage } from "./shopper-page.server";
import { SUBSCRIPTION_TEXTS } from "./subscription-texts";

/** For a link of a mail that is not ours, or whose message is gone: nobody is known, so it speaks as the browser asks. */
export function sendGone(request: IncomingMessage, response: ServerResponse): void {
  const locale = nearestLocale(request.headers["accept-language"]);
  const words = SUBSCRIPTION_TEXTS[locale];
  const page = { locale, brand: BrandSchema.parse({}), shopName: "", title: words.goneTitle };
  const body = html`<h1>${words.goneTitle}</h1>
    <p>${words.goneText}</p>`;
  sendPage(response, 404, renderShopperPage({ ...page, body }), request.method !== "HEAD");
}
