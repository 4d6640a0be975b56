/** Amounts beyond 32 bits, as orders in rupiah have them, through every way into the tables and out of them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyticsOf } from "#app/analytics/analytics.server";
import { customerByGid } from "#app/customers/customers.server";
import { inShop } from "#app/db/in-shop.server";
import { accountOf, awardOrder, joinLoyalty, listMembers, loyaltyResults } from "#app/loyalty/loyalty.server";
import { pool } from "#app/db/pool.server";
import { orderByGid, recordRefund } from "#app/orders/orders.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aProgram } from "../factories/loyalty";
import { aLine, anOrder } from "../factories/orders";
import { aShop } from "../factories/shop";
import { withClient } from "../database/server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

/** 48 million rupiah; Shopify tells two decimals. */
const PRICE = 4_800_000_000;

test("every column of money and points is 64 bits wide", async () => {
  const narrow = await withClient(process.env.DATABASE_URL!, async (client) => {
    const { rows } = await client.query(`
      SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type <> 'bigint'
        AND (column_name LIKE '%Minor' OR (table_name, column_name) = ('LedgerEntry', 'points'))`);
    return rows;
  });
  expect(narrow).toEqual([]);
});

test("an order in rupiah is taken in, refunded, counted and read", async () => {
  const shop = await aShop({ currency: "IDR", timezone: "UTC" });
  const line = aLine(1, { priceMinor: PRICE });
  const amounts = { subtotalMinor: PRICE, totalMinor: PRICE, taxMinor: 0, shippingMinor: 0 };
  const order = await anOrder(shop, { currency: "IDR", ...amounts, lines: [line] });
  expect(order).toMatchObject({ totalMinor: PRICE, lines: [{ priceMinor: PRICE }] });

  const refund = {
    gid: "gid://shopify/Refund/1",
    refundedAt: new Date("2026-11-21T10:00:00Z"),
    amountMinor: PRICE - 100,
    currency: "IDR",
    lines: [
      {
        gid: "gid://shopify/RefundLineItem/1",
        lineItemGid: line.gid,
        quantity: 1,
        subtotalMinor: PRICE - 100,
      },
    ],
  };
  await inShop(shop.id, (tx) => recordRefund(tx, shop.id, order.gid, refund));
  await inShop(shop.id, async (tx) => {
    expect((await orderByGid(tx, shop.id, order.gid))!.refundedMinor).toBe(PRICE - 100);
    expect(Number((await customerByGid(tx, shop.id, order.customerGid!))!.spentMinor)).toBe(100);
  });

  const second = { currency: "IDR", ...amounts, customer: null };
  await anOrder(shop, second);
  const period = { days: 7, now: new Date("2026-11-22T12:00:00Z"), timezone: "UTC" } as const;
  const figures = await inShop(shop.id, (tx) => analyticsOf(tx, shop.id, period));
  expect(figures.totals.netSales.current).toBe(PRICE + 100);
});

test("points in rupiah outgrow 32 bits, in the ledger, for the member and for the merchant", async () => {
  const shop = await aShop({ currency: "IDR" });
  await aProgram(shop, { pointsPerUnit: 100 });
  const person = { orderGid: "gid://shopify/Order/1", customerGid: "gid://shopify/Customer/7", claim: null };
  const now = new Date("2026-11-20T10:00:00Z");
  const joining = { person, joinedVia: "thank-you", consentText: "Yes." } as const;
  await inShop(shop.id, (tx) => joinLoyalty(tx, shop.id, joining, now));
  const order = await anOrder(shop, { currency: "IDR", subtotalMinor: PRICE, totalMinor: PRICE });
  await inShop(shop.id, (tx) => awardOrder(tx, shop.id, order.gid, now));
  const pendingPoints = PRICE;
  const period = { from: now, to: new Date("2026-12-01T00:00:00Z") };
  await inShop(shop.id, async (tx) => {
    const [member] = await listMembers(tx, shop.id, { limit: 10 });
    expect(member).toMatchObject({ pendingPoints });
    expect(await accountOf(tx, shop.id, member!.id)).toMatchObject({ pendingPoints });
    expect(await loyaltyResults(tx, shop.id, period)).toMatchObject({
      liability: { pending: pendingPoints },
    });
  });
});

test("raw queries read money as numbers, as Prisma does", async () => {
  const { rows } = await pool.query("SELECT $1::bigint AS amount, NULL::bigint AS nothing", [PRICE]);
  expect(rows).toEqual([{ amount: PRICE, nothing: null }]);
});
