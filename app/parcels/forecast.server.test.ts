import { afterAll, beforeAll, expect, test } from "vitest";
import { acrossShops, inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { recordOrder } from "#app/orders/orders.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { anOrderSnapshot } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";
import { expectedFor } from "./expected";
import { forecastDue, shopsToForecast } from "./forecast.server";
import { recordFulfillment, recordScan } from "./fulfillments.server";
import { parcelsOfOrder } from "./parcels.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const NOW = new Date("2026-11-21T12:00:00Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);
const later = (days: number) => new Date(NOW.getTime() + days * DAY);

let count = 0;

/** An order with one parcel, shipped then; delivered after so many days where that is told. */
async function ship(shop: Shop, shippedAt: Date, took: number | null, changes = {}) {
  const order = anOrderSnapshot({ placedAt: new Date(shippedAt.getTime() - DAY), country: "DE" });
  const gid = `gid://shopify/Fulfillment/${++count}`;
  const deliveredAt = took === null ? null : new Date(shippedAt.getTime() + took * DAY);
  const fulfillment = {
    gid,
    orderGid: order.gid,
    name: `${order.name}.1`,
    status: "success",
    trackings: [{ carrier: "Postway", number: `P${count}`, url: null }],
    shipmentStatus: deliveredAt ? "delivered" : null,
    deliveredAt,
    shippedAt,
    updatedAt: deliveredAt ?? shippedAt,
    ...changes,
  };
  await inShop(shop.id, async (tx) => {
    await recordOrder(tx, shop.id, order, shippedAt);
    await recordFulfillment(tx, shop.id, fulfillment, deliveredAt ?? shippedAt);
  });
  return { orderGid: order.gid, fulfillmentGid: gid };
}

async function scan(
  shop: Shop,
  parcel: { orderGid: string; fulfillmentGid: string },
  status: string,
  at: Date,
) {
  const told = { gid: `gid://shopify/FulfillmentEvent/${++count}`, status, happenedAt: at };
  const nothing = { message: null, city: null, country: null, estimatedDeliveryAt: null };
  await inShop(shop.id, (tx) => recordScan(tx, shop.id, { ...parcel, ...told, ...nothing }, at));
}

const forecastAll = (shop: Shop, now = NOW) => inShop(shop.id, (tx) => forecastDue(tx, shop.id, now));
const parcelOf = async (shop: Shop, orderGid: string) =>
  (await inShop(shop.id, (tx) => parcelsOfOrder(tx, shop.id, orderGid)))[0]!;

const tailsOf = (shop: Shop) =>
  inShop(shop.id, (tx) => tx.forecastTails.findUnique({ where: { shopId: shop.id } }));

/** Twenty parcels of the last weeks that took so many days. */
async function aHistory(shop: Shop, took: number): Promise<void> {
  for (let index = 0; index < 20; index++) await ship(shop, daysAgo(8 + took + index), took);
}

test("a new parcel is forecast from the shop's own deliveries, and from nobody else's", async () => {
  const [slow, fast] = [await aShop({ country: "DE" }), await aShop({ country: "DE" })];
  await aHistory(slow, 7);
  await aHistory(fast, 1);
  const [slowOne, fastOne] = [await ship(slow, NOW, null), await ship(fast, NOW, null)];
  await forecastAll(slow);
  await forecastAll(fast);
  const days = async (shop: Shop, { orderGid }: { orderGid: string }) =>
    ((await parcelOf(shop, orderGid)).likelyAt!.getTime() - NOW.getTime()) / DAY;
  expect(await days(slow, slowOne)).toBeCloseTo(7, 0);
  expect(await days(fast, fastOne)).toBeCloseTo(1, 0);
});

