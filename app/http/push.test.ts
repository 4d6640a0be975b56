import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consentOf } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { trackingToken } from "#app/parcels/tracking-link";
import { aBrowser, aChannel } from "../../tests/factories/channels";
import { anOrderToTell } from "../../tests/factories/messages";
import { aShop } from "../../tests/factories/shop";
import { handlePush } from "./push.server";

let url: string;
const server = createServer((request, response) => void handlePush(request, response));
beforeAll(async () => {
  await startQueue("web");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await stopQueue();
});

/** As Shopify's app proxy passes a visitor on. */
function signed(shop: Shop, path: string): string {
  const query = {
    shop: shop.domain,
    timestamp: String(Math.floor(Date.now() / 1000)),
    path_prefix: "/apps/x",
  };
  const message = Object.entries(query)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("");
  const signature = createHmac("sha256", env().SHOPIFY_API_SECRET).update(message).digest("hex");
  return `${url}/proxy/push/${path}?${new URLSearchParams({ ...query, signature })}`;
}

async function post(address: string, body: unknown): Promise<{ status: number; body: { status?: string } }> {
  const response = await fetch(address, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as { status?: string } };
}

const subscriptions = (shop: Shop) => inShop(shop.id, (tx) => tx.pushSubscription.findMany());

test("a browser subscribes for an order it has the link of, once, and leaves again", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const order = await anOrderToTell(shop);
  const t = trackingToken(env().ENCRYPTION_KEY, { shopId: shop.id, orderGid: order.gid });
  const { endpoint, keys } = aBrowser("https://push.example/send/1");
  const subscription = { endpoint, keys };
  const asked = { t, locale: "de-AT", subscription };
  expect((await fetch(signed(shop, "key"))).status).toBe(404);
  expect((await post(signed(shop, "subscribe"), asked)).body).toEqual({ status: "off" });

  await aChannel(shop, "push");
  await aChannel(other, "push");
  const told = (await (await fetch(signed(shop, "key"))).json()) as { key: string };
  expect(told.key).toMatch(/^[\w-]{87}$/);
  expect(await (await fetch(signed(other, "key"))).json()).toEqual(told);
  expect(await post(signed(shop, "subscribe"), asked)).toMatchObject({ status: 200 });
  expect(await post(signed(shop, "subscribe"), { ...asked, marketing: "Yes, tell me news" })).toMatchObject({
    status: 200,
  });
  const [row, ...more] = await subscriptions(shop);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ orderGid: order.gid, customerGid: order.customerGid, locale: "de" });
  const whose = { channel: "push", address: row!.id } as const;
  const keysOf = { secret: env().ENCRYPTION_KEY };
  expect((await inShop(shop.id, (tx) => consentOf(tx, shop.id, whose, keysOf)))?.state).toBe("subscribed");

  // The link of one shop opens nothing in another.
  expect((await post(signed(other, "subscribe"), asked)).status).toBe(403);
  expect(await post(signed(other, "unsubscribe"), { endpoint })).toMatchObject({ status: 200 });
  expect(await subscriptions(shop)).toHaveLength(1);
  expect(await post(signed(shop, "unsubscribe"), { endpoint })).toMatchObject({ status: 200 });
  expect(await post(signed(shop, "unsubscribe"), { endpoint })).toMatchObject({ status: 200 });
  expect(await subscriptions(shop)).toEqual([]);
});

test("what Shopify did not pass on is 401, what is no subscription 400", async () => {
  const shop = await aShop();
  await aChannel(shop, "push");
  const order = await anOrderToTell(shop);
  const t = trackingToken(env().ENCRYPTION_KEY, { shopId: shop.id, orderGid: order.gid });
  const { endpoint, keys } = aBrowser("https://push.example/send/2");
  expect((await post(`${url}/proxy/push/subscribe?shop=${shop.domain}`, {})).status).toBe(401);
  for (const subscription of [
    undefined,
    { endpoint, keys: { p256dh: "AAAA", auth: "AAAA" } },
    { endpoint: "javascript:alert(1)", keys },
  ]) {
    expect((await post(signed(shop, "subscribe"), { t, subscription })).status).toBe(400);
  }
  expect(
    (await post(signed(shop, "subscribe"), { t: "1.2.x", subscription: { endpoint, keys } })).status,
  ).toBe(403);
  expect(await subscriptions(shop)).toEqual([]);
});

test("the service worker is plain script that needs no signature", async () => {
  const response = await fetch(`${url}/proxy/push/worker.js`);
  expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(await response.text()).toContain("showNotification");
});
