import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { parcelsOfOrder } from "#app/parcels/parcels.server";
import { takeScans } from "#app/parcels/scans.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { drainEverything, inboxRow, waitingJobs } from "../../tests/factories/inbox";
import { aShop } from "../../tests/factories/shop";
import { fulfillmentPayload, orderPayload, scanPayload } from "../../tests/factories/webhooks-payloads";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const ORDER = "gid://shopify/Order/1001";
const parcelsOf = (shop: Shop) => inShop(shop.id, (tx) => parcelsOfOrder(tx, shop.id, ORDER));
const journeys = async (shop: Shop) =>
  (await waitingJobs(shop))
    .filter((job) => job.startsWith("journeys.hear parcel."))
    .map((job) => job.split(" ")[1]!.slice("parcel.".length))
    .sort();

async function tell(shop: Shop, ...webhooks: [topic: string, payload: unknown][]) {
  for (const [topic, payload] of webhooks) {
    await inboxRow(shop, topic, payload);
    await drainEverything();
  }
}

const order = ["orders/create", orderPayload(1001)] as [string, unknown];
const fulfillment = (changes = {}): [string, unknown] => [
  "fulfillments/update",
  fulfillmentPayload(8, 1001, changes),
];
const scan = (id: number, status: string, hour: number, changes = {}): [string, unknown] => [
  "fulfillment_events/create",
  scanPayload(id, 8, 1001, { status, happened_at: `2026-11-21T${hour}:00:00Z`, ...changes }),
];

test("a parcel moves forward with its scans, whatever their order, and each step is told once", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await tell(other, order, fulfillment());
  await tell(
    shop,
    order,
    fulfillment(),
    scan(3, "out_for_delivery", 15, { estimated_delivery_at: "2026-11-21T18:00:00Z" }),
    scan(1, "in_transit", 10, { estimated_delivery_at: "2026-11-23T18:00:00Z" }),
    scan(1, "in_transit", 10),
  );
  expect(await parcelsOf(shop)).toMatchObject([
    {
      status: "out_for_delivery",
      carrier: "DHL",
      lastScanAt: new Date("2026-11-21T15:00:00Z"),
      estimatedDeliveryAt: new Date("2026-11-21T18:00:00Z"),
      scans: [{ status: "out_for_delivery" }, { status: "in_transit" }],
    },
  ]);
  await tell(shop, scan(4, "delivered", 17), scan(4, "delivered", 17), scan(2, "in_transit", 12));
  expect(await parcelsOf(shop)).toMatchObject([
    { status: "delivered", deliveredAt: new Date("2026-11-21T17:00:00Z") },
  ]);
  expect(await journeys(shop)).toEqual(["delivered", "out-for-delivery", "shipped"]);
  expect(await parcelsOf(other)).toMatchObject([{ status: "announced", scans: [] }]);
});

test("a carrier that only tells the fulfillment's status is enough", async () => {
  const shop = await aShop();
  await tell(
    shop,
    order,
    fulfillment(),
    fulfillment({ shipment_status: "delivered", updated_at: "2026-11-22T08:00:00Z", tracking_number: "NEW" }),
    fulfillment({
      shipment_status: "in_transit",
      updated_at: "2026-11-21T20:00:00Z",
      tracking_number: "OLD",
    }),
  );
  expect(await parcelsOf(shop)).toMatchObject([{ status: "delivered", trackingNumber: "NEW" }]);
  expect(await journeys(shop)).toEqual(["delivered", "shipped"]);
});

test("a cancelled fulfillment is no parcel any more, and stays cancelled", async () => {
  const shop = await aShop();
  await tell(
    shop,
    order,
    fulfillment({ status: "cancelled", updated_at: "2026-11-22T08:00:00Z" }),
    fulfillment(),
  );
  expect(await parcelsOf(shop)).toEqual([]);
  expect(await journeys(shop)).toEqual([]);
});

