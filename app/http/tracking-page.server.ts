import type { IncomingMessage, ServerResponse } from "node:http";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { addressHash } from "#app/db/seal";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { readTrackingToken, TRACKING_PATH } from "#app/parcels/tracking-link";
import { findOrder, trackedOrder, type TrackedOrder } from "#app/parcels/tracking.server";
import { nearestLocale, type Locale, type Settings } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { readProxyCall } from "./app-proxy.server";
import { readBody } from "./read-body.server";
import { html, renderShopperPage, sendPage, type Html } from "./shopper-page.server";
import { TRACKING_STYLE } from "./tracking-style";
import { TRACKING_TEXTS, type TrackingTexts } from "./tracking-texts";
import { trackingBody } from "./tracking-view.server";

/**
 * `https://<shop>/apps/postlude/track`: where the parcels of an order are, on the shop's own domain. Opened by the signed
 * link in mails, or by order number and e-mail. It shows nothing personal: no name, no address, no price.
 */
const BODY_LIMIT = 4 * 1024;

export function isTrackingPath(path: string): boolean {
  return path === "/proxy/track";
}

export async function handleTracking(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", "http://app");
    const call = readProxyCall(url.searchParams, env().SHOPIFY_API_SECRET, new Date());
    const shop = call && (await prisma.shop.findUnique({ where: { domain: call.shopDomain } }));
    if (!call || !shop || shop.status !== "installed") return sendEmpty(response, call ? 404 : 401);
    if (!["GET", "HEAD", "POST"].includes(request.method ?? "")) return sendEmpty(response, 405);
    const settings = await inShop(shop.id, (tx) => settingsOf(tx, shop.id));
    await answer(request, response, { shop, settings, query: call.query });
  } catch (error) {
    log.error({ error: String(error) }, "tracking page failed");
    sendEmpty(response, 503);
  }
}

type Asked = { shop: Shop; settings: Settings; query: URLSearchParams };

async function answer(request: IncomingMessage, response: ServerResponse, asked: Asked): Promise<void> {
  const { shop, query } = asked;
  const now = new Date();
  const spoken = nearestLocale(query.get("locale") ?? request.headers["accept-language"]);
  const found =
    request.method === "POST" ? await lookUp(request, shop, now) : await byToken(shop, query.get("t"), now);
  if (found.status === "found") {
    const locale = nearestLocale(found.tracked.order.locale);
    const words = TRACKING_TEXTS[locale];
    const contact = asked.settings.brand.replyTo || shop.email;
    const body = trackingBody({
      ...found,
      words,
      locale,
      timezone: shop.timezone,
      contact,
      findUrl: TRACKING_PATH,
      now,
    });
    return send(request, response, asked, {
      status: 200,
      locale,
      title: words.title(found.tracked.order.name),
      body,
    });
  }
  const words = TRACKING_TEXTS[spoken];
  const problem =
    found.status === "nothing-asked" ? null : found.status === "unknown" ? words.unknown : words.tooMany;
  const status = found.status === "nothing-asked" ? 200 : found.status === "unknown" ? 404 : 429;
  const body = findForm(words, problem, found.status === "nothing-asked" ? {} : found.typed);
  send(request, response, asked, { status, locale: spoken, title: words.findTitle, body });
}

type Typed = { number?: string; email?: string };
type Found =
  | { status: "found"; tracked: TrackedOrder }
  | { status: "nothing-asked" }
  | { status: "unknown" | "too-many"; typed: Typed };

async function byToken(shop: Shop, token: string | null, now: Date): Promise<Found> {
  if (!token) return { status: "nothing-asked" };
  const orderGid = readTrackingToken(env().ENCRYPTION_KEY, shop.id, token);
  const tracked = orderGid && (await inShop(shop.id, (tx) => trackedOrder(tx, shop.id, orderGid, now)));
  return tracked ? { status: "found", tracked } : { status: "unknown", typed: {} };
}

async function lookUp(request: IncomingMessage, shop: Shop, now: Date): Promise<Found> {
  const form = new URLSearchParams((await readBody(request, BODY_LIMIT))?.toString("utf8") ?? "");
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

function findForm(words: TrackingTexts, problem: string | null, { number = "", email = "" }: Typed): Html {
  return html`<h1>${words.findTitle}</h1>
    ${problem && html`<p class="problem" role="alert" id="problem">${problem}</p>`}
    <p>${words.findText}</p>
    <form method="post" action="${TRACKING_PATH}">
      ${field("number", "text", words.number, number, problem !== null)}
      ${field("email", "email", words.email, email, problem !== null)}
      <button>${words.find}</button>
    </form>`;
}

function field(name: string, type: string, label: string, value: string, isWrong: boolean): Html {
  const complete = type === "email" ? "email" : "off";
  return html`<p class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="${complete}"
      required
      ${isWrong && html`aria-invalid="true" aria-describedby="problem"`}
    />
  </p>`;
}

type Sent = { status: number; locale: Locale; title: string; body: Html };

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { shop, settings }: Asked,
  { status, locale, title, body }: Sent,
): void {
  const page = { locale, brand: settings.brand, shopName: shop.name, title, body, style: TRACKING_STYLE };
  sendPage(response, status, renderShopperPage(page), request.method !== "HEAD");
}

function sendEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end();
}
