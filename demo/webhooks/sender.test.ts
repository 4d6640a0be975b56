import "@shopify/shopify-api/adapters/node";
import { ApiVersion, LogSeverity, shopifyApi } from "@shopify/shopify-api";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PRIMARY_SHOP, SECOND_SHOP, type DemoOptions } from "../config.ts";
import type { RunningDemo } from "../main.ts";
import {
  aDemo,
  APP_SECRET,
  appWithScopes,
  aWebhookReceiver,
  type ReceivedWebhook,
  type WebhookReceiver,
} from "../testing.ts";
import { matchesFilter, pickFields } from "./filter.ts";

/** Not a limit to meet: a loaded machine may be slow. */
const PATIENTLY = { timeout: 20_000 };

let receiver: WebhookReceiver;
let demo: RunningDemo;

beforeEach(async () => {
  receiver = await aWebhookReceiver();
  demo = await started();
});

afterEach(async () => {
  await demo.stop();
  await receiver.close();
});

async function started(options: DemoOptions = {}): Promise<RunningDemo> {
  const running = await aDemo({ appTarget: receiver.url, generatedOrders: 20, ...options });
  running.installations.install(PRIMARY_SHOP);
  return running;
}

const buy = async (body: unknown = {}) => {
  const response = await fetch(`${demo.origin}/_/orders`, { method: "POST", body: JSON.stringify(body) });
  return ((await response.json()) as { order: { id: number; name: string } }).order;
};

const send = (payload: Record<string, unknown> = { id: 1 }) =>
  demo.webhooks.send(PRIMARY_SHOP, "orders/create", payload)[0]!;

/** What Shopify's own library says about a webhook. */
async function validity({ headers, body }: ReceivedWebhook) {
  const shopify = shopifyApi({
    apiKey: demo.config.apiKey,
    apiSecretKey: APP_SECRET,
    apiVersion: ApiVersion.October26,
    hostName: "localhost",
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error },
  });
  const request = { method: "POST", url: "/webhooks", headers };
  return shopify.webhooks.validate({ rawBody: body, rawRequest: request });
}

test("an order is announced with webhooks that Shopify's library accepts", async () => {
  const order = await buy();
  const [webhook] = await receiver.waitFor("orders/create");
  const result = await validity(webhook!);
  expect(result).toMatchObject({
    valid: true,
    topic: "ORDERS_CREATE",
    domain: PRIMARY_SHOP,
    apiVersion: "2026-10",
  });
  expect(JSON.parse(webhook!.body).admin_graphql_api_id).toBe(`gid://shopify/Order/${order.id}`);
  await receiver.waitFor("orders/paid");
  await receiver.waitFor("customers/create");
});

test("who buys for the first time is announced as new, also where the clock moves on during the sale", async () => {
  await demo.stop();
  const real = Date.now.bind(Date);
  let looks = 0;
  const ticking = vi.spyOn(Date, "now").mockImplementation(() => real() + ++looks);
  try {
    demo = await started();
    await buy({ email: "first.time@shopper.example" });
    await receiver.waitFor("orders/create");
  } finally {
    ticking.mockRestore();
  }
  await demo.webhooks.flush();
  expect(receiver.received.map(({ headers }) => headers["x-shopify-topic"])).toContain("customers/create");
});

test("a shop without the app sends nothing", async () => {
  await fetch(`${demo.origin}/_/orders?shop=${SECOND_SHOP}`, { method: "POST" });
  await buy();
  await receiver.waitFor("orders/create");
  await demo.webhooks.flush();
  const shops = new Set(receiver.received.map(({ headers }) => headers["x-shopify-shop-domain"]));
  expect([...shops]).toEqual([PRIMARY_SHOP]);
});