test("a fulfillment that has not left is no parcel yet", async () => {
  const shop = await aShop();
  await tell(shop, order, fulfillment({ status: "pending" }));
  expect(await parcelsOf(shop)).toEqual([]);
  await tell(shop, fulfillment({ status: "success", updated_at: "2026-11-21T09:00:00Z" }));
  expect(await journeys(shop)).toEqual(["shipped"]);
});

const boxes = (hour: number, ...numbers: string[]) =>
  fulfillment({
    updated_at: `2026-11-21T${String(hour).padStart(2, "0")}:00:00Z`,
    tracking_number: numbers[0],
    tracking_numbers: numbers,
    tracking_urls: numbers.map((number) => `https://track.example/${number}`),
  });
const whereOf = async (shop: Shop) =>
  Object.fromEntries((await parcelsOf(shop)).map(({ trackingNumber, status }) => [trackingNumber, status]));
const scanOf = (shop: Shop, trackingNumber: string, status: "in_transit" | "delivered", hour: number) => {
  const happenedAt = new Date(`2026-11-21T${hour}:30:00Z`);
  const nothing = { code: null, handover: null, trouble: null, message: null, city: null, country: null };
  const told = { key: `${trackingNumber}:${hour}`, trackingNumber, status, happenedAt, ...nothing };
  const scans = [{ ...told, estimatedDeliveryAt: null }];
  return inShop(shop.id, (tx) => takeScans(tx, shop.id, "aftership", scans, happenedAt));
};

test("a fulfillment in several boxes is as many parcels, each with scans of its own", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  for (const one of [shop, other]) await tell(one, order, boxes(9, "A1", "B 2", "A1"));
  expect(await parcelsOf(shop)).toMatchObject([
    { piece: 0, trackingNumber: "A1", carrier: "DHL", trackingUrl: "https://track.example/A1" },
    {
      piece: 1,
      name: "#1001.1-2",
      trackingNumber: "B 2",
      carrier: "DHL",
      trackingUrl: "https://track.example/B 2",
    },
  ]);
  expect(await journeys(shop)).toEqual(["shipped"]);

  await scanOf(shop, "B2", "in_transit", 11);
  await tell(shop, scan(4, "delivered", 17));
  expect(await whereOf(shop)).toEqual({ A1: "delivered", "B 2": "in_transit" });
  await scanOf(shop, "b2", "delivered", 19);
  expect(await whereOf(shop)).toEqual({ A1: "delivered", "B 2": "delivered" });
  expect(await journeys(shop)).toEqual(["delivered", "delivered", "shipped"]);
  expect(await whereOf(other)).toEqual({ A1: "announced", "B 2": "announced" });
});

test("a box of which nobody tells anything arrives with the first one, quietly", async () => {
  const shop = await aShop();
  await tell(shop, order, boxes(9, "A", "B"), scan(1, "attempted_delivery", 12), scan(2, "delivered", 17));
  expect(await parcelsOf(shop)).toMatchObject([
    { status: "delivered", scans: [{}, {}] },
    { status: "delivered", deliveredAt: new Date("2026-11-21T17:00:00Z"), scans: [] },
  ]);
  expect(await journeys(shop)).toEqual(["delivered", "shipped"]);
  const opened = await inShop(shop.id, (tx) => tx.deliveryException.count());
  expect(opened).toBe(1);
});

test("boxes that are added, corrected and taken out end the same in any order of telling", async () => {
  const story = [
    boxes(9, "OLD"),
    boxes(10, "A"),
    boxes(11, "A", "B"),
    boxes(12, "B", "C"),
    boxes(13, "C", "B"),
  ];
  const rotated = [...story.slice(2), ...story.slice(0, 2)];
  for (const told of [story, story.toReversed(), rotated, [...story, ...story]]) {
    const shop = await aShop();
    await tell(shop, order, ...told);
    expect(await whereOf(shop)).toEqual({ B: "announced", C: "announced" });
    expect(await journeys(shop)).toEqual(["shipped"]);
    await scanOf(shop, "C", "delivered", 15);
    await tell(shop, scan(1, "in_transit", 14));
    expect(await whereOf(shop)).toEqual({ B: "in_transit", C: "delivered" });
  }
});
