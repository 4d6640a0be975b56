import { afterAll, beforeAll, expect, test } from "vitest";
import { activeHolds } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { recordOrder } from "#app/orders/orders.server";
import type { OrderSnapshot } from "#app/orders/order";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { contactPolicyJobs } from "#app/worker/contact-policy-jobs.server";
import { journeysJobs } from "#app/worker/journeys-jobs.server";
import { parcelsJobs, parcelsSweeps } from "#app/worker/parcels-jobs.server";
import { drainOnly } from "../../tests/factories/jobs";
import { anOrderSnapshot } from "../../tests/factories/orders";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { DEFAULT_RULES } from "./exception";
import { saveRules } from "./exceptions.server";
import { recordFulfillment, recordScan } from "./fulfillments.server";
import { parcelsOfOrder } from "./parcels.server";
import { notePromise } from "./promises.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

/** A Monday. */
const NOW = new Date("2026-11-16T09:00:00Z");
const DAY = 24 * 60 * 60 * 1000;
const later = (days: number) => new Date(NOW.getTime() + days * DAY);

let count = 0;

const aShopInBerlin = () => aShop({ country: "DE", timezone: "Europe/Berlin" });

async function place(shop: Shop, changes: Partial<OrderSnapshot> = {}): Promise<OrderSnapshot> {
  const order = anOrderSnapshot({ placedAt: NOW, updatedAt: NOW, fulfillmentStatus: "", ...changes });
  await inShop(shop.id, (tx) => recordOrder(tx, shop.id, order, NOW));
  await work(NOW);
  return order;
}

async function ship(shop: Shop, order: OrderSnapshot, at = NOW, number: string | null = `P${count + 1}`) {
  const gid = `gid://shopify/Fulfillment/${++count}`;
  const told = { gid, orderGid: order.gid, name: `${order.name}.1`, status: "success", shipmentStatus: null };
  const trackings = number ? [{ carrier: "Postway", number, url: null }] : [];
  const parcel = { ...told, trackings, shippedAt: at, updatedAt: at };
  await inShop(shop.id, (tx) => recordFulfillment(tx, shop.id, parcel, at));
  await work(at);
  return { orderGid: order.gid, fulfillmentGid: gid };
}

/** As Shopify does when anything about the order changes. */
async function tellAgain(shop: Shop, { orderGid, fulfillmentGid }: Shipped, at: Date): Promise<void> {
  await inShop(shop.id, async (tx) => {
    const [parcel] = await parcelsOfOrder(tx, shop.id, orderGid);
    const { name, carrier, trackingNumber, shippedAt } = parcel!;
    const told = { gid: fulfillmentGid, orderGid, name, status: "success", shipmentStatus: null };
    const trackings = [{ carrier, number: trackingNumber, url: null }];
    await recordFulfillment(tx, shop.id, { ...told, trackings, shippedAt, updatedAt: at }, at);
  });
  await work(at);
}
type Shipped = { orderGid: string; fulfillmentGid: string };

async function scan(
  shop: Shop,
  parcel: { orderGid: string; fulfillmentGid: string },
  status: string,
  at: Date,
) {
  const told = { gid: `gid://shopify/FulfillmentEvent/${++count}`, status, happenedAt: at };
  const nothing = { message: null, city: null, country: null, estimatedDeliveryAt: null };
  await inShop(shop.id, (tx) => recordScan(tx, shop.id, { ...parcel, ...told, ...nothing }, at));
  await work(at);
}

/** Lets the worker do what is due: jobs, sweeps, and the jobs that these start. */
async function work(now: Date): Promise<void> {
  const ports = testPorts({ now: () => now });
  const { "contact-policy.hold-late": hold } = contactPolicyJobs(ports);
  const handlers = { ...parcelsJobs(ports), ...journeysJobs(ports), "contact-policy.hold-late": hold };
  await drainOnly(handlers);
  for (const sweep of parcelsSweeps) await sweep.run(ports);
  await drainOnly(handlers);
}

