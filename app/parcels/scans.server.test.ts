import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { parcelsJobs } from "#app/worker/parcels-jobs.server";
import { drainEverything, inboxOf, inboxRow, waitingJobs } from "../../tests/factories/inbox";
import { drainOnly } from "../../tests/factories/jobs";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { fulfillmentPayload, orderPayload } from "../../tests/factories/webhooks-payloads";
import { parcelsOfOrder } from "./parcels.server";
import { noteScan, settledNote, withdrawScan, type StaffNote } from "./scans.server";
import { keepFile } from "./sources.server";
import { fieldsOf, guessMapping, readFile, readTable } from "./sources/file";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const ORDER = "gid://shopify/Order/1001";
const at = (hour: number) => new Date(`2026-11-21T${String(hour).padStart(2, "0")}:00:00Z`);
const parcelOf = async (shop: Shop) =>
  (await inShop(shop.id, (tx) => parcelsOfOrder(tx, shop.id, ORDER)))[0]!;
const openOnes = (shop: Shop) =>
  inShop(shop.id, async (tx) =>
    (await tx.deliveryException.findMany({ where: { closedAt: null } })).map(({ kind }) => kind).sort(),
  );
const note = (changes: Partial<StaffNote>): StaffNote => ({
  status: "noted",
  handover: null,
  trouble: null,
  message: null,
  ...changes,
});

async function ship(shop: Shop, order = {}, fulfillment = {}) {
  await inboxRow(shop, "orders/create", orderPayload(1001, order));
  await inboxRow(shop, "fulfillments/create", fulfillmentPayload(8, 1001, fulfillment));
  await drainEverything();
  return parcelOf(shop);
}

test("what staff notes counts like a scan, and can be taken back", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const { id } = await ship(shop);
  await ship(other);
  const put = (shopOf: Shop, changes: Partial<StaffNote>, hour: number) =>
    inShop(shopOf.id, (tx) => noteScan(tx, shopOf.id, id, note(changes), "42", at(hour)));
  await put(shop, { status: "in_transit" }, 10);
  const delivered = await put(shop, { status: "delivered", handover: "safe-place" }, 12);
  expect(await parcelOf(shop)).toMatchObject({
    status: "delivered",
    handover: "safe-place",
    deliveredAt: at(12),
    scans: [{ source: "staff", staffId: "42" }, { status: "in_transit" }],
  });
  const takeBack = (one: Shop) =>
    inShop(one.id, (tx) => withdrawScan(tx, one.id, { parcelId: id, scanId: delivered! }, at(13)));
  expect(await takeBack(other)).toEqual({ status: "not-possible" });
  expect(await takeBack(shop)).toEqual({ status: "withdrawn" });
  expect(await takeBack(shop)).toEqual({ status: "not-possible" });
  expect(await parcelOf(shop)).toMatchObject({ status: "in_transit", handover: null, deliveredAt: null });
  expect(await put(other, { status: "delivered" }, 12)).toBeNull();
  expect(await parcelOf(other)).toMatchObject({ status: "announced", scans: [] });
});

test("damage stays open until staff calls it put right, also after the delivery", async () => {
  const shop = await aShop();
  const { id } = await ship(shop);
  const put = (changes: StaffNote, hour: number) =>
    inShop(shop.id, (tx) => noteScan(tx, shop.id, id, changes, "42", at(hour)));
  await put(note({ status: "delivered" }), 12);
  const damaged = await put(note({ trouble: "damaged" }), 13);
  expect(await openOnes(shop)).toEqual(["damaged"]);
  await put(settledNote("sent again"), 14);
  expect(await openOnes(shop)).toEqual([]);
  await put(note({ message: "called" }), 15);
  expect(await openOnes(shop)).toEqual([]);
  await inShop(shop.id, (tx) => withdrawScan(tx, shop.id, { parcelId: id, scanId: damaged! }, at(16)));
  expect(await parcelOf(shop)).toMatchObject({ status: "delivered" });
});

test("goods taken along from the till are delivered at once, and nobody waits for a carrier", async () => {
  const shop = await aShop();
  const paidAt = "2026-11-21T08:00:00Z";
  const till = { source_name: "pos", created_at: paidAt, processed_at: paidAt };
  const parcel = await ship(shop, till, { tracking_number: null, tracking_company: null });
  expect(parcel).toMatchObject({ way: "counter", status: "delivered", handover: "collected" });
  const jobs = (await waitingJobs(shop)).filter((job) => /^journeys\..*parcel/.test(job));
  expect(jobs).toHaveLength(1);
  expect(jobs[0]).toContain("delivered");
  expect(await openOnes(shop)).toEqual([]);
});

test("a manual fulfillment without tracking is not missed by anybody", async () => {
  const shop = await aShop();
  await ship(shop, {}, { tracking_number: null, tracking_company: null, tracking_url: null });
  expect(
    await inShop(shop.id, (tx) => tx.deliveryClock.findMany({ where: { kind: "not-picked-up" } })),
  ).toEqual([]);
});

const PREPARED = {
  fulfillment_order: {
    id: "gid://shopify/FulfillmentOrder/5",
    status: "open",
    preparable: true,
    delivery_method: { method_type: "pick_up" },
  },
};
const asked: unknown[] = [];
const admin = {
  query: async <Data>(document: string, variables?: Record<string, unknown>) => {
    asked.push(variables);
    return (
      document.includes("fulfillmentOrder(")
        ? {
            fulfillmentOrder: {
              orderId: ORDER,
              orderName: "#1001",
              deliveryMethod: { methodType: "PICK_UP" },
            },
          }
        : { location: { address: { countryCode: "AE" } } }
    ) as Data;
  },
};
const work = (now: Date) =>
  drainOnly(parcelsJobs(testPorts({ now: () => now, adminFor: async () => admin })));

