import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { isDatabaseAway, prisma } from "#app/db/pool.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { channelAccounts, subscribeToPush, unsubscribeFromPush } from "#app/messages/messages.server";
import { readTrackingToken } from "#app/parcels/tracking-link";
import { nearestLocale } from "#app/shops/settings";
import { readProxyCall, type ProxyCall } from "./app-proxy.server";
import { vapidKeys } from "./push-keys.server";
import { PUSH_WORKER } from "./push-worker";
import { readBody } from "./read-body.server";

/**
 * Web push on the shop's own domain, through the app proxy (`/apps/postlude/push/…`):
 *   GET  worker.js     the service worker
 *   GET  key           { key }: what the browser subscribes with; 404 where the shop does not use push
 *   POST subscribe     { t, locale, subscription: { endpoint, keys: { p256dh, auth } }, marketing?: "<words of the tick>" }
 *   POST unsubscribe   { endpoint }
 * `t` is the token of the tracking link: notifications are about that order and its buyer.
 */
const BODY_LIMIT = 8 * 1024;

export function isPushPath(path: string): boolean {
  return path.startsWith("/proxy/push/");
}

const text = z.string().min(1).max(2_000);
const SubscribeSchema = z.object({
  t: text,
  locale: z.string().max(20).default("en"),
  subscription: z.object({ endpoint: text, keys: z.object({ p256dh: text, auth: text }) }),
  marketing: z.string().trim().max(500).optional(),
});
const UnsubscribeSchema = z.object({ endpoint: text });

export async function handlePush(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://app");
  const name = url.pathname.slice("/proxy/push/".length);
  try {
    if (name === "worker.js") return sendWorker(response);
    const call = readProxyCall(url.searchParams, env().SHOPIFY_API_SECRET, new Date());
    const shop = call && (await prisma.shop.findUnique({ where: { domain: call.shopDomain } }));
    if (!call || !shop || shop.status !== "installed") return send(response, call ? 404 : 401);
    if (name === "key") return await sendKey(response, shop);
    if (name !== "subscribe" && name !== "unsubscribe") return send(response, 404);
    if (request.method !== "POST") return send(response, 405);
    const input = jsonOf(await readBody(request, BODY_LIMIT));
    const { status, body } =
      name === "subscribe" ? await subscribe(shop, call, input) : await unsubscribe(shop, input);
    send(response, status, body);
  } catch (error) {
    log.error({ error: String(error) }, "push request failed");
    send(response, 503, undefined, isDatabaseAway(error) ? { "retry-after": "5" } : {});
  }
}

type Answer = { status: number; body?: object };

async function subscribe(shop: Shop, { customerGid }: ProxyCall, input: unknown): Promise<Answer> {
  const parsed = SubscribeSchema.safeParse(input);
  if (!parsed.success) return { status: 400, body: { status: "malformed" } };
  const { t, locale, subscription, marketing } = parsed.data;
  const secret = env().ENCRYPTION_KEY;
  const orderGid = readTrackingToken(secret, shop.id, t);
  if (!orderGid) return { status: 403, body: { status: "unknown-order" } };
  const result = await inShop(shop.id, async (tx) => {
    if (!(await isInUse(shop, tx))) return { status: "off" } as const;
    const order = await tx.order.findUnique({ where: { shopId_gid: { shopId: shop.id, gid: orderGid } } });
    if (!order) return { status: "unknown-order" } as const;
    const whose = { customerGid: order.customerGid ?? customerGid, orderGid };
    const asked = { ...subscription, ...whose, locale: nearestLocale(locale) };
    return subscribeToPush(
      tx,
      shop.id,
      { ...asked, marketingText: marketing || null, now: new Date() },
      { secret },
    );
  });
  const status = { subscribed: 200, invalid: 400, off: 404, "unknown-order": 404 }[result.status];
  return { status, body: { status: result.status } };
}

async function unsubscribe(shop: Shop, input: unknown): Promise<Answer> {
  const parsed = UnsubscribeSchema.safeParse(input);
  if (!parsed.success) return { status: 400, body: { status: "malformed" } };
  // Who knows a browser's address at its push service is that browser.
  await inShop(shop.id, (tx) => unsubscribeFromPush(tx, shop.id, parsed.data.endpoint));
  return { status: 200, body: { status: "unsubscribed" } };
}

async function sendKey(response: ServerResponse, shop: Shop): Promise<void> {
  const isOn = await inShop(shop.id, (tx) => isInUse(shop, tx));
  if (!isOn) return send(response, 404, { status: "off" });
  send(response, 200, { status: "ok", key: (await vapidKeys()).publicKey });
}

async function isInUse(shop: Shop, tx: Parameters<typeof channelAccounts>[0]): Promise<boolean> {
  return (await channelAccounts(tx, shop.id)).some(({ channel, enabled }) => channel === "push" && enabled);
}

function jsonOf(body: Buffer | null): unknown {
  try {
    return JSON.parse(body?.toString("utf8") ?? "");
  } catch {
    return undefined;
  }
}

function sendWorker(response: ServerResponse): void {
  response.writeHead(200, {
    "content-type": "text/javascript; charset=utf-8",
    "content-length": Buffer.byteLength(PUSH_WORKER),
    "cache-control": "public, max-age=3600",
    "x-content-type-options": "nosniff",
  });
  response.end(PUSH_WORKER);
}

function send(
  response: ServerResponse,
  status: number,
  body: object = {},
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    ...headers,
  });
  response.end(JSON.stringify(body));
}