test("a failed delivery is repeated eight times on the demo clock, with the same body and id", async () => {
  receiver.answers.push(...Array.from({ length: 9 }, () => 503));
  const delivery = send({ id: 7, total: "1.00" });
  await receiver.waitFor("orders/create", 1);
  for (let retry = 1; retry <= 8; retry++) {
    await expect.poll(() => delivery.state === "retrying" && delivery.dueAt !== null, PATIENTLY).toBe(true);
    demo.clock.advance(2 * 3_600_000 + 1000);
    await receiver.waitFor("orders/create", 1 + retry);
  }
  await expect.poll(() => delivery.state, PATIENTLY).toBe("failed");
  expect(delivery.attempts).toHaveLength(9);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  expect(new Set(receiver.received.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(1);
});

test("retries come later and later, over four hours", async () => {
  receiver.answers.push(...Array.from({ length: 9 }, () => 500));
  const delivery = send();
  const waits: number[] = [];
  while (waits.length < 8) {
    await expect.poll(() => delivery.state === "retrying" && delivery.dueAt !== null, PATIENTLY).toBe(true);
    const wait = new Date(delivery.dueAt!).getTime() - demo.clock.now().getTime();
    waits.push(wait);
    demo.clock.advance(wait + 100);
    await expect.poll(() => delivery.attempts.length, PATIENTLY).toBe(waits.length + 1);
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(3.5);
  expect(hours).toBeLessThanOrEqual(4.1);
});

test("a redirect is a failure, an answer after a retry is a success", async () => {
  receiver.answers.push(302);
  const delivery = send();
  await expect.poll(() => delivery.state === "retrying" && delivery.dueAt !== null, PATIENTLY).toBe(true);
  demo.clock.advance(11_000);
  await expect.poll(() => delivery.state, PATIENTLY).toBe("delivered");
  expect(delivery.attempts.map(({ status }) => status)).toEqual([302, 200]);
});

test("duplicates carry the same ids", async () => {
  demo.webhooks.setFaults({ duplicate: 2 });
  send();
  const copies = await receiver.waitFor("orders/create", 3);
  expect(new Set(copies.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(1);
  expect(new Set(copies.map(({ headers }) => headers["x-shopify-event-id"])).size).toBe(1);
});

test("two deliveries change places", async () => {
  demo.webhooks.setFaults({ reorder: true });
  send({ id: 1 });
  send({ id: 2 });
  const both = await receiver.waitFor("orders/create", 2);
  expect(both.map(({ body }) => JSON.parse(body).id)).toEqual([2, 1]);
});

test("a wrong signature is noticed by Shopify's library", async () => {
  demo.webhooks.setFaults({ badHmac: true });
  send();
  const [webhook] = await receiver.waitFor("orders/create");
  expect(await validity(webhook!)).toMatchObject({ valid: false, reason: "invalid_hmac" });
});

test("dropped deliveries never arrive, but can be sent again", async () => {
  demo.webhooks.setFaults({ drop: 1 });
  const delivery = send();
  await demo.webhooks.flush();
  expect(delivery.state).toBe("dropped");
  expect(receiver.received).toHaveLength(0);
  const response = await fetch(`${demo.origin}/_/webhooks/${delivery.id}/resend`, { method: "POST" });
  expect(response.status).toBe(202);
  await receiver.waitFor("orders/create");
});

test("a delivery that counts as failed arrives a second time", async () => {
  demo.webhooks.setFaults({ failNext: 1 });
  const delivery = send();
  await receiver.waitFor("orders/create", 1);
  await expect.poll(() => delivery.state === "retrying" && delivery.dueAt !== null, PATIENTLY).toBe(true);
  demo.clock.advance(11_000);
  await receiver.waitFor("orders/create", 2);
  await expect.poll(() => delivery.state, PATIENTLY).toBe("delivered");
});

test("a delay runs on the demo clock", async () => {
  demo.webhooks.setFaults({ delayMs: 3_600_000 });
  const delivery = send();
  expect(delivery.state).toBe("waiting");
  demo.clock.advance(3_600_000);
  await receiver.waitFor("orders/create");
});

test("many deliveries at once all arrive", async () => {
  for (let id = 0; id < 1100; id++) send({ id });
  await receiver.waitFor("orders/create", 1100);
  await demo.webhooks.flush();
  expect(demo.webhooks.deliveries().every(({ state }) => state === "delivered")).toBe(true);
});

test("subscriptions with fields and filters send less", async () => {
  const app = appWithScopes(["read_products"]);
  app.subscriptions = [
    { topic: "products/update", uri: "/webhooks", includeFields: ["id", "status"], filter: "status:active" },
  ];
  const filtered = await started({ app });
  try {
    const [first, second] = filtered.store.products();
    filtered.store.updateProduct(first!.id, { title: "New" });
    filtered.store.updateProduct(second!.id, { status: "DRAFT" });
    const [webhook] = await receiver.waitFor("products/update");
    expect(JSON.parse(webhook!.body)).toEqual({ id: first!.id, status: "active" });
    expect(filtered.webhooks.deliveries()).toHaveLength(1);
  } finally {
    await filtered.stop();
  }
});

test("filters read paths, comparisons, AND, OR and NOT", () => {
  const payload = { status: "active", variants: [{ price: "5.00" }, { price: "12.00" }] };
  expect(matchesFilter(payload, "variants.price:>=10.00")).toBe(true);
  expect(matchesFilter(payload, "variants.price:>20 OR status:active")).toBe(true);
  expect(matchesFilter(payload, "status:active AND NOT variants.price:>=10")).toBe(false);
  expect(pickFields(payload, ["status"])).toEqual({ status: "active" });
});

test("parcels move on the demo clock and say so in the order of their scans", async () => {
  const order = await buy();
  await fetch(`${demo.origin}/_/orders/${order.id}/fulfil`, { method: "POST", body: '{"carrier":"swift"}' });
  await receiver.waitFor("fulfillments/create");
  demo.clock.advance(12 * 24 * 3_600_000);
  const parcel = demo.store.orderById(order.id)!.fulfillments[0]!;
  expect(parcel.shipmentStatus).toBe("DELIVERED");
  await demo.webhooks.flush();
  const events = receiver.received.filter(
    ({ headers }) => headers["x-shopify-topic"] === "fulfillment_events/create",
  );
  const statuses = new Set(events.map(({ body }) => JSON.parse(body).status));
  expect(statuses).toContain("in_transit");
  expect(statuses).toContain("delivered");
  expect(parcel.events.map(({ happenedAt }) => happenedAt)).toEqual(
    parcel.events.map(({ happenedAt }) => happenedAt).toSorted(),
  );
});
