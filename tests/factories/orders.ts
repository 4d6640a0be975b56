import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type { OrderSnapshot } from "#app/orders/order";
import { orderByGid, recordOrder, type OrderWithLines } from "#app/orders/orders.server";

let count = 0;

/** An order of customer 7 with two lines: 2 × 10.00 and 1 × 20.00 EUR, 45.00 in all, paid. */
export function anOrderSnapshot(overrides: Partial<OrderSnapshot> = {}): OrderSnapshot {
  count++;
  const number = 5_000 + count;
  const placedAt = new Date("2026-11-20T10:00:00Z");
  return {
    gid: `gid://shopify/Order/${number}`,
    name: `#${number}`,
    customer: {
      gid: "gid://shopify/Customer/7",
      email: "customer-7@example.com",
      firstName: "Ada",
      lastName: "Lovelace",
      phone: null,
      country: "DE",
      updatedAt: placedAt,
    },
    email: "customer-7@example.com",
    phone: null,
    locale: "en",
    country: "DE",
    currency: "EUR",
    subtotalMinor: 4000,
    discountMinor: 0,
    shippingMinor: 500,
    taxMinor: 0,
    totalMinor: 4500,
    financialStatus: "paid",
    fulfillmentStatus: "unfulfilled",
    gateway: "bogus",
    checkoutToken: `checkout-${number}`,
    confirmationNumber: `CONF${number}`,
    statusUrl: `https://shop.example/orders/${number}?key=secret`,
    acceptsMarketing: false,
    test: false,
    placedAt,
    cancelledAt: null,
    updatedAt: placedAt,
    lines: [
      aLine(number * 10 + 1, { productGid: "gid://shopify/Product/101", quantity: 2 }),
      aLine(number * 10 + 2, { productGid: "gid://shopify/Product/102", priceMinor: 2000 }),
    ],
    discountCodes: [],
    refunds: [],
    ...overrides,
  };
}

export function aLine(
  number: number,
  overrides: Partial<OrderSnapshot["lines"][number]> = {},
): OrderSnapshot["lines"][number] {
  return {
    gid: `gid://shopify/LineItem/${number}`,
    productGid: "gid://shopify/Product/101",
    variantGid: null,
    title: "Teapot",
    sku: "TEA-1",
    quantity: 1,
    priceMinor: 1000,
    discountMinor: 0,
    ...overrides,
  };
}

/** Records an order as a webhook would; its facts start their jobs, so the queue must be started. */
export async function anOrder(
  shop: Pick<Shop, "id">,
  overrides: Partial<OrderSnapshot> = {},
  now = new Date("2026-11-20T10:00:05Z"),
): Promise<OrderWithLines> {
  const snapshot = anOrderSnapshot(overrides);
  return inShop(shop.id, async (tx) => {
    await recordOrder(tx, shop.id, snapshot, now);
    return (await orderByGid(tx, shop.id, snapshot.gid))!;
  });
}
