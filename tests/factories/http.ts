import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";
import { ENDPOINTS } from "#app/api/endpoints.server";
import { handleExtensionRequest } from "#app/api/extension-api.server";
import type { Shop } from "#app/generated/prisma/client";
import { handleCartOffer, isCartOfferPath } from "#app/http/cart-offers.server";
import { handleSponsoredRequest, isSponsoredPath } from "#app/http/sponsored-links.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { receiveWebhook } from "#app/webhooks/receive.server";
import { extensionToken, webhookSignature } from "./tokens";

/**
 * The hot paths of the web process on a free port: real HTTP, real tokens, real HMACs; without Remix, whose build
 * belongs to the browser tests.
 */
export async function startHotPaths(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) =>
    (request.url ?? "").startsWith("/api/")
      ? handleExtensionRequest(ENDPOINTS, request, response)
      : isSponsoredPath(request.url ?? "")
        ? handleSponsoredRequest(request, response)
        : isCartOfferPath((request.url ?? "").split("?")[0]!)
          ? handleCartOffer(request, response)
          : receiveWebhook(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The same with the queue, for all tests of a file. */
export function servedHotPaths(): { readonly url: string } {
  return served(startHotPaths);
}

/** A server with the queue, started before the first test of a file, stopped after the last. */
export function served(start: typeof startHotPaths): { readonly url: string } {
  let web: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    await startQueue("web");
    web = await start();
  });
  afterAll(async () => {
    await web.stop();
    await stopQueue();
  });
  return {
    get url() {
      return web.url;
    },
  };
}

/** Calls the extension API as a block of `shop` would. */
export async function callAsExtension<Answer = unknown>(
  url: string,
  shop: Pick<Shop, "domain">,
  path: string,
  body: unknown,
  options: { customerGid?: string; token?: string } = {},
): Promise<{ status: number; headers: Headers; body: Answer }> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: {
      authorization: `Bearer ${options.token ?? extensionToken(shop.domain, options.customerGid)}`,
      "content-type": "application/json",
      origin: "null",
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
}

/** Delivers a webhook as Shopify does. */
export async function deliverWebhook(
  url: string,
  shop: Pick<Shop, "domain">,
  topic: string,
  payload: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  return fetch(`${url}/webhooks`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-shopify-topic": topic,
      "x-shopify-shop-domain": shop.domain,
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": randomUUID(),
      "x-shopify-event-id": randomUUID(),
      "x-shopify-triggered-at": new Date().toISOString(),
      "x-shopify-hmac-sha256": webhookSignature(body),
      ...headers,
    },
    body,
  });
}