test("a local pickup: ready, reminded of, fetched; one parcel, whichever is told first", async () => {
  const [shop, late] = [await aShop(), await aShop()];
  for (const one of [shop, late]) await inboxRow(one, "orders/create", orderPayload(1001));
  const fetched = fulfillmentPayload(8, 1001, {
    tracking_number: null,
    tracking_company: null,
    created_at: "2026-11-23T08:00:00Z",
    updated_at: "2026-11-23T08:00:00Z",
  });
  await inboxRow(shop, "fulfillment_orders/line_items_prepared_for_pickup", PREPARED);
  await drainEverything();
  await work(at(12));
  expect(await parcelOf(shop)).toMatchObject({ way: "pickup", status: "ready_for_pickup" });
  expect(await inShop(shop.id, (tx) => tx.deliveryClock.findMany())).toMatchObject([
    { kind: "not-collected" },
  ]);
  await inboxRow(shop, "fulfillments/create", fetched);

  await inboxRow(late, "fulfillments/create", fetched);
  await drainEverything();
  await inboxRow(late, "fulfillment_orders/line_items_prepared_for_pickup", PREPARED);
  await drainEverything();
  await work(at(13));
  for (const one of [shop, late]) {
    const parcels = await inShop(one.id, (tx) => parcelsOfOrder(tx, one.id, ORDER));
    expect(parcels).toMatchObject([{ way: "pickup", status: "delivered", handover: "collected" }]);
    expect(await inShop(one.id, (tx) => tx.deliveryClock.findMany())).toEqual([]);
  }
});

test("a shipment that was called off is not what waits to be fetched", async () => {
  const shop = await aShop();
  await inboxRow(shop, "orders/create", orderPayload(1001));
  const calledOff = { tracking_number: null, tracking_company: null, status: "cancelled" };
  await inboxRow(shop, "fulfillments/create", fulfillmentPayload(8, 1001, calledOff));
  await drainEverything();
  await inboxRow(shop, "fulfillment_orders/line_items_prepared_for_pickup", PREPARED);
  await drainEverything();
  await work(at(12));
  const ways = await inShop(shop.id, (tx) =>
    tx.parcel.findMany({
      where: { shopId: shop.id, cancelledAt: null },
      select: { way: true, status: true },
    }),
  );
  expect(ways).toEqual([{ way: "pickup", status: "ready_for_pickup" }]);
});

test("working days are those of the country that the parcel left from; a location is asked for once", async () => {
  const shop = await aShop({ country: "DE", timezone: "Europe/Berlin" });
  asked.length = 0;
  await ship(shop, {}, { location_id: 77 });
  await work(at(9));
  expect(asked).toEqual([{ id: "gid://shopify/Location/77" }]);
  expect(await parcelOf(shop)).toMatchObject({ originCountry: "AE" });
  const dueFrom = async (country: string, order: number) => {
    await inboxRow(shop, "orders/create", orderPayload(order));
    const left = { origin_address: { country_code: country }, created_at: "2026-11-16T08:00:00Z" };
    await inboxRow(shop, "fulfillments/create", fulfillmentPayload(order, order, left));
    await drainEverything();
    const orderGid = `gid://shopify/Order/${order}`;
    const [clock] = await inShop(shop.id, (tx) => tx.deliveryClock.findMany({ where: { orderGid } }));
    return clock!.dueAt.toISOString();
  };
  // Four working days after a Monday; in Egypt the weekend begins on Friday.
  expect(await dueFrom("DE", 2001)).toBe("2026-11-20T08:00:00.000Z");
  expect(await dueFrom("EG", 2002)).toBe("2026-11-22T08:00:00.000Z");
  await inboxRow(shop, "orders/create", orderPayload(3001));
  await inboxRow(shop, "fulfillments/create", fulfillmentPayload(3001, 3001, { location_id: 77 }));
  await drainEverything();
  await work(at(10));
  expect(asked).toHaveLength(1);
});

test("a file's columns are found by their names; bad rows are named, kept, and hold up nothing", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await ship(shop);
  await ship(other);
  const text = [
    "\uFEFFSendungsnummer;Datum;Status;Ort",
    'JJD 0001;2026-11-21T10:00:00Z;In Transit;"Ulm; Nord"',
    "JJD0001;yesterday;delivered;Ulm",
    "JJD0001;2026-11-21T15:00:00Z;delivered;Ulm",
  ].join("\r\n");
  const table = readTable(text);
  if (typeof table === "string") throw new Error(table);
  const mapping = guessMapping(table.header);
  expect(mapping).toEqual({
    tracking_number: "Sendungsnummer",
    happened_at: "Datum",
    status: "Status",
    city: "Ort",
  });
  expect(readFile(table, mapping)).toMatchObject({
    scans: [{ city: "Ulm; Nord" }, { status: "delivered" }],
    problems: [{ row: 2, problem: expect.stringContaining("time") }],
  });
  for (let twice = 0; twice < 2; twice++) {
    await keepFile(prisma, shop.domain, fieldsOf(table, mapping));
    await drainEverything();
  }
  expect(await parcelOf(shop)).toMatchObject({
    status: "delivered",
    scans: [{ source: "file" }, { source: "file", city: "Ulm; Nord" }],
  });
  const kept = (await inboxOf(shop)).filter((row) => row.topic === "carriers/file");
  expect(kept).toMatchObject([{ status: "done", error: expect.stringContaining("Row 2") }]);
  expect(kept[0]!.body).toContain("yesterday");
  expect(await parcelOf(other)).toMatchObject({ status: "announced" });
  expect(readTable("a,b")).toBe("The file has a heading but no rows.");
  expect(readTable("")).toBe("The file is empty.");
});
