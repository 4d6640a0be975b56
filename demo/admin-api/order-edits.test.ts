/** The app's own calls against the demo store: what an order edit changes, costs and refuses. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { commitAddition, readOrderNow } from "#app/offers/shopify-order-edits.server";
import type { AdminClient } from "#app/shops/admin-client";
import type { RunningDemo } from "../main.ts";
import { gid } from "../store/ids.ts";
import type { Order } from "../store/types.ts";
import { orderPayload } from "../webhooks/payloads/order.ts";
import { adminClient, aDemo, appWithScopes } from "../testing.ts";

let demo: RunningDemo;
let admin: AdminClient;
beforeAll(async () => {
  demo = await aDemo();
  admin = clientOf(demo);
});
afterAll(() => demo.stop());

function clientOf(running: RunningDemo): AdminClient {
  const call = adminClient(running);
  return {
    query: async (document, variables) => {
      const { data, errors } = await call(document, variables);
      if (errors) throw new Error(errors[0]!.message);
      return data;
    },
  };
}

function aPlacedOrder(): Order {
  const [product] = demo.store.products();
  const { token } = demo.store.startCheckout({
    lines: [{ variantId: product!.variants[0]!.id, quantity: 1 }],
  });
  demo.store.setContact(token, { email: "ada@shop.example" });
  demo.store.setShippingAddress(token, {
    firstName: "Ada",
    lastName: "Byron",
    address1: "1 Road",
    city: "Portland",
    zip: "97205",
    country: "United States",
    countryCode: "US",
  });
  return demo.store.placeOrder(token);
}

function aVariantOutside(order: Order) {
  const has = new Set(order.lines.map((line) => line.variantId));
  return demo.store
    .products()
    .flatMap((each) => each.variants)
    .find(({ id }) => !has.has(id))!;
}

test("a line is added with its discount, the balance is owed, and paying it settles the order", async () => {
  const order = aPlacedOrder();
  const variant = aVariantOutside(order);
  const { total, lines } = structuredClone(order);
  const stock = variant.inventory;
  const reduced = variant.price - Math.round(variant.price * 0.15);
  const addition = {
    orderGid: gid("Order", order.id),
    variantGid: gid("ProductVariant", variant.id),
    discountPercent: 15,
    description: "Goes well with your order",
    mostMinor: reduced,
    staffNote: "Added by the buyer",
  };
  expect(await commitAddition(admin, addition)).toEqual({ status: "added" });
  const tax = Math.round(reduced * demo.store.shop().taxRate);
  const now = await readOrderNow(admin, addition.orderGid, addition.variantGid);
  expect(now).toMatchObject({
    open: true,
    balanceMinor: reduced + tax,
    payUrl: expect.stringContaining("#balance"),
  });
  expect(now!.variantGids).toContain(addition.variantGid);
  expect(order.total).toBe(total + reduced + tax);
  expect(order.lines).toHaveLength(lines.length + 1);
  expect(variant.inventory).toBe(stock - 1);

  const around = { customer: undefined, origin: demo.origin, statusPath: "/", taxRate: 0 };
  const payload = orderPayload(order, around);
  expect(payload).toMatchObject({ financial_status: "partially_paid" });
  const [allocation] = payload.line_items.at(-1)!.discount_allocations;
  expect(payload.discount_applications[allocation!.discount_application_index]).toMatchObject({
    type: "manual",
  });

  expect(await commitAddition(admin, addition)).toMatchObject({ status: "refused" });
  const page = await fetch(`${demo.origin}${demo.store.statusPath(order)}`);
  expect(await page.text()).toContain("/pay?key=");
  demo.store.payBalance(order.id);
  demo.store.payBalance(order.id);
  expect(await readOrderNow(admin, addition.orderGid, addition.variantGid)).toMatchObject({
    balanceMinor: 0,
    payUrl: null,
  });
  expect(orderPayload(order, around)).toMatchObject({ financial_status: "paid", total_outstanding: "0.00" });
});

test("nothing is committed that would cost more than was shown", async () => {
  const order = aPlacedOrder();
  const variant = aVariantOutside(order);
  const before = order.total;
  const addition = {
    orderGid: gid("Order", order.id),
    variantGid: gid("ProductVariant", variant.id),
    discountPercent: 0,
    description: "",
    mostMinor: variant.price - 1,
    staffNote: "",
  };
  expect(await commitAddition(admin, addition)).toMatchObject({ status: "refused" });
  expect(order.total).toBe(before);
});

test("without the scope nothing can be edited", async () => {
  const other = await aDemo({ app: appWithScopes(["read_orders", "read_products"]) });
  const [order] = other.store.orders();
  const begin = "mutation ($id: ID!) { orderEditBegin(id: $id) { userErrors { message } } }";
  const denied = clientOf(other).query(begin, { id: gid("Order", order!.id) });
  await expect(denied).rejects.toThrow("write_order_edits");
  await other.stop();
});
