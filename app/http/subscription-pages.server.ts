import type { IncomingMessage, ServerResponse } from "node:http";
import type { Purpose } from "#app/contact-policy/contact";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import { CHOSEN_KEYS, DEFAULT_TEMPLATES, type ChosenKey } from "#app/messages/default-templates";
import { choose, subscriptionsOf, unsubscribe, type Subscriptions } from "#app/messages/messages.server";
import { mailToken, readMailToken, type MailToken, type TokenPurpose } from "#app/messages/tokens";
import { sendGone } from "./gone-page.server";
import { readFields } from "./read-body.server";
import { html, renderShopperPage, sendPage, type Html } from "./shopper-page.server";
import { CONFIRMATION_TEXTS } from "./confirmation-texts";
import { CHANNEL_TEXTS } from "./channel-texts";
import { SUBSCRIPTION_TEXTS, type SubscriptionTexts } from "./subscription-texts";

/**
 * Unsubscribing and choosing mails. POST acts, without cookies, log-in or redirect (RFC 8058); GET only shows a page,
 * because mail scanners follow links. Doing the same twice is doing it once.
 */
const BODY_LIMIT = 16 * 1024;

type Asked = { token: MailToken; keys: { secret: string }; current: Subscriptions };

export async function answerUnsubscribe(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
): Promise<void> {
  const asked = await readAsked(request, response, "mail-unsubscribe", text);
  if (!asked) return;
  const { token, keys, current } = asked;
  const words = SUBSCRIPTION_TEXTS[current.locale];
  const shop = current.brand.senderName || current.shopName;
  if (request.method !== "POST") {
    return sendToReader(
      request,
      response,
      current,
      words.leaveTitle,
      leavePage(words, shop, token, keys.secret),
    );
  }
  const isOneClick = (await readFields(request, BODY_LIMIT)).get("List-Unsubscribe") === "One-Click";
  const change = { source: "one-click", text: words.leaveText(shop), now: new Date() } as const;
  await inShop(token.shopId, (tx) => unsubscribe(tx, token.shopId, token.messageId, change, keys));
  if (isOneClick) {
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
    return void response.end(words.leftTitle);
  }
  sendToReader(request, response, current, words.leftTitle, leftPage(words, shop, token, keys.secret));
}

export async function answerPreferences(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
): Promise<void> {
  const asked = await readAsked(request, response, "mail-preferences", text);
  if (!asked) return;
  const { token, keys, current } = asked;
  const words = SUBSCRIPTION_TEXTS[current.locale];
  const shop = current.brand.senderName || current.shopName;
  if (request.method !== "POST") {
    return sendToReader(
      request,
      response,
      current,
      words.preferencesTitle,
      choicePage(words, shop, current, false),
    );
  }
  const form = await readFields(request, BODY_LIMIT);
  const choice = {
    ...choiceIn(form, ""),
    others: current.others.map((other) => ({
      ...other,
      ...choiceIn(form, `${other.channel}.`),
      text: CHANNEL_TEXTS[current.locale].marketingLabel(shop, other.channel),
    })),
  };
  const change = { source: "preference-page", text: words.marketingLabel(shop), now: new Date() } as const;
  const result = await inShop(token.shopId, (tx) =>
    choose(tx, token.shopId, token.messageId, choice, change, keys),
  );
  const isPending = result.status === "to-be-confirmed";
  const saved = { ...current, ...choice, isPending };
  sendToReader(request, response, saved, words.preferencesTitle, choicePage(words, shop, saved, true));
}

/** The ticks of one channel. An unticked box is not in the form. */
function choiceIn(form: URLSearchParams, prefix: string) {
  const types = Object.fromEntries(CHOSEN_KEYS.map((key) => [key, form.has(prefix + key)]));
  return { marketing: form.has(`${prefix}marketing`), types: types as Record<ChosenKey, boolean> };
}

