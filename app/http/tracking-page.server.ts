import type { IncomingMessage, ServerResponse } from "node:http";
import { helpPath } from "#app/cases/case-link";
import { contentFor } from "#app/content/content.server";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { addressHash } from "#app/db/seal";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { channelAccounts } from "#app/messages/messages.server";
import { noteProxyPath } from "#app/parcels/proxy-path.server";
import { readTrackingToken, trackingPath, trackingToken } from "#app/parcels/tracking-link";
import { findOrder, trackedOrder, type TrackedOrder } from "#app/parcels/tracking.server";
import { forgetShops } from "#app/shops/known-shops.server";
import { nearestLocale, type Locale, type Settings } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { sendAway } from "./away-page.server";
import { readProxyCall, type ProxyCall } from "./app-proxy.server";
import { vapidKeys } from "./push-keys.server";
import { readFields } from "./read-body.server";
import { renderShopperPage, sendEmpty, sendPage, type Html } from "./shopper-page.server";
import { TRACKING_EXTRA_TEXTS } from "./tracking-extra-texts";
import { findForm, type FindProblem, type Typed } from "./tracking-find";
import { offerForTracking, offerSlot } from "./tracking-offer.server";
import { declinePage, handleSeen, takePage } from "./tracking-offer-taken.server";
import { PUSH_POLICY, pushButton } from "./tracking-push";
import { TRACKING_STYLE } from "./tracking-style";
import { TRACKING_TEXTS, type TrackingTexts } from "./tracking-texts";
import { tipList } from "./tracking-tips";
import { trackingBody } from "./tracking-view.server";

/**
 * `https://<shop>/apps/postlude/track`: where the parcels of an order are, on the shop's own domain. Opened by the signed
 * link in mails, or by order number and e-mail. It shows nothing personal: no name, no address, no price of the order.
 */
const BODY_LIMIT = 4 * 1024;
/** The parcel is what they came for: the page does not wait longer for its offer. */
const OFFER_PATIENCE_MS = 300;
const PATHS = ["/proxy/track", "/proxy/track/take", "/proxy/track/decline", "/proxy/track/seen"];

export function isTrackingPath(path: string): boolean {
  return PATHS.includes(path);
}

export async function handleTracking(
  request: IncomingMessage,
  response: ServerResponse,
  offerPatienceMs = OFFER_PATIENCE_MS,
): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", "http://app");
    const call = readProxyCall(url.searchParams, env().SHOPIFY_API_SECRET, new Date());
    const shop = call && (await prisma.shop.findUnique({ where: { domain: call.shopDomain } }));
    if (!call || !shop || shop.status !== "installed") return sendEmpty(response, call ? 404 : 401);
    if (!["GET", "HEAD", "POST"].includes(request.method ?? "")) return sendEmpty(response, 405);
    await learnPath(shop, call);
    if (url.pathname.endsWith("/seen")) return await handleSeen(response, shop, call.query.get("o") ?? "");
    const settings = await inShop(shop.id, (tx) => settingsOf(tx, shop.id));
    await answer(request, response, {
      shop,
      settings,
      call,
      reply: url.pathname.endsWith("/take") ? "take" : url.pathname.endsWith("/decline") ? "decline" : null,
      offerPatienceMs,
    });
  } catch (error) {
    log.error({ error: String(error) }, "tracking page failed");
    sendAway(request, response);
  }
}

/** The merchant may rename where we are; links in mails and the theme's blocks follow what visitors came by. */
async function learnPath(shop: Shop, { path }: ProxyCall): Promise<void> {
  if (path === shop.proxyPath) return;
  await inShop(shop.id, (tx) => noteProxyPath(tx, shop.id, path));
  forgetShops();
}

type Asked = {
  shop: Shop;
  settings: Settings;
  call: ProxyCall;
  /** What the shopper says to the offer. */
  reply: "take" | "decline" | null;
  offerPatienceMs: number;
};

async function answer(request: IncomingMessage, response: ServerResponse, asked: Asked): Promise<void> {
  const { shop, call } = asked;
  const now = new Date();
  const form = request.method === "POST" ? await readFields(request, BODY_LIMIT) : null;
  const spoken = nearestLocale(call.query.get("locale") ?? request.headers["accept-language"]);
  if (asked.reply) {
    const isTaking = asked.reply === "take";
    // A link of a mail asks once more before it declines; nothing is taken by a link.
    const said = form ?? (isTaking ? null : call.query);
    const token = { offer: said?.get("o") ?? "", order: said?.get("t") ?? "", sent: form !== null };
    const page = isTaking ? takePage : declinePage;
    return send(request, response, asked, await page(shop, token, call.path, spoken, now));
  }
  const found = form ? await lookUp(request, form, shop, now) : await byToken(shop, call.query.get("t"), now);
  if (found.status === "found")
    return send(request, response, asked, await orderPage(found.tracked, asked, now));
  const words = TRACKING_TEXTS[spoken];
  const status = STATUS_OF[found.status];
  const body = findForm(words, trackingPath(call.path), problemOf(found, words));
  send(request, response, asked, { status, locale: spoken, title: words.findTitle, body });
}

