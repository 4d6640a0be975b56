import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { parcelsOfOrder } from "#app/parcels/parcels.server";
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
