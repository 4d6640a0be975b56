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

/** Says one thing, with the way back to the parcel below. */
function replyPage(
  { order }: ReplyToken,
  proxyPath: string,
  page: { status?: number; locale: Locale; title: string; heading?: string; rest?: Html },
): SentPage {
  const { status = 200, locale, title, heading = title, rest = html`` } = page;
  const body = html`<h1>${heading}</h1>
    ${rest} ${linkBack(proxyPath, order, locale)}`;
  return { status, locale, title, body };
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
  if (!placed) return replyPage(token, proxyPath, { status: 404, locale, title: words.gone });
  if (!token.sent) {
    // Mails lead here by a link, and machines follow links.
    const rest = replyForm("decline", words.decline, token, proxyPath);
    return replyPage(token, proxyPath, { locale, title: words.offer, rest });
  }
  await noteDeclined(placed, now);
  return replyPage(token, proxyPath, { locale, title: words.declined });
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
  if (!taken) return replyPage(token, proxyPath, { status: 404, locale, title: words.gone });
  if (taken === "preparing") {
    // Asked again by the same form: a page that reloads itself would have to take by GET.
    const rest = replyForm("take", words.toCart, token, proxyPath);
    return replyPage(token, proxyPath, { locale, title: words.toCart, heading: words.moment, rest });
  }
  const rest = html`<p><a class="button" href="${taken}">${words.toCart}</a></p>`;
  const page = replyPage(token, proxyPath, { locale, title: words.toCart, rest });
  return { ...page, goTo: { url: taken, afterSeconds: 0 } };
}
