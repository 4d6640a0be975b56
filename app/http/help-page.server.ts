import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { helpPath, readCaseToken } from "#app/cases/case-link";
import { MOST_CHARACTERS, SHOPPER_TYPES } from "#app/cases/case";
import {
  whoWrites,
  writeAboutOrder,
  writeToCase,
  type WriteResult,
  type Writer,
} from "#app/cases/shopper-writes.server";
import { isUuid } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { storableText } from "#app/db/storable";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { readTrackingToken, trackingPath } from "#app/parcels/tracking-link";
import { nearestLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { readProxyCall, type ProxyCall } from "./app-proxy.server";
import { sendAway } from "./away-page.server";
import { HELP_STYLE, helpForm } from "./help-form";
import { HELP_TEXTS, type HelpTexts } from "./help-texts";
import { readFields } from "./read-body.server";
import { html, renderShopperPage, sendEmpty, sendPage, type Html } from "./shopper-page.server";

/**
 * `https://<shop>/apps/postlude/help`: "something is wrong with my order", on the shop's own domain. Opened by a signed
 * link, about an order or back into a case; it shows nothing personal, and takes few messages an hour.
 */
const PATH = "/proxy/help";
/** The longest message in four-byte letters, percent-encoded, and some room. */
const BODY_LIMIT = MOST_CHARACTERS * 12 + 4096;

export function isHelpPath(path: string): boolean {
  return path === PATH;
}

export async function handleHelp(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", "http://app");
    const call = readProxyCall(url.searchParams, env().SHOPIFY_API_SECRET, new Date());
    const shop = call && (await prisma.shop.findUnique({ where: { domain: call.shopDomain } }));
    if (!call || !shop || shop.status !== "installed") return sendEmpty(response, call ? 404 : 401);
    if (!["GET", "HEAD", "POST"].includes(request.method ?? "")) return sendEmpty(response, 405);
    const form = request.method === "POST" ? await readFields(request, BODY_LIMIT) : null;
    const spoken = nearestLocale(call.query.get("locale") ?? request.headers["accept-language"]);
    await send(request, response, shop, await pageFor(shop, call, form, spoken));
  } catch (error) {
    log.error({ error: String(error) }, "help page failed");
    sendAway(request, response);
  }
}

type HelpPage = { status: number; locale: Locale; title: string; body: Html };

async function pageFor(
  shop: Shop,
  call: ProxyCall,
  form: URLSearchParams | null,
  spoken: Locale,
): Promise<HelpPage> {
  const given = form ?? call.query;
  const token = given.has("c")
    ? ({ name: "c", value: given.get("c")! } as const)
    : ({ name: "t", value: given.get("t") ?? "" } as const);
  const writer = readWriter(shop, token);
  const known = writer && (await inShop(shop.id, (tx) => whoWrites(tx, shop.id, writer)));
  if (!writer || !known) return unknownPage(call, spoken);
  const locale = known.locale ? nearestLocale(known.locale) : spoken;
  const words = HELP_TEXTS[locale];
  const path = helpPath(call.path);
  const asked = { words, path, token, orderName: known.orderName };
  const title = token.name === "c" ? words.titleOfReply : words.title;
  if (!form) {
    const fresh = { requestId: randomUUID(), typed: { type: "", text: "" }, problem: null };
    return { status: 200, locale, title, body: helpForm({ ...asked, ...fresh }) };
  }
  const typed = typedIn(form);
  const result = typed.text ? await write(shop, writer, typed) : ({ status: "empty" } as const);
  if (result.status === "received") {
    const back = token.name === "t" ? `${trackingPath(call.path)}?t=${token.value}` : null;
    return { status: 200, locale, title: words.received, body: receivedBody(words, back) };
  }
  if (result.status === "unknown") return unknownPage(call, locale);
  const problem = result.status === "empty" ? words.empty : words.tooMany;
  const body = helpForm({ ...asked, requestId: typed.requestId, typed, problem });
  return { status: result.status === "empty" ? 422 : 429, locale, title, body };
}

function readWriter(shop: Shop, { name, value }: { name: "t" | "c"; value: string }): Writer | null {
  const { ENCRYPTION_KEY: secret } = env();
  if (name === "c") {
    const caseId = readCaseToken(secret, shop.id, value);
    return caseId ? { caseId } : null;
  }
  const orderGid = readTrackingToken(secret, shop.id, value);
  return orderGid ? { orderGid } : null;
}

type TypedIn = { type: (typeof SHOPPER_TYPES)[number]; text: string; requestId: string };

function typedIn(form: URLSearchParams): TypedIn {
  const id = form.get("id") ?? "";
  return {
    type: SHOPPER_TYPES.find((one) => one === form.get("type")) ?? "general",
    text: storableText(form.get("text") ?? "")
      .trim()
      .slice(0, MOST_CHARACTERS),
    requestId: isUuid(id) ? id : randomUUID(),
  };
}

function write(shop: Shop, writer: Writer, { type, text, requestId }: TypedIn): Promise<WriteResult> {
  const now = new Date();
  return inShop(shop.id, (tx) =>
    "caseId" in writer
      ? writeToCase(tx, shop.id, { ...writer, text, requestId }, now)
      : writeAboutOrder(tx, shop.id, { ...writer, type, text, requestId }, now),
  );
}

function receivedBody(words: HelpTexts, back: string | null): Html {
  return html`<h1>${words.received}</h1>
    <p class="done" role="status">${words.receivedText}</p>
    ${back && html`<p><a href="${back}">${words.toOrder}</a></p>`}`;
}

function unknownPage(call: ProxyCall, locale: Locale): HelpPage {
  const words = HELP_TEXTS[locale];
  const body = html`<h1>${words.title}</h1>
    <p>${words.unknown}</p>
    <p><a href="${trackingPath(call.path)}">${words.find}</a></p>`;
  return { status: 404, locale, title: words.title, body };
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  shop: Shop,
  { status, locale, title, body }: HelpPage,
): Promise<void> {
  const { brand } = await inShop(shop.id, (tx) => settingsOf(tx, shop.id));
  const page = { locale, brand, shopName: shop.name, title, body, style: HELP_STYLE };
  sendPage(response, status, renderShopperPage(page), request.method !== "HEAD");
}
