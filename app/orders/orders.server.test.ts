import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customerByGid, personKeyOf } from "#app/customers/customers.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import {
  findForActor,
  orderByGid,
  ordersOfCustomer,
  recordOrder,
  recordRefund,
  type OrderActor,
} from "#app/orders/orders.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { waitingJobs } from "../../tests/factories/inbox";
import { anOrder, anOrderSnapshot } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const CUSTOMER = "gid://shopify/Customer/7";
const now = new Date("2026-11-22T12:00:00Z");
const totalsOf = async (shop: Shop) => {
  const customer = await inShop(shop.id, (tx) => customerByGid(tx, shop.id, CUSTOMER));
  return { orders: customer!.ordersCount, spent: Number(customer!.spentMinor) };
};

describe("may this caller act for this order?", () => {
  const asks = (shop: Shop, actor: Partial<OrderActor> & { orderGid: string }) =>
    inShop(shop.id, (tx) => findForActor(tx, shop.id, { customerGid: null, ...actor }));

  test("the buyer who is signed in, or who knows what outsiders cannot guess", async () => {
    const shop = await aShop();
    const order = await anOrder(shop);
    const { gid: orderGid } = order;
    expect((await asks(shop, { orderGid, customerGid: CUSTOMER })).status).toBe("found");
    expect((await asks(shop, { orderGid, checkoutToken: order.checkoutToken! })).status).toBe("found");
    expect((await asks(shop, { orderGid, confirmationNumber: order.confirmationNumber! })).status).toBe(
      "found",
    );
  });

  test("nobody else", async () => {
    const shop = await aShop();
    const guest = await anOrder(shop, { customer: null, checkoutToken: null, confirmationNumber: null });
    const { gid: orderGid } = await anOrder(shop);
    expect((await asks(shop, { orderGid })).status).toBe("denied");
    expect((await asks(shop, { orderGid, customerGid: "gid://shopify/Customer/8" })).status).toBe("denied");
    expect((await asks(shop, { orderGid, checkoutToken: "", confirmationNumber: "" })).status).toBe("denied");
    expect((await asks(shop, { orderGid: guest.gid, checkoutToken: undefined })).status).toBe("denied");
  });

  test("an order that has not come yet, or is another shop's, is not there yet", async () => {
    const [shop, other] = [await aShop(), await aShop()];
    const order = await anOrder(other);
    const known = { orderGid: order.gid, confirmationNumber: order.confirmationNumber! };
    expect(await asks(shop, known)).toEqual({ status: "not-yet" });
  });
});

test("a customer's totals follow orders, refunds and cancellations", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await anOrder(other);
  const first = anOrderSnapshot();
  const second = anOrderSnapshot({ placedAt: new Date("2026-11-21T10:00:00Z") });
  const record = (told: typeof first) => inShop(shop.id, (tx) => recordOrder(tx, shop.id, told, now));
  await record(second);
  await record(first);
  expect(await totalsOf(shop)).toEqual({ orders: 2, spent: 9000 });

  const refund = {
    gid: "gid://shopify/Refund/1",
    amountMinor: 1000,
    currency: "EUR",
    refundedAt: now,
    lines: [],
  };
  for (let twice = 0; twice < 2; twice++) {
    await inShop(shop.id, (tx) => recordRefund(tx, shop.id, first.gid, refund));
  }
  expect(await totalsOf(shop)).toEqual({ orders: 2, spent: 8000 });
  await record({ ...second, cancelledAt: now, updatedAt: now });
  expect(await totalsOf(shop)).toEqual({ orders: 1, spent: 3500 });

  const customer = await inShop(shop.id, (tx) => customerByGid(tx, shop.id, CUSTOMER));
  expect([customer!.firstOrderAt, customer!.lastOrderAt]).toEqual([first.placedAt, second.placedAt]);
  expect(await totalsOf(other)).toEqual({ orders: 1, spent: 4500 });
});

test("the first order is the earliest, also when it is told last", async () => {
  const shop = await aShop();
  const later = await anOrder(shop, { placedAt: new Date("2026-11-21T10:00:00Z") });
  const earlier = await anOrder(shop);
  const isFirst = async (gid: string) =>
    (await inShop(shop.id, (tx) => orderByGid(tx, shop.id, gid)))!.isFirst;
  expect([await isFirst(earlier.gid), await isFirst(later.gid)]).toEqual([true, false]);
  const newestFirst = await inShop(shop.id, (tx) => ordersOfCustomer(tx, shop.id, CUSTOMER));
  expect(newestFirst.map((order) => order.gid)).toEqual([later.gid, earlier.gid]);
});

test("an order from before the installation is history: kept, followed, but nothing starts", async () => {
  const shop = await aShop();
  const old = anOrderSnapshot({ placedAt: new Date("2025-06-01T10:00:00Z") });
  const refund = {
    gid: "gid://shopify/Refund/2",
    amountMinor: 500,
    currency: "EUR",
    refundedAt: now,
    lines: [],
  };
  await inShop(shop.id, (tx) => recordOrder(tx, shop.id, old, now));
  await inShop(shop.id, (tx) => recordRefund(tx, shop.id, old.gid, refund));
  await inShop(shop.id, (tx) => recordOrder(tx, shop.id, { ...old, cancelledAt: now, updatedAt: now }, now));
  const stored = await inShop(shop.id, (tx) => orderByGid(tx, shop.id, old.gid));
  expect(stored).toMatchObject({ imported: true, refundedMinor: 500, cancelledAt: now });
  expect(await waitingJobs(shop)).toEqual([]);
});

test("a person is known by their customer id, else by their order", () => {
  const orderGid = "gid://shopify/Order/1";
  expect(personKeyOf({ customerGid: CUSTOMER, orderGid })).toBe(CUSTOMER);
  expect(personKeyOf({ customerGid: null, orderGid })).toBe(`order:${orderGid}`);
});
