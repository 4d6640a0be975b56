import type { ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { readOfferToken, type Placed } from "#app/offers/offer-token";
import { trackingPath } from "#app/parcels/tracking-link";
import type { Locale } from "#app/shops/settings";
import { html, type Html } from "./shopper-page.server";
import { TRACKING_EXTRA_TEXTS } from "./tracking-extra-texts";
import { noteDeclined, noteSeen, takeOffer } from "./tracking-offer.server";
import type { SentPage } from "./tracking-page.server";

/** What follows the offer on the tracking page: it was seen, declined, or taken and leads to the cart. */

/** One transparent pixel. */
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

export async function handleSeen(response: ServerResponse, shop: Shop, token: string): Promise<void> {
  const placed = readOfferToken(env().ENCRYPTION_KEY, shop.id, token);
  if (placed) await noteSeen(placed, new Date());
  response.writeHead(200, {
    "content-type": "image/gif",
    "content-length": PIXEL.length,
    "cache-control": "no-store",
  });
  response.end(PIXEL);
}

/** A code that has to be made is there within a second or two. */
const TRIES = 6;
const PAUSE_MS = 500;

async function takeSoon(shop: Shop, placed: Placed, now: Date): ReturnType<typeof takeOffer> {
  let taken = await takeOffer(shop, placed, now);
  for (let tries = 1; taken === "preparing" && tries < TRIES; tries++) {
    await setTimeout(PAUSE_MS);
    taken = await takeOffer(shop, placed, now);
  }
  return taken;
}

/** `sent` by a form, not merely followed as a link. */
type ReplyToken = { offer: string; order: string; sent: boolean };

function linkBack(proxyPath: string, orderToken: string, locale: Locale): Html {
  const page = `${trackingPath(proxyPath)}?t=${encodeURIComponent(orderToken)}`;
  return html`<p><a href="${page}">${TRACKING_EXTRA_TEXTS[locale].back}</a></p>`;
}

function replyForm(
  reply: "take" | "decline",
  label: string,
  { offer, order }: ReplyToken,
  proxyPath: string,
): Html {
  return html`<form method="post" action="${trackingPath(proxyPath)}/${reply}">
    <input type="hidden" name="o" value="${offer}" />
    <input type="hidden" name="t" value="${order}" />
    <button>${label}</button>
  </form>`;
}

export async function declinePage(
  shop: Shop,
  token: ReplyToken,
  proxyPath: string,
  locale: Locale,
  now: Date,
): Promise<SentPage> {
  const words = TRACKING_EXTRA_TEXTS[locale];
  const placed = readOfferToken(env().ENCRYPTION_KEY, shop.id, token.offer);
  const back = linkBack(proxyPath, token.order, locale);
  const page = (title: string, rest: Html = html``) => {
    const body = html`<h1>${title}</h1>
      ${rest} ${back}`;
    return { status: placed ? 200 : 404, locale, title, body };
  };
  if (!placed) return page(words.gone);
  // Mails lead here by a link, and machines follow links.
  if (!token.sent) return page(words.offer, replyForm("decline", words.decline, token, proxyPath));
  await noteDeclined(placed, now);
  return page(words.declined);
}

/** Leads to the cart; waits a moment where the discount is still being made. */
export async function takePage(
  shop: Shop,
  token: ReplyToken,
  proxyPath: string,
  locale: Locale,
  now: Date,
): Promise<SentPage> {
  const words = TRACKING_EXTRA_TEXTS[locale];
  const placed = readOfferToken(env().ENCRYPTION_KEY, shop.id, token.offer);
  const taken = placed && (await takeSoon(shop, placed, now));
  const back = linkBack(proxyPath, token.order, locale);
  if (!taken) {
    return {
      status: 404,
      locale,
      title: words.gone,
      body: html`<h1>${words.gone}</h1>
        ${back}`,
    };
  }
  if (taken === "preparing") {
    // Asked again by the same form: a page that reloads itself would have to take by GET.
    const body = html`<h1>${words.moment}</h1>
      ${replyForm("take", words.toCart, token, proxyPath)} ${back}`;
    return { status: 200, locale, title: words.toCart, body };
  }
  const body = html`<h1>${words.toCart}</h1>
    <p><a class="button" href="${taken}">${words.toCart}</a></p>
    ${back}`;
  return { status: 200, locale, title: words.toCart, body, goTo: { url: taken, afterSeconds: 0 } };
}