/** Token, method and message, or an answer that says what is wrong. */
export async function readAsked(
  request: IncomingMessage,
  response: ServerResponse,
  purpose: TokenPurpose,
  text: string,
): Promise<Asked | null> {
  if (!["GET", "HEAD", "POST"].includes(request.method ?? "")) {
    response.writeHead(405, { allow: "GET, HEAD, POST" });
    response.end();
    return null;
  }
  const keys = { secret: env().ENCRYPTION_KEY };
  const token = readMailToken(keys.secret, purpose, text);
  const current =
    token && (await inShop(token.shopId, (tx) => subscriptionsOf(tx, token.shopId, token.messageId, keys)));
  if (token && current) return { token, keys, current };

  sendGone(request, response);
  return null;
}

export function sendToReader(
  request: IncomingMessage,
  response: ServerResponse,
  { locale, brand, shopName }: Subscriptions,
  title: string,
  body: Html,
): void {
  sendPage(
    response,
    200,
    renderShopperPage({ locale, brand, shopName, title, body }),
    request.method !== "HEAD",
  );
}

// ───────── pages ─────────

function preferencesLink(words: SubscriptionTexts, token: MailToken, secret: string): Html {
  const path = `/p/${mailToken(secret, "mail-preferences", token)}`;
  return html`<p>${words.orderMailsStay} <a href="${path}">${words.preferences}</a></p>`;
}

function leavePage(words: SubscriptionTexts, shop: string, token: MailToken, secret: string): Html {
  return html`<h1>${words.leaveTitle}</h1>
    <p>${words.leaveText(shop)}</p>
    <form method="post">
      <p><button name="confirm" value="1">${words.leaveButton}</button></p>
    </form>
    ${preferencesLink(words, token, secret)}`;
}

function leftPage(words: SubscriptionTexts, shop: string, token: MailToken, secret: string): Html {
  return html`<h1>${words.leftTitle}</h1>
    <p class="done" role="status">${words.leftText(shop)}</p>
    ${preferencesLink(words, token, secret)}`;
}

function choicePage(words: SubscriptionTexts, shop: string, current: Subscriptions, saved: boolean): Html {
  return html`<h1>${words.preferencesTitle}</h1>
    ${saved && html`<p class="done" role="status">${words.saved}</p>`}
    <p>${words.preferencesText(shop)}</p>
    <form method="post">
      ${choiceFields(
        words,
        "",
        current.types,
        html`${checkbox("marketing", current.marketing, words.marketingLabel(shop), words.marketingHelp)}
        ${current.isPending && html`<p class="done" role="status">${CONFIRMATION_TEXTS[current.locale].waiting}</p>`}`,
      )}
      ${current.others.map((other) => otherFields(words, shop, current, other))}
      <button>${words.save}</button>
    </form>`;
}

/** Another channel, folded: most people choose for their mails only. */
function otherFields(
  words: SubscriptionTexts,
  shop: string,
  { locale }: Subscriptions,
  { channel, ending, types, marketing }: Subscriptions["others"][number],
): Html {
  const { names, marketingLabel } = CHANNEL_TEXTS[locale];
  const label = marketingLabel(shop, channel);
  return html`<details>
    <summary>${names[channel]}${ending && ` … ${ending}`}</summary>
    ${choiceFields(
      words,
      `${channel}.`,
      types,
      checkbox(`${channel}.marketing`, marketing, label, words.marketingHelp),
    )}
  </details>`;
}

/** The types of one channel: those about orders, and below the agreement those that need it. */
function choiceFields(
  words: SubscriptionTexts,
  prefix: string,
  types: Record<ChosenKey, boolean>,
  agreement: Html,
): Html {
  const typesFor = (purpose: Purpose) =>
    CHOSEN_KEYS.filter((key) => DEFAULT_TEMPLATES[key].purpose === purpose).map((key) =>
      checkbox(prefix + key, types[key], ...words.types[key]),
    );
  return html`<fieldset>
      <legend>${words.orderMails}</legend>
      ${typesFor("transactional")}
    </fieldset>
    <fieldset>
      <legend>${words.marketing}</legend>
      ${agreement} ${typesFor("marketing")}
    </fieldset>`;
}

function checkbox(name: string, checked: boolean, label: string, help: string): Html {
  return html`<label
    ><input type="checkbox" name="${name}" value="1" ${checked && html` checked`} /><span
      >${label}<small>${help}</small></span
    ></label
  >`;
}