const exceptionsOf = async (shop: Shop) =>
  (await inShop(shop.id, (tx) => tx.deliveryException.findMany({ orderBy: { openedAt: "asc" } }))).map(
    ({ kind, closedAt }) => `${kind} ${closedAt ? "closed" : "open"}`,
  );
const mailsOf = async (shop: Shop) =>
  (await inShop(shop.id, (tx) => tx.message.findMany({ orderBy: { queuedAt: "asc" } }))).map(
    ({ templateKey }) => templateKey,
  );
const holdsOf = (shop: Shop, now: Date) =>
  inShop(shop.id, (tx) => activeHolds(tx, shop.id, "gid://shopify/Customer/7", now));

test("an order that does not leave is noticed after 72 hours, told once, and settled when it leaves", async () => {
  const [shop, other] = [await aShopInBerlin(), await aShopInBerlin()];
  const order = await place(shop);
  await work(later(2.9));
  expect(await exceptionsOf(shop)).toEqual([]);
  await work(later(3.1));
  await work(later(3.2));
  expect(await exceptionsOf(shop)).toEqual(["not-shipped open"]);
  expect(await mailsOf(shop)).toEqual(["thank-you", "not-shipped"]);
  expect(await holdsOf(shop, later(3.2))).toMatchObject([{ reason: "late-parcel" }]);

  await ship(shop, order, later(4));
  expect(await exceptionsOf(shop)).toEqual(["not-shipped closed"]);
  expect(await holdsOf(shop, later(4.1))).toEqual([]);
  expect(await exceptionsOf(other)).toEqual([]);
});

test("orders from history, test orders and cancelled orders are not watched", async () => {
  const shop = await aShopInBerlin();
  await place(shop, { test: true });
  const cancelled = await place(shop);
  await inShop(shop.id, (tx) =>
    recordOrder(tx, shop.id, { ...cancelled, cancelledAt: later(1), updatedAt: later(1) }, later(1)),
  );
  await work(later(10));
  expect(await exceptionsOf(shop)).toEqual([]);
});

test("a parcel that the carrier never picks up, counted in working days", async () => {
  const shop = await aShopInBerlin();
  await ship(shop, await place(shop), later(3)); // a Thursday: four working days end on Wednesday
  await work(later(8.9));
  expect(await exceptionsOf(shop)).toEqual([]);
  await work(later(9.1));
  expect(await exceptionsOf(shop)).toEqual(["not-picked-up open"]);
  expect(await mailsOf(shop)).toContain("delayed");
});

test("a parcel that stands still: three working days at home, five abroad, and a scan settles it", async () => {
  const shop = await aShopInBerlin();
  const home = await ship(shop, await place(shop));
  const abroad = await ship(shop, await place(shop, { country: "FR" }));
  await scan(shop, home, "in_transit", later(0.5));
  await scan(shop, abroad, "in_transit", later(0.5));
  await work(later(3.6));
  expect(await exceptionsOf(shop)).toEqual(["stalled open"]);
  await scan(shop, home, "out_for_delivery", later(4));
  expect(await exceptionsOf(shop)).toEqual(["stalled closed"]);
  await work(later(7.6));
  expect((await exceptionsOf(shop)).filter((one) => one.startsWith("stalled"))).toEqual([
    "stalled closed",
    "stalled open",
  ]);
});

test("a parcel that stands still is one exception, however often its order is told again without news", async () => {
  const shop = await aShopInBerlin();
  const parcel = await ship(shop, await place(shop));
  await scan(shop, parcel, "in_transit", later(0.5));
  await work(later(3.6));
  for (const days of [4, 5, 8]) await tellAgain(shop, parcel, later(days));
  expect(await exceptionsOf(shop)).toEqual(["stalled open"]);
  expect((await mailsOf(shop)).filter((key) => key === "delayed")).toHaveLength(1);
  await scan(shop, parcel, "in_transit", later(9));
  await work(later(14));
  expect(await exceptionsOf(shop)).toEqual(["stalled closed", "stalled open"]);
});

