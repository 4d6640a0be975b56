import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createClock } from "../clock.ts";
import { createStore, type RunningStore } from "../store/create-store.ts";
import { CATALOGUE } from "../store/catalogue-data.ts";
import { csvCells, csvRows } from "./csv.ts";
import { generateHistory } from "./generate.ts";
import { loadOrderExport } from "./order-export.ts";

const ANCHOR = new Date("2026-11-20T12:00:00Z");
const folders: string[] = [];

afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function anEmptyShop(): RunningStore {
  const at = "2024-01-01T00:00:00.000Z";
  return createStore({
    clock: createClock(undefined, () => ANCHOR.getTime()),
    orderDelayMs: 0,
    firstId: 1_000_000,
    shop: {
      id: 1,
      domain: "demo.myshopify.com",
      name: "Demo",
      email: "owner@example.test",
      ownerName: "Sam Owner",
      currency: "USD",
      timezone: "America/New_York",
      countryCode: "US",
      taxRate: 0.08,
      createdAt: at,
      updatedAt: at,
    },
  });
}

function generated(orders: number, seed = 1): RunningStore {
  const store = anEmptyShop();
  generateHistory(store.state, { orders, seed, anchor: ANCHOR });
  return store;
}

describe("the generated history", () => {
  const store = generated(1500);
  const orders = store.orders();

  test("is the same every time, and another one with another seed", () => {
    expect(generated(200).orders()).toEqual(generated(200).orders());
    expect(generated(200, 2).orders()[0]!.email).not.toBe(generated(200).orders()[0]!.email);
  });

  test("lies in the year before the anchor and adds up", () => {
    expect(orders).toHaveLength(1500);
    expect(orders.every((order) => new Date(order.createdAt) < ANCHOR)).toBe(true);
    for (const order of orders) {
      const lines = order.lines.reduce((sum, line) => sum + line.price * line.quantity - line.discount, 0);
      expect(order.subtotal).toBe(lines);
      expect(order.total).toBe(order.subtotal + order.shippingPrice + order.tax);
    }
  });

  test("has people who return, refunds, cancellations, late parcels, and parcels on their way", () => {
    const share = (test: (order: (typeof orders)[number]) => boolean) =>
      orders.filter(test).length / orders.length;
    expect(share((order) => order.refunds.length > 0)).toBeGreaterThan(0.03);
    expect(share((order) => order.cancelledAt !== null)).toBeGreaterThan(0.01);
    const late = share((order) =>
      order.fulfillments.some(({ events }) => events.some(({ status }) => status === "DELAYED")),
    );
    expect(late).toBeGreaterThan(0.03);
    expect(store.customers().filter((customer) => customer.numberOfOrders > 1).length).toBeGreaterThan(200);
    expect(store.state.moving.size).toBeGreaterThan(5);
  });

  test("has goods that are bought together", () => {
    const groups = new Map(CATALOGUE.map((entry) => [entry.title, entry.group]));
    const pairs = orders.flatMap(({ lines }) =>
      lines.flatMap((line, index) =>
        lines.slice(index + 1).map((other) => groups.get(line.title) === groups.get(other.title)),
      ),
    );
    const together = pairs.filter(Boolean).length / pairs.length;
    expect(together).toBeGreaterThan(0.3); // by chance about one pair in seven
  });
});

test("rows may hold quotes, commas and line breaks", () => {
  const rows = [...csvRows('a,"b, ""c""",d\r\n"x\ny",,z\n')].map(csvCells);
  expect(rows).toEqual([
    ["a", 'b, "c"', "d"],
    ["x\ny", "", "z"],
  ]);
});

const HEADER =
  "Name,Email,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem fulfillment status,Shipping Name,Shipping Country,Accepts Marketing,Refunded Amount,Id";

function exported(...rows: string[]): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "postlude-history-"));
  folders.push(folder);
  writeFileSync(path.join(folder, "orders.csv"), [HEADER, ...rows].join("\n"));
  return folder;
}

test("an order export becomes orders, customers and products", () => {
  const store = anEmptyShop();
  const folder = exported(
    '#1001,a@example.com,GBP,15.00,2.00,0.00,17.00,2026-11-01 10:00:00 +0000,2,"Mug, blue",5.00,M1,fulfilled,Ada Byron,GB,yes,0.00,9001',
    "#1001,,,,,,,2026-11-01 10:00:00 +0000,1,Bowl,5.00,B1,pending,,,,,",
    "#1002,a@example.com,GBP,6.00,0.00,0.00,6.00,2026-11-02 10:00:00 +0100,1,Mug blue,6.00,M1,pending,Ada Byron,GB,yes,6.00,9002",
  );
  loadOrderExport(store.state, folder, ANCHOR);
  expect(store.shop()).toMatchObject({ currency: "GBP", countryCode: "GB" });
  const [second, first] = store.orders();
  expect(first).toMatchObject({
    id: 9001,
    name: "#1001",
    total: 1700,
    shippingPrice: 200,
    createdAt: "2026-11-01T10:00:00.000Z",
  });
  expect(first!.lines.map(({ title, quantity, fulfilled }) => [title, quantity, fulfilled])).toEqual([
    ["Mug, blue", 2, 2],
    ["Bowl", 1, 0],
  ]);
  expect(second).toMatchObject({ createdAt: "2026-11-02T09:00:00.000Z", refunds: [{ amount: 600 }] });
  expect(store.products().map((product) => [product.title, product.variants[0]!.price])).toEqual([
    ["Mug, blue", 600],
    ["Bowl", 500],
  ]);
  expect(store.customers()).toMatchObject([
    { email: "a@example.com", firstName: "Ada", numberOfOrders: 2, emailMarketing: { state: "SUBSCRIBED" } },
  ]);
});

test("an old export is moved forward by whole weeks", () => {
  const store = anEmptyShop();
  loadOrderExport(
    store.state,
    exported("#1,a@example.com,GBP,1.00,0,0,1.00,2011-08-31 10:00:00 +0000,1,Mug,1.00,M1,,,GB,no,0,1"),
    ANCHOR,
  );
  const moved = new Date(store.orders()[0]!.createdAt);
  expect((moved.getTime() - Date.parse("2011-08-31T10:00:00Z")) % (7 * 86_400_000)).toBe(0);
  expect(ANCHOR.getTime() - moved.getTime()).toBeLessThan(7 * 86_400_000);
});

test("a file that is no order export is refused with the missing column", () => {
  const folder = exported();
  writeFileSync(path.join(folder, "orders.csv"), "a,b\n1,2\n");
  expect(() => loadOrderExport(anEmptyShop().state, folder, ANCHOR)).toThrow('has no column "Name"');
});

const REAL = path.resolve(import.meta.dirname, "../../../shared/data/history");

test.skipIf(!existsSync(REAL))("nine real months of a gift shop load (skipped without the data set)", () => {
  const store = anEmptyShop();
  loadOrderExport(store.state, REAL, ANCHOR);
  expect(store.orders()).toHaveLength(12_383);
  expect(store.orders().flatMap((order) => order.lines)).toHaveLength(311_539);
  expect(JSON.stringify(store.snapshot()).length).toBeLessThan(2000); // the history is not saved again
});
