import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { orderByGid } from "#app/orders/orders.server";
import { FACTS } from "#app/queue/facts";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { drainInbox, MAX_ATTEMPTS } from "#app/webhooks/drain.server";
import { drainEverything, inboxOf, inboxRow, waitingJobs } from "../../tests/factories/inbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { orderPayload, refundPayload, scanPayload } from "../../tests/factories/webhooks-payloads";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const ORDER = "gid://shopify/Order/1001";
const orderOf = (shop: Shop, gid = ORDER) => inShop(shop.id, (tx) => orderByGid(tx, shop.id, gid));

test("an order's webhook becomes an order, and the fact starts its jobs once", async () => {
  const shop = await aShop();
  await inboxRow(shop, "orders/create", orderPayload(1001));
  await inboxRow(shop, "orders/updated", orderPayload(1001));
  await drainEverything();

  const order = await orderOf(shop);
  expect(order).toMatchObject({
    name: "#1001",
    customerGid: "gid://shopify/Customer/7",
    currency: "EUR",
    subtotalMinor: 3600,
    discountMinor: 400,
    shippingMinor: 500,
    totalMinor: 4100,
    country: "DE",
    checkoutToken: "checkout-1001",
    isFirst: true,
    imported: false,
  });
  expect(order!.lines.map((line) => [line.productGid, line.quantity, line.priceMinor])).toEqual([
    ["gid://shopify/Product/101", 2, 1000],
    ["gid://shopify/Product/102", 1, 2000],
  ]);
  expect(await waitingJobs(shop)).toEqual([
    `contact-policy.read-consent ${ORDER}`,
    `decisions.join-order ${ORDER}`,
    `journeys.hear order.placed ${ORDER}`,
    `loyalty.join-order ${ORDER}`,
    `offers.attribute-order ${ORDER}`,
    `parcels.watch-order ${ORDER}`,
    `payments.note-order ${ORDER}`,
    `surveys.join-order ${ORDER}`,
  ]);
  expect((await inboxOf(shop)).map((row) => row.status)).toEqual(["done", "done"]);
});

test("one shop's order is not another's, even with the same id", async () => {
  const [a, b] = [await aShop(), await aShop()];
  await inboxRow(a, "orders/create", orderPayload(1001, { name: "#A" }));
  await drainEverything();
  expect(await orderOf(b)).toBeNull();
  await inboxRow(b, "orders/create", orderPayload(1001, { name: "#B" }));
  await drainEverything();
  expect((await orderOf(a))!.name).toBe("#A");
  expect((await orderOf(b))!.name).toBe("#B");
});

test("ids beyond 2^53 keep their digits", async () => {
  const shop = await aShop();
  const body = JSON.stringify(orderPayload(1001, { admin_graphql_api_id: null })).replace(
    '"id":1001',
    '"id":820982911946154508',
  );
  await inboxRow(shop, "orders/create", body);
  await drainEverything();
  expect(await orderOf(shop, "gid://shopify/Order/820982911946154508")).not.toBeNull();
});

describe("webhooks we cannot use", () => {
  test("an unknown topic is recorded and ignored", async () => {
    const shop = await aShop();
    await inboxRow(shop, "carts/update", { id: 1 });
    await drainEverything();
    expect((await inboxOf(shop))[0]).toMatchObject({ status: "ignored", error: "We do not use this topic." });
  });

  test("a payload of another shape is malformed; the error names fields, not values", async () => {
    const shop = await aShop();
    await inboxRow(shop, "orders/create", { ...orderPayload(1001), total_price: "secret@example.com" });
    await drainEverything();
    const [row] = await inboxOf(shop);
    expect(row!.status).toBe("malformed");
    expect(row!.error).toContain("total_price");
    expect(row!.error).not.toContain("secret@example.com");
  });

  test("a shop that has uninstalled the app is ignored", async () => {
    const shop = await aShop();
    await prisma.shop.update({ where: { id: shop.id }, data: { status: "uninstalled" } });
    await inboxRow(shop, "orders/create", orderPayload(1001));
    await drainEverything();
    expect((await inboxOf(shop))[0]!.status).toBe("ignored");
    expect(await orderOf(shop)).toBeNull();
  });

  test("a webhook before the first session waits for it, then is handled", async () => {
    const domain = "early-bird.myshopify.com";
    await inboxRow({ domain }, "orders/create", orderPayload(1001));
    const now = new Date("2026-11-22T12:00:00Z");
    await drainInbox(testPorts({ now: () => now }));
    expect((await inboxOf({ domain }))[0]).toMatchObject({ status: "pending", attempts: 1 });

    const shop = await aShop({ domain });
    await drainInbox(testPorts({ now: () => new Date(now.getTime() + 10_000) }));
    expect((await inboxOf({ domain }))[0]!.status).toBe("done");
    expect(await orderOf(shop)).not.toBeNull();
  });

  test("a shop that never comes is ignored in the end", async () => {
    const domain = "never-came.myshopify.com";
    await inboxRow({ domain }, "orders/create", orderPayload(1001));
    await drainEverything();
    expect((await inboxOf({ domain }))[0]!.status).toBe("ignored");
  });
});

test("what fails is tried again later, then waits for a person; nothing of it stays behind", async () => {
  const shop = await aShop();
  // More minor units than a column holds: the write itself fails.
  await inboxRow(shop, "orders/create", orderPayload(1001, { total_price: "99999999999999999999.00" }));
  let now = new Date("2026-11-22T12:00:00Z");
  await drainInbox(testPorts({ now: () => now }));
  const [first] = await inboxOf(shop);
  expect(first).toMatchObject({ status: "pending", attempts: 1 });
  expect(first!.nextAttemptAt.getTime()).toBeGreaterThan(now.getTime());

  for (let hour = 1; hour < MAX_ATTEMPTS; hour++) {
    now = new Date(now.getTime() + 3_600_000);
    await drainInbox(testPorts({ now: () => now }));
  }
  expect((await inboxOf(shop))[0]).toMatchObject({ status: "failed", attempts: MAX_ATTEMPTS });
  expect(await orderOf(shop)).toBeNull();
  expect(await waitingJobs(shop)).toEqual([]);
});

test("a refund or scan that comes before its order waits for it", async () => {
  const shop = await aShop();
  await inboxRow(shop, "refunds/create", refundPayload(5, 1001));
  await inboxRow(shop, "fulfillment_events/create", scanPayload(9, 8, 1001));
  await drainInbox(testPorts());
  expect((await inboxOf(shop)).map((row) => [row.status, row.error])).toEqual([
    ["pending", `Waits for ${ORDER}.`],
    ["pending", "Waits for gid://shopify/Fulfillment/8."],
  ]);
});

test("many lanes on one order do not lose or double anything", async () => {
  const shop = await aShop();
  for (let copy = 0; copy < 12; copy++) await inboxRow(shop, "orders/create", orderPayload(1001));
  await Promise.all([drainInbox(testPorts()), drainInbox(testPorts())]);
  expect((await inboxOf(shop)).every((row) => row.status === "done" && row.attempts === 1)).toBe(true);
  expect(await waitingJobs(shop)).toHaveLength(FACTS["order.placed"].length);
});