test("a letter without a number is never late: nobody will ever hear of it", async () => {
  const shop = await aShopInBerlin();
  const letter = await ship(shop, await place(shop), NOW, null);
  const [stored] = await inShop(shop.id, (tx) => parcelsOfOrder(tx, shop.id, letter.orderGid));
  await inShop(shop.id, (tx) => notePromise(tx, shop.id, stored!, "order-status", NOW));
  expect(stored!.latestAt).not.toBeNull();
  for (let hours = 12; hours < 24 * 20; hours += 12) await work(later(hours / 24));
  expect(await exceptionsOf(shop)).toEqual([]);
});

test("days on which the shop is closed do not count", async () => {
  const shop = await aShopInBerlin();
  const rules = { ...DEFAULT_RULES, closedDays: ["2026-11-17", "2026-11-18"] };
  await inShop(shop.id, (tx) => saveRules(tx, shop.id, rules, NOW));
  const parcel = await ship(shop, await place(shop));
  await scan(shop, parcel, "in_transit", later(0.1));
  await work(later(6.9));
  expect(await exceptionsOf(shop)).toEqual([]);
  await work(later(7.2));
  expect(await exceptionsOf(shop)).toContain("stalled open");
});

test("a failed attempt is told at once, and a shopper who turned it off in the shop is not", async () => {
  const [shop, quiet] = [await aShopInBerlin(), await aShopInBerlin()];
  const rules = { ...DEFAULT_RULES, tell: { ...DEFAULT_RULES.tell, "failed-attempt": false } };
  await inShop(quiet.id, (tx) => saveRules(tx, quiet.id, rules, NOW));
  for (const one of [shop, quiet]) {
    const parcel = await ship(one, await place(one));
    await scan(one, parcel, "attempted_delivery", later(1));
    await scan(one, parcel, "attempted_delivery", later(1));
    expect(await exceptionsOf(one)).toEqual(["failed-attempt open"]);
  }
  expect((await mailsOf(shop)).filter((key) => key === "attempted")).toHaveLength(1);
  expect(await mailsOf(quiet)).not.toContain("attempted");
});

test("a parcel that waits to be fetched: told when it is there, and again after two days", async () => {
  const shop = await aShopInBerlin();
  const parcel = await ship(shop, await place(shop));
  await scan(shop, parcel, "ready_for_pickup", later(1));
  expect(await mailsOf(shop)).toContain("pickup");
  await work(later(3.1));
  expect(await mailsOf(shop)).toContain("pickup-reminder");
  expect(await holdsOf(shop, later(3.1))).toEqual([]);
  await scan(shop, parcel, "picked_up", later(3.5));
  expect(await exceptionsOf(shop)).toEqual(["not-collected closed"]);
});

test("a promised day that will pass is told before it has passed, and once", async () => {
  const shop = await aShopInBerlin();
  const parcel = await ship(shop, await place(shop));
  const [stored] = await inShop(shop.id, (tx) => parcelsOfOrder(tx, shop.id, parcel.orderGid));
  await inShop(shop.id, (tx) => notePromise(tx, shop.id, stored!, "order-status", NOW));
  const promised = stored!.latestAt!;
  let told: Date | undefined;
  for (let hours = 12; !told && hours < 24 * 20; hours += 12) {
    const at = new Date(NOW.getTime() + hours * 60 * 60 * 1000);
    // Scans keep it from standing still; it just does not arrive.
    await scan(shop, parcel, "in_transit", at);
    if ((await exceptionsOf(shop)).includes("late open")) told = at;
  }
  expect(told!.getTime()).toBeLessThan(promised.getTime() + DAY);
  expect((await mailsOf(shop)).filter((key) => key === "delayed")).toHaveLength(1);
  await scan(shop, parcel, "delivered", new Date(told!.getTime() + DAY));
  expect(await exceptionsOf(shop)).toEqual(["late closed"]);
});