test("a scan moves the forecast, silence moves it later, and an arrived parcel is not looked at again", async () => {
  const shop = await aShop({ country: "DE" });
  await aHistory(shop, 2);
  const parcel = await ship(shop, NOW, null);
  await forecastAll(shop);
  const first = (await parcelOf(shop, parcel.orderGid)).latestAt!;

  expect(await forecastAll(shop)).toBe(0);
  expect(await forecastAll(shop, later(5))).toBeGreaterThan(0);
  const silent = await parcelOf(shop, parcel.orderGid);
  expect(silent.likelyAt!.getTime()).toBeGreaterThan(first.getTime());
  expect(expectedFor(silent)).toEqual({
    from: silent.earliestAt,
    likely: silent.likelyAt,
    until: silent.latestAt,
  });

  await scan(shop, parcel, "out_for_delivery", later(5.1));
  await forecastAll(shop, later(5.1));
  const near = await parcelOf(shop, parcel.orderGid);
  expect(near.latestAt!.getTime()).toBeLessThan(later(7).getTime());

  await scan(shop, parcel, "delivered", later(5.4));
  await forecastAll(shop, later(5.4));
  const arrived = await parcelOf(shop, parcel.orderGid);
  expect(arrived.forecastDueAt).toBeNull();
  expect(expectedFor(arrived)).toBeNull();
});

test("the first forecast of each stage is kept, and moves the shop's range once when the truth is known", async () => {
  const shop = await aShop({ country: "DE" });
  const parcel = await ship(shop, NOW, null);
  await forecastAll(shop);
  await scan(shop, parcel, "in_transit", later(0.5));
  await forecastAll(shop, later(0.5));
  await forecastAll(shop, later(2));
  const kept = await inShop(shop.id, (tx) => tx.parcelForecast.findMany({ orderBy: { madeAt: "asc" } }));
  expect(kept.map(({ stage, madeAt }) => [stage, madeAt])).toEqual([
    ["shipped", NOW],
    ["in_transit", later(0.5)],
  ]);
  expect(await tailsOf(shop)).toBeNull();

  await scan(shop, parcel, "delivered", later(40));
  await forecastAll(shop, later(40));
  const tails = await tailsOf(shop);
  expect(tails?.above).toBeLessThan(0.1);
  await scan(shop, parcel, "delivered", later(41));
  await forecastAll(shop, later(41));
  expect(await tailsOf(shop)).toEqual(tails);
});

test("the sweep finds shops with due parcels only", async () => {
  const [busy, idle] = [await aShop(), await aShop()];
  await ship(busy, NOW, null);
  await ship(idle, daysAgo(3), 1);
  await forecastAll(idle);
  const due = await acrossShops((tx) => shopsToForecast(tx, NOW));
  expect(due).toContain(busy.id);
  expect(due).not.toContain(idle.id);
});

test("until there is a forecast the carrier's word counts", async () => {
  const shop = await aShop();
  const { orderGid } = await ship(shop, NOW, null, { estimatedDeliveryAt: later(3) });
  expect(expectedFor(await parcelOf(shop, orderGid))).toEqual({
    from: later(3),
    until: later(3),
    likely: null,
  });
});

test("a carrier that puts its date off moves what the shopper is told, and nobody else's", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const [parcel, same] = [await ship(shop, NOW, null), await ship(other, NOW, null)];
  for (const one of [shop, other]) await forecastAll(one);
  const first = expectedFor(await parcelOf(shop, parcel.orderGid))!;
  const told = { gid: `gid://shopify/FulfillmentEvent/${++count}`, status: "delayed", happenedAt: later(1) };
  const word = { message: null, city: null, country: null, estimatedDeliveryAt: later(20) };
  await inShop(shop.id, (tx) => recordScan(tx, shop.id, { ...parcel, ...told, ...word }, later(1)));
  const now = expectedFor(await parcelOf(shop, parcel.orderGid))!;
  expect(now.likely).toEqual(later(20));
  expect(now.until.getTime()).toBeGreaterThan(later(20).getTime());
  expect(now.until.getTime() - now.from.getTime()).toBe(first.until.getTime() - first.from.getTime());
  expect(expectedFor(await parcelOf(other, same.orderGid))).toEqual(first);
});

test("parcels whose plan nobody told are forecast from all of the shop's, planned or not", async () => {
  const shop = await aShop({ country: "DE" });
  for (let day = 1; day <= 40; day++)
    await ship(shop, daysAgo(day + 2), 1, { estimatedDeliveryAt: daysAgo(day) });
  const { orderGid } = await ship(shop, NOW, null);
  await forecastAll(shop);
  const { latestAt } = await parcelOf(shop, orderGid);
  expect(latestAt!.getTime()).toBeLessThan(later(2).getTime());
});
