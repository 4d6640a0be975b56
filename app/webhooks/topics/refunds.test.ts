/** What a refund is worth in the shop's money, and what becomes of one that is told differently later. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { drainEverything, inboxRow } from "../../../tests/factories/inbox";
import { aShop } from "../../../tests/factories/shop";
import { orderPayload, refundPayload } from "../../../tests/factories/webhooks-payloads";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

async function tell(shop: Shop, topic: string, payload: unknown) {
  await inboxRow(shop, topic, payload);
  await drainEverything();
}

const refundedOf = (shop: Shop) =>
  inShop(shop.id, async (tx) => {
    const order = await tx.order.findFirstOrThrow({ include: { refunds: { include: { lines: true } } } });
    const [refund] = order.refunds;
    return {
      order: order.refundedMinor,
      refund: refund?.amountMinor,
      currency: refund?.currency,
      line: refund?.lines[0]?.subtotalMinor,
    };
  });

const both = (shop: string, buyer: string) => ({
  shop_money: { amount: shop, currency_code: "EUR" },
  presentment_money: { amount: buyer, currency_code: "JPY" },
});
const inYen = (amount: string) => [{ id: 50, kind: "refund", status: "success", amount, currency: "JPY" }];

test("a refund paid in the buyer's money counts in the shop's", async () => {
  const shop = await aShop();
  await tell(shop, "orders/create", orderPayload(1001));
  const line = {
    id: 51,
    line_item_id: 10011,
    quantity: 1,
    subtotal: 10,
    subtotal_set: both("10.00", "1633"),
  };
  await tell(
    shop,
    "refunds/create",
    refundPayload(5, 1001, { refund_line_items: [line], transactions: inYen("817") }),
  );
  expect(await refundedOf(shop)).toEqual({ order: 500, refund: 500, currency: "EUR", line: 1000 });
});

test("of money alone the order tells the rate, also where the refund came first", async () => {
  const shop = await aShop();
  const alone = refundPayload(5, 1001, { refund_line_items: [], transactions: inYen("1640") });
  await tell(shop, "orders/create", orderPayload(1001));
  await tell(shop, "refunds/create", alone);
  expect(await refundedOf(shop)).toMatchObject({ order: 0 });
  await tell(
    shop,
    "orders/updated",
    orderPayload(1001, {
      updated_at: "2026-11-21T15:00:01Z",
      total_price_set: both("41.00", "6724"),
      refunds: [alone],
    }),
  );
  expect(await refundedOf(shop)).toEqual({ order: 1000, refund: 1000, currency: "EUR", line: undefined });
});

test("a payment back that fails later is no refund any more; an old telling does not bring it back", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const [pending, failed] = ["pending", "failure"].map((status) =>
    refundPayload(5, 1001, {
      transactions: [{ id: 50, kind: "refund", status, amount: "10.00", currency: "EUR" }],
    }),
  );
  const told = (updated_at: string, refund: unknown) =>
    orderPayload(1001, { updated_at, refunds: [refund], financial_status: "paid" });
  for (const its of [shop, other]) {
    await tell(its, "orders/create", orderPayload(1001, { financial_status: "paid" }));
    await tell(its, "refunds/create", pending);
  }
  expect(await refundedOf(shop)).toMatchObject({ order: 1000 });
  await tell(shop, "orders/updated", told("2026-11-21T16:00:00Z", failed));
  await tell(shop, "orders/updated", told("2026-11-21T15:00:00Z", pending));
  await tell(shop, "refunds/create", pending);
  expect(await refundedOf(shop)).toMatchObject({ order: 0, refund: 0 });
  const customer = await inShop(shop.id, (tx) => tx.customer.findFirstOrThrow());
  expect(customer).toMatchObject({ ordersCount: 1, spentMinor: 4100n });
  expect(await refundedOf(other)).toMatchObject({ order: 1000 });
});
