/** Shopify promises no order and no "once": whatever the order of arrival, the end is the same. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { orderByGid } from "#app/orders/orders.server";
import { parcelsOfOrder } from "#app/parcels/parcels.server";
import { customerByGid } from "#app/customers/customers.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { drainInbox } from "#app/webhooks/drain.server";
import { drainEverything, inboxOf, inboxRow, waitingJobs } from "../../tests/factories/inbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { fulfillmentPayload, orderPayload, refundPayload } from "../../tests/factories/webhooks-payloads";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

type Webhook = { topic: string; payload: unknown };

const paid = { financial_status: "paid" };
const shipped = {
  ...paid,
  fulfillment_status: "fulfilled",
  updated_at: "2026-11-21T08:00:00Z",
  fulfillments: [fulfillmentPayload(8, 1001)],
};
const refunded = {
  ...shipped,
  financial_status: "partially_refunded",
  updated_at: "2026-11-21T15:00:00Z",
  refunds: [refundPayload(5, 1001)],
};
const cancelled = { ...refunded, cancelled_at: "2026-11-21T16:00:00Z", updated_at: "2026-11-21T16:00:00Z" };

/** create and paid share a second, as they do at Shopify. */
const STORY: Webhook[] = [
  { topic: "orders/create", payload: orderPayload(1001) },
  { topic: "orders/paid", payload: orderPayload(1001, paid) },
  { topic: "orders/updated", payload: orderPayload(1001, { ...shipped, email: "new@example.com" }) },
  { topic: "fulfillments/create", payload: fulfillmentPayload(8, 1001) },
  { topic: "refunds/create", payload: refundPayload(5, 1001) },
  { topic: "orders/cancelled", payload: orderPayload(1001, { ...cancelled, email: "new@example.com" }) },
];

/** Plays each story in a shop of its own; the n-th webhooks of all of them arrive together, a minute after the last. */
async function play(stories: Webhook[][]): Promise<Shop[]> {
  const shops: Shop[] = [];
  for (const _story of stories) shops.push(await aShop());
  const length = Math.max(...stories.map((story) => story.length));
  for (let step = 0; step < length; step++) {
    for (const [index, story] of stories.entries()) {
      const webhook = story[step];
      if (webhook) await inboxRow(shops[index]!, webhook.topic, webhook.payload);
    }
    const now = new Date(Date.parse("2026-11-22T12:00:00Z") + step * 60_000);
    while ((await drainInbox(testPorts({ now: () => now }))) > 0);
  }
  await drainEverything();
  return shops;
}

async function stateOf(shop: Shop) {
  const state = await inShop(shop.id, async (tx) => {
    const order = await orderByGid(tx, shop.id, "gid://shopify/Order/1001");
    const parcels = await parcelsOfOrder(tx, shop.id, "gid://shopify/Order/1001");
    const customer = await customerByGid(tx, shop.id, "gid://shopify/Customer/7");
    const refunds = await tx.refund.findMany({ include: { lines: true } });
    return { order, parcels: parcels.map(({ id: _id, ...parcel }) => parcel), customer, refunds };
  });
  const jobs = (await waitingJobs(shop)).map((job) => job.replace(/[0-9a-f-]{36}/, "<parcel>"));
  const inbox = (await inboxOf(shop)).map((row) => row.status);
  const text = JSON.stringify({ state, jobs }, (key, value: unknown) => {
    if (key === "shopId" || key === "createdAt") return undefined;
    return typeof value === "bigint" ? Number(value) : value;
  });
  return { inbox: [...new Set(inbox)], ...(JSON.parse(text) as { state: unknown; jobs: string[] }) };
}

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

test(
  "all 720 orders of arrival, each with a repetition, end in the same state",
  { timeout: 600_000 },
  async () => {
    const orders = permutations(STORY);
    const stories = orders.map((order, index) => [...order, order[index % order.length]!]);
    const [straight, ...shuffled] = await play([STORY, ...stories]);

    const expected = await stateOf(straight!);
    expect(expected.inbox).toEqual(["done"]);
    expect(expected.state).toMatchObject({
      order: { financialStatus: "partially_refunded", refundedMinor: 1000, email: "new@example.com" },
      customer: { ordersCount: 0, spentMinor: 0 },
      parcels: [{ status: "announced", trackingNumber: "JJD0001" }],
    });
    expect(expected.jobs.filter((job) => job.startsWith("loyalty."))).toEqual([
      "loyalty.award-order gid://shopify/Order/1001",
      "loyalty.claw-back gid://shopify/Order/1001 gid://shopify/Refund/5",
      "loyalty.join-order gid://shopify/Order/1001",
      "loyalty.void-order gid://shopify/Order/1001",
    ]);
    for (const [index, shop] of shuffled.entries()) {
      const arrival = stories[index]!.map(({ topic }) => topic);
      expect({ arrival, ...(await stateOf(shop)) }).toEqual({ arrival, ...expected });
    }
  },
);
