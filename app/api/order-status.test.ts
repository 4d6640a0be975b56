/** What the order status page is told of parcels: what carriers say, and nothing that staff noted for themselves. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { noteScan } from "#app/parcels/scans.server";
import type { OrderStatusResponse } from "../../extensions/shared/contract";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { drainEverything, inboxRow } from "../../tests/factories/inbox";
import { aShop } from "../../tests/factories/shop";
import { fulfillmentPayload, orderPayload } from "../../tests/factories/webhooks-payloads";

const web = servedHotPaths();

async function statusOf(shop: Shop) {
  const body = { orderId: "gid://shopify/Order/1001", checkoutToken: "checkout-1001", locale: "en" };
  const answer = await callAsExtension<OrderStatusResponse>(web.url, shop, "/api/order-status", body);
  if (answer.body.status !== "ok") throw new Error(answer.body.status);
  return answer.body;
}

test("a note of staff stays with staff, and what they know of the way is told without their words", async () => {
  const shop = await aShop();
  await inboxRow(shop, "orders/create", orderPayload(1001));
  await inboxRow(shop, "fulfillments/create", fulfillmentPayload(8, 1001));
  await drainEverything();
  const nothing = { handover: null, trouble: null } as const;
  await inShop(shop.id, async (tx) => {
    const { id } = await tx.parcel.findFirstOrThrow();
    const difficult = { ...nothing, status: "noted", message: "Customer is difficult" } as const;
    await noteScan(tx, shop.id, id, difficult, "42", new Date("2026-11-21T10:00:00Z"));
    const seen = { ...nothing, status: "in_transit", message: "Asked the depot" } as const;
    await noteScan(tx, shop.id, id, seen, "42", new Date("2026-11-21T11:00:00Z"));
  });
  const { parcels } = await statusOf(shop);
  expect(parcels[0]!.scans).toMatchObject([{ status: "in_transit", message: null }]);
  expect(JSON.stringify(parcels)).not.toMatch(/difficult|depot/);
});

test("an order that was wholly refunded is not being prepared", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  for (const its of [shop, other]) {
    await inboxRow(its, "orders/create", orderPayload(1001));
    await drainEverything();
  }
  await inShop(shop.id, (tx) =>
    tx.order.updateMany({ where: { shopId: shop.id }, data: { refundedMinor: 4_100 } }),
  );
  expect((await statusOf(shop)).orderState).toBe("refunded");
  expect((await statusOf(other)).orderState).toBe("processing");
});
