import { createHmac, randomUUID } from "node:crypto";
import { shopifyApi } from "@shopify/shopify-api";
import "@shopify/shopify-api/adapters/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pool, prisma } from "#app/db/pool.server";
import { env } from "#app/env.server";
import { isSigned } from "#app/webhooks/receive.server";
import { deliverWebhook, startHotPaths } from "../../tests/factories/http";
import { inboxOf } from "../../tests/factories/inbox";
import { aShop } from "../../tests/factories/shop";
import { orderPayload } from "../../tests/factories/webhooks-payloads";

let hotPaths: Awaited<ReturnType<typeof startHotPaths>>;
beforeAll(async () => {
  hotPaths = await startHotPaths();
});
afterAll(() => hotPaths.stop());

test("a signed webhook is stored as it came and answered with 200", async () => {
  const shop = await aShop();
  const response = await deliverWebhook(hotPaths.url, shop, "orders/create", orderPayload(1001));
  expect(response.status).toBe(200);
  const [row] = await inboxOf(shop);
  expect(row).toMatchObject({
    topic: "orders/create",
    status: "pending",
    attempts: 0,
    apiVersion: "2026-10",
  });
  expect(row!.body).toBe(JSON.stringify(orderPayload(1001)));
});

test("the same webhook again changes nothing and is answered with 200", async () => {
  const shop = await aShop();
  const again = { "x-shopify-webhook-id": randomUUID() };
  await deliverWebhook(hotPaths.url, shop, "orders/create", orderPayload(1001), again);
  await prisma.webhookInbox.updateMany({ where: { shopDomain: shop.domain }, data: { status: "done" } });
  const second = await deliverWebhook(hotPaths.url, shop, "orders/create", orderPayload(1001), again);
  expect(second.status).toBe(200);
  expect((await inboxOf(shop)).map((row) => row.status)).toEqual(["done"]);
});

test("the same webhook id of two shops is two webhooks", async () => {
  const [a, b] = [await aShop(), await aShop()];
  const id = { "x-shopify-webhook-id": randomUUID() };
  await deliverWebhook(hotPaths.url, a, "orders/create", orderPayload(1), id);
  await deliverWebhook(hotPaths.url, b, "orders/create", orderPayload(2), id);
  expect(await inboxOf(a)).toHaveLength(1);
  expect(await inboxOf(b)).toHaveLength(1);
});

test.each(["hmac-sha256", "topic", "shop-domain", "webhook-id", "api-version"])(
  "without x-shopify-%s the answer is 400 and nothing is stored",
  async (name) => {
    const shop = await aShop();
    const response = await deliverWebhook(
      hotPaths.url,
      shop,
      "orders/create",
      {},
      { [`x-shopify-${name}`]: "" },
    );
    expect(response.status).toBe(400);
    expect(await inboxOf(shop)).toEqual([]);
  },
);

test("a bad signature is 401 and nothing is stored", async () => {
  const shop = await aShop();
  const forged = createHmac("sha256", "another secret").update("{}").digest("base64");
  const response = await deliverWebhook(hotPaths.url, shop, "orders/create", "{}", {
    "x-shopify-hmac-sha256": forged,
  });
  expect(response.status).toBe(401);
  expect(await inboxOf(shop)).toEqual([]);
});

test("malformed JSON is 400, and the row is kept for inspection", async () => {
  const shop = await aShop();
  const response = await deliverWebhook(hotPaths.url, shop, "orders/create", '{"id": 1, "name": "cut sh');
  expect(response.status).toBe(400);
  const [row] = await inboxOf(shop);
  expect(row).toMatchObject({ status: "malformed", body: '{"id": 1, "name": "cut sh' });
});

test("a body beyond the limit is 413, and the answer reaches the client", async () => {
  const shop = await aShop();
  const body = `"${"x".repeat(9 * 1024 * 1024)}"`;
  const response = await deliverWebhook(hotPaths.url, shop, "orders/create", body);
  expect(response.status).toBe(413);
  expect(await inboxOf(shop)).toEqual([]);
});

test("a GET is 405", async () => {
  const response = await fetch(`${hotPaths.url}/webhooks`);
  expect(response.status).toBe(405);
});

test("NUL characters do not keep a webhook out", async () => {
  const shop = await aShop();
  const body = JSON.stringify({ note: "a\u0000b" });
  expect((await deliverWebhook(hotPaths.url, shop, "orders/create", body)).status).toBe(200);
  expect(await inboxOf(shop)).toHaveLength(1);
});

test("under more than it can store it says so at once, and stores what it accepted", async () => {
  const shop = await aShop();
  const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  const deliveries = Array.from({ length: 450 }, (_, id) =>
    deliverWebhook(hotPaths.url, shop, "orders/create", { id }).then((response) => response.status),
  );
  const first = await Promise.race(deliveries);
  for (const client of held) client.release();
  const statuses = await Promise.all(deliveries);
  expect(first).toBe(503);
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(await inboxOf(shop)).toHaveLength(statuses.filter((status) => status === 200).length);
});

test("our signature check agrees with Shopify's validator", async () => {
  const { SHOPIFY_API_KEY, SHOPIFY_API_SECRET, SCOPES } = env();
  const api = shopifyApi({
    apiKey: SHOPIFY_API_KEY,
    apiSecretKey: SHOPIFY_API_SECRET,
    scopes: SCOPES.split(","),
    hostName: "localhost",
    apiVersion: "2026-10" as never,
    isEmbeddedApp: true,
    logger: { log: () => undefined },
  });
  const sign = (body: string, secret = SHOPIFY_API_SECRET) =>
    createHmac("sha256", secret).update(body).digest("base64");
  const bodies = ["{}", JSON.stringify(orderPayload(1)), '{"name":"Zoë 🫖"}', "not json", " "];
  const cases = bodies.flatMap((body) => {
    const right = sign(body);
    return [
      [body, right],
      [body, sign(body, "another secret")],
      [body, sign(`${body} `)],
      [body, right.slice(0, -1)],
      [body, right.toLowerCase()],
      [body, `${right}=`],
      [body, right.replace(/=+$/, "")],
      [body, Buffer.from(right, "base64").toString("hex")],
      [body, "x"],
    ] as [string, string][];
  });
  for (const [body, signature] of cases) {
    const headers = new Headers({
      "x-shopify-hmac-sha256": signature,
      "x-shopify-topic": "orders/create",
      "x-shopify-shop-domain": "a.myshopify.com",
      "x-shopify-webhook-id": "1",
      "x-shopify-api-version": "2026-10",
    });
    const rawRequest = new Request("https://app.example/webhooks", { method: "POST", headers });
    const official = await api.webhooks.validate({
      rawBody: body,
      rawRequest: { method: "POST", url: rawRequest.url, headers: Object.fromEntries(headers) },
    });
    expect([body, signature, isSigned(Buffer.from(body), signature, SHOPIFY_API_SECRET)]).toEqual([
      body,
      signature,
      official.valid,
    ]);
  }
});
