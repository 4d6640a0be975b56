import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { parcelsOfOrder } from "#app/parcels/parcels.server";
import { connectSource, sourcesOf, type SourceKey } from "#app/parcels/sources.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { drainEverything, inboxOf, inboxRow, waitingJobs } from "../../tests/factories/inbox";
import { aShop } from "../../tests/factories/shop";
import { fulfillmentPayload, orderPayload } from "../../tests/factories/webhooks-payloads";
import { handleScans } from "./tracking-intake.server";

let web: Server;
let url: string;
beforeAll(async () => {
  await startQueue("web");
  web = createServer((request, response) => void handleScans(request, response));
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => web.close(resolve));
  await stopQueue();
});

const SECRET = "the secret of this shop";
const keys = { secret: env().ENCRYPTION_KEY };

async function aConnectedShop(key: SourceKey = "aftership", secret = SECRET): Promise<Shop> {
  const shop = await aShop();
  await inShop(shop.id, (tx) => connectSource(tx, shop.id, key, secret, keys, new Date()));
  return shop;
}

async function ship(shop: Shop, number = "JJD0001", orderId = 1001): Promise<void> {
  await inboxRow(shop, "orders/create", orderPayload(orderId));
  await inboxRow(
    shop,
    "fulfillments/create",
    fulfillmentPayload(orderId + 7000, orderId, { tracking_number: number }),
  );
  await drainEverything();
}

const parcelOf = async (shop: Shop, order = 1001) =>
  (await inShop(shop.id, (tx) => parcelsOfOrder(tx, shop.id, `gid://shopify/Order/${order}`)))[0]!;

type Checkpoint = [tag: string, subtag: string, hour: number];

function update(number: string, checkpoints: Checkpoint[], extra = {}, id = `event-${Math.random()}`) {
  const [tag, subtag] = checkpoints.at(-1)!;
  return {
    ts: 1_764_000_000,
    event: "tracking_update",
    event_id: id,
    is_tracking_first_tag: true,
    msg: {
      tracking_number: number,
      slug: "dhl",
      tag,
      subtag,
      expected_delivery: null,
      customer_name: "Ada Lovelace",
      checkpoints: checkpoints.map(([tag, subtag, hour]) => ({
        slug: "dhl",
        tag,
        subtag,
        message: subtag,
        city: "Leipzig",
        country_iso3: "DEU",
        checkpoint_time: `2026-11-21T${String(hour).padStart(2, "0")}:00:00+01:00`,
      })),
      ...extra,
    },
  };
}

async function push(
  shop: Pick<Shop, "id">,
  source: string,
  told: unknown,
  { secret = SECRET, headers = {} }: { secret?: string; headers?: Record<string, string> } = {},
) {
  const body = typeof told === "string" ? told : JSON.stringify(told);
  const signature = createHmac("sha256", secret).update(body).digest("base64");
  const answer = await fetch(`${url}/scans/${source}/${shop.id}`, {
    method: "POST",
    headers: { "aftership-hmac-sha256": signature, authorization: `Bearer ${secret}`, ...headers },
    body,
  });
  return { status: answer.status, body: (await answer.json().catch(() => null)) as unknown };
}

test("AfterShip's checkpoints become scans, however often and in whatever order they are told", async () => {
  const [shop, other] = [await aConnectedShop(), await aConnectedShop()];
  await ship(shop);
  await ship(other);
  const way: Checkpoint[] = [
    ["InfoReceived", "InfoReceived_001", 6],
    ["InTransit", "InTransit_003", 8],
    ["OutForDelivery", "OutForDelivery_001", 12],
    ["Delivered", "Delivered_003", 15],
  ];
  expect(await push(shop, "aftership", update("jjd 0001", way))).toMatchObject({ status: 200 });
  expect((await push(shop, "aftership", update("JJD0001", way.slice(0, 2)))).status).toBe(200);
  await drainEverything();
  expect(await parcelOf(shop)).toMatchObject({
    status: "delivered",
    handover: "signed",
    deliveredAt: new Date("2026-11-21T14:00:00Z"),
    inTransitAt: new Date("2026-11-21T07:00:00Z"),
    scans: [
      { code: "Delivered_003", source: "aftership", city: "Leipzig" },
      { code: "OutForDelivery_001" },
      { code: "InTransit_003" },
      { code: "InfoReceived_001" },
    ],
  });
  const delivered = (await waitingJobs(shop)).filter((job) => /^journeys\..*delivered/.test(job));
  expect(delivered).toHaveLength(1);
  expect(await parcelOf(other)).toMatchObject({ status: "announced", scans: [] });
});

test.each<[string, string, object]>([
  ["Delivered", "Delivered_001", { status: "delivered", handover: "unknown" }],
  ["Delivered", "Delivered_002", { status: "delivered", handover: "collected" }],
  ["Delivered", "Delivered_004", { status: "delivered", handover: "signed" }],
  ["Delivered", "Delivered_005", { status: "delivered", handover: "neighbour" }],
  ["AvailableForPickup", "AvailableForPickup_001", { status: "ready_for_pickup" }],
  ["AttemptFail", "AttemptFail_002", { status: "attempted" }],
  ["Exception", "Exception_005", { status: "delayed" }],
  ["Exception", "Exception_013", { status: "failed" }],
  ["Expired", "Expired_001", { status: "announced" }],
])("what %s, %s means", async (tag, subtag, parcel) => {
  const shop = await aConnectedShop();
  await ship(shop);
  await push(shop, "aftership", update("JJD0001", [[tag, subtag, 12]]));
  await drainEverything();
  expect(await parcelOf(shop)).toMatchObject({ ...parcel, scans: [{ code: subtag }] });
});