async function orderPage(
  tracked: TrackedOrder,
  { shop, settings, call, offerPatienceMs }: Asked,
  now: Date,
): Promise<SentPage> {
  const { order } = tracked;
  const locale = nearestLocale(order.locale);
  const [words, extras] = [TRACKING_TEXTS[locale], TRACKING_EXTRA_TEXTS[locale]];
  const { ENCRYPTION_KEY: secret } = env();
  const orderToken = trackingToken(secret, { shopId: shop.id, orderGid: order.gid });
  const path = trackingPath(call.path);
  const productGids = tracked.lines.flatMap(({ productGid }) => productGid ?? []);
  const [offer, tips, pushKey] = await Promise.all([
    offerForTracking(shop, order.gid, locale, now, offerPatienceMs),
    inShop(shop.id, (tx) => contentFor(tx, shop.id, { productGids }, locale)),
    pushKeyOf(shop),
  ]);
  const push = { path: `${call.path}/push`, orderToken, locale, words: extras };
  const slot = { shopId: shop.id, secret, path, orderToken, words: extras, locale };
  const body = trackingBody({
    tracked,
    words,
    extras,
    locale,
    timezone: shop.timezone,
    contact: settings.brand.replyTo || shop.email,
    findUrl: path,
    helpUrl: `${helpPath(call.path)}?t=${orderToken}`,
    beside: {
      offer: offer && offerSlot({ offer, ...slot }),
      tips: tipList(tips, extras),
      push: pushKey && !order.cancelledAt ? pushButton({ key: pushKey, ...push }) : null,
    },
    now,
  });
  return { status: 200, locale, title: words.title(order.name), body, policy: pushKey ? PUSH_POLICY : "" };
}

/** Null where the shop does not use push. */
async function pushKeyOf(shop: Shop): Promise<string | null> {
  const accounts = await inShop(shop.id, (tx) => channelAccounts(tx, shop.id));
  const isInUse = accounts.some(({ channel, enabled }) => channel === "push" && enabled);
  return isInUse ? (await vapidKeys()).publicKey : null;
}

type Found =
  | { status: "found"; tracked: TrackedOrder }
  | { status: "nothing-asked" | "bad-link" }
  | { status: "unknown" | "too-many"; typed: Typed };

async function byToken(shop: Shop, token: string | null, now: Date): Promise<Found> {
  if (!token) return { status: "nothing-asked" };
  const orderGid = readTrackingToken(env().ENCRYPTION_KEY, shop.id, token);
  const tracked = orderGid && (await inShop(shop.id, (tx) => trackedOrder(tx, shop.id, orderGid, now)));
  return tracked ? { status: "found", tracked } : { status: "bad-link" };
}

const STATUS_OF = { "nothing-asked": 200, "bad-link": 404, unknown: 404, "too-many": 429 } as const;

function problemOf(found: Exclude<Found, { status: "found" }>, words: TrackingTexts): FindProblem | null {
  if (!("typed" in found)) return found.status === "bad-link" ? { text: words.badLink } : null;
  return { text: found.status === "unknown" ? words.unknown : words.tooMany, typed: found.typed };
}

async function lookUp(
  request: IncomingMessage,
  form: URLSearchParams,
  shop: Shop,
  now: Date,
): Promise<Found> {
  const typed = {
    number: (form.get("number") ?? "").slice(0, 40),
    email: (form.get("email") ?? "").slice(0, 200),
  };
  const visitor = addressHash(env().ENCRYPTION_KEY, shop.id, visitorOf(request));
  return inShop(shop.id, async (tx) => {
    const found = await findOrder(tx, shop.id, { ...typed, visitor }, now);
    if (found.status !== "found") return { status: found.status, typed };
    const tracked = await trackedOrder(tx, shop.id, found.orderGid, now);
    return tracked ? { status: "found", tracked } : { status: "unknown", typed };
  });
}

/** Shopify's proxy names the visitor first. */
function visitorOf(request: IncomingMessage): string {
  const forwarded = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")[0]!
    .trim();
  return forwarded || request.socket.remoteAddress || "unknown";
}

export type SentPage = {
  status: number;
  locale: Locale;
  title: string;
  body: Html;
  policy?: string;
  /** Where the browser goes by itself. */
  goTo?: { url: string; afterSeconds: number };
};

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { shop, settings }: Pick<Asked, "shop" | "settings">,
  { status, locale, title, body, policy, goTo }: SentPage,
): void {
  const page = { locale, brand: settings.brand, shopName: shop.name, title, body, style: TRACKING_STYLE };
  if (goTo) response.setHeader("refresh", `${goTo.afterSeconds}; url=${goTo.url}`);
  sendPage(response, status, renderShopperPage(page), request.method !== "HEAD", policy);
}
