import type { IncomingMessage, ServerResponse } from "node:http";
import { inShop } from "#app/db/in-shop.server";
import { confirmationState, confirmMarketing, type LinkState } from "#app/messages/messages.server";
import { mailToken } from "#app/messages/tokens";
import { CONFIRMATION_TEXTS, type ConfirmationTexts } from "./confirmation-texts";
import { html, type Html } from "./shopper-page.server";
import { readAsked, sendToReader } from "./subscription-pages.server";

/** The page behind the button of a double opt-in mail. Scanners follow links, so only its own button (POST) confirms. */
export async function answerConfirmation(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
): Promise<void> {
  const asked = await readAsked(request, response, "mail-confirm", text);
  if (!asked) return;
  const { token, keys, current } = asked;
  const { shopId, messageId } = token;
  const words = CONFIRMATION_TEXTS[current.locale];
  const shop = current.brand.senderName || current.shopName;
  const now = new Date();
  const state = await inShop(shopId, (tx) =>
    request.method === "POST"
      ? confirmMarketing(tx, shopId, messageId, { text: words.label(shop), now }, keys)
      : confirmationState(tx, shopId, messageId, keys, now),
  );
  const preferences = `/p/${mailToken(keys.secret, "mail-preferences", token)}`;
  const { title, body } = pageOf(state, words, shop, preferences);
  sendToReader(request, response, current, title, body);
}

function pageOf(
  state: LinkState,
  words: ConfirmationTexts,
  shop: string,
  preferences: string,
): { title: string; body: Html } {
  const link = html`<p><a href="${preferences}">${words.preferences}</a></p>`;
  if (state === "open") {
    const body = html`<h1>${words.title}</h1>
      <p>${words.label(shop)}</p>
      <form method="post">
        <p><button name="confirm" value="1">${words.button}</button></p>
      </form>
      ${link}`;
    return { title: words.title, body };
  }
  const isDone = state === "confirmed";
  const title = isDone ? words.doneTitle : words.overTitle;
  const body = html`<h1>${title}</h1>
    <p ${isDone && html`class="done" role="status"`}>${isDone ? words.done(shop) : words.over}</p>
    ${link}`;
  return { title, body };
}