test("wrong address, damaged, lost and returned are told apart, and closed by what shows that they are over", async () => {
  const shop = await aConnectedShop();
  await ship(shop);
  const exceptions = async () =>
    (await inShop(shop.id, (tx) => tx.deliveryException.findMany({ orderBy: { id: "asc" } }))).map(
      ({ kind, closedAt }) => `${kind} ${closedAt ? "closed" : "open"}`,
    );
  await push(shop, "aftership", update("JJD0001", [["Exception", "Exception_007", 8]]));
  await push(shop, "aftership", update("JJD0001", [["Exception", "Exception_012", 9]]));
  await drainEverything();
  expect((await exceptions()).sort()).toEqual(["damaged open", "wrong-address open"]);
  await push(shop, "aftership", update("JJD0001", [["OutForDelivery", "OutForDelivery_001", 10]]));
  await drainEverything();
  expect((await exceptions()).sort()).toEqual([
    "damaged open",
    "failed-attempt open",
    "wrong-address closed",
  ]);
  await push(shop, "aftership", update("JJD0001", [["Exception", "Exception_013", 11]]));
  await push(shop, "aftership", update("JJD0001", [["Exception", "Exception_010", 12]]));
  await drainEverything();
  expect((await exceptions()).filter((one) => one.endsWith("open")).sort()).toEqual([
    "damaged open",
    "lost open",
    "returned open",
  ]);
});

test("a number that nobody knows yet is kept, and matched when its parcel comes", async () => {
  const [shop, other] = [await aConnectedShop(), await aConnectedShop()];
  await push(shop, "aftership", update("LATE-1", [["InTransit", "InTransit_001", 9]]));
  await drainEverything();
  const inbox = (await inboxOf(shop)).find((row) => row.topic === "carriers/aftership");
  expect(inbox).toMatchObject({ status: "done", error: expect.stringContaining("wait for a parcel") });
  await ship(other, "LATE1");
  await ship(shop, "late 1");
  expect(await parcelOf(shop)).toMatchObject({ status: "in_transit", scans: [{ code: "InTransit_001" }] });
  expect(await parcelOf(other)).toMatchObject({ status: "announced", scans: [] });
  expect(await inShop(shop.id, (tx) => tx.waitingScan.count())).toBe(0);
});

test("only who knows the shop's secret is heard; the raw body is kept once", async () => {
  const [shop, other] = [await aConnectedShop(), await aConnectedShop("aftership", "another secret")];
  const told = update("JJD0001", [["InTransit", "InTransit_001", 9]], {}, "the-same");
  expect((await push(shop, "aftership", told, { secret: "wrong" })).status).toBe(401);
  expect((await push(other, "aftership", told)).status).toBe(401);
  expect((await push(await aShop(), "aftership", told)).status).toBe(401);
  expect((await push({ id: 987_654 }, "aftership", told)).status).toBe(401);
  expect((await push(shop, "feed", told)).status).toBe(401);
  expect((await push(shop, "unknown", told)).status).toBe(404);
  expect(await inboxOf(shop)).toEqual([]);
  await push(shop, "aftership", told);
  await push(shop, "aftership", told);
  expect(await inboxOf(shop)).toMatchObject([
    { webhookId: "aftership:the-same", body: JSON.stringify(told) },
  ]);
  expect((await push(shop, "aftership", "{not json")).status).toBe(400);
  expect((await inboxOf(shop)).map((row) => row.status)).toContain("malformed");
});

test("any system may push scans: good rows are taken, bad ones named", async () => {
  const shop = await aConnectedShop("feed");
  await ship(shop);
  const told = {
    scans: [
      { tracking_number: "JJD0001", status: "In Transit", happened_at: "2026-11-21T09:00:00Z", city: "Ulm" },
      { tracking_number: "JJD0001", status: "teleported", happened_at: "2026-11-21T10:00:00Z" },
      { status: "delivered", happened_at: "2026-11-21T11:00:00Z" },
      {
        tracking_number: "JJD0001",
        status: "delivered",
        happened_at: "2026-11-21T12:00:00Z",
        handover: "neighbour",
      },
    ],
  };
  const answer = await push(shop, "feed", told);
  expect(answer).toMatchObject({
    status: 200,
    body: { scans: 2, problems: [{ row: 2 }, { row: 3, problem: "The tracking number is missing." }] },
  });
  await drainEverything();
  expect(await parcelOf(shop)).toMatchObject({
    status: "delivered",
    handover: "neighbour",
    scans: [{ status: "delivered" }, { status: "in_transit", city: "Ulm" }],
  });
  const [source] = await inShop(shop.id, (tx) => sourcesOf(tx, shop.id));
  expect(source).toMatchObject({ key: "feed", heardAt: expect.any(Date) });
});
