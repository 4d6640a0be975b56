/** Real orders to measure on; they are not part of the repository. */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import type { Basket } from "../../app/offers/affinity/baskets.ts";
import type { Listed } from "../../app/offers/affinity/learn.ts";

export type Orders = { source: Buffer; catalogue: Listed[]; baskets: Basket[] };

const HISTORY = "../shared/data/history/orders-2010-12_2011-08.csv.gz";
const GROCERIES = "../shared/data/baskets/groceries.csv.gz";
/** As the app: a larger order is a wholesaler's. */
const LARGEST = 100;
const DAY = 86_400_000;

/** Nine months of a gift shop, as Shopify exports orders; null where the file is absent. */
export function readHistory(): Orders | null {
  if (!existsSync(HISTORY)) return null;
  const source = readFileSync(HISTORY);
  const rows = parse<Record<string, string>>(gunzipSync(source), { columns: true });
  const catalogue = listing();
  const customers = new Map<string, number>();
  const orders = new Map<string, { items: Set<number>; day: number; customer: number }>();
  for (const row of rows) {
    const price = Number(row["Lineitem price"]);
    if (!(Number(row["Lineitem quantity"]) > 0 && price > 0)) continue;
    let order = orders.get(row.Name!);
    if (!order) {
      const day = Date.parse(row["Created at"]!.replace(" ", "T").replace(" +0000", "Z")) / DAY;
      orders.set(row.Name!, (order = { items: new Set(), day, customer: numberOf(customers, row.Email!) }));
    }
    order.items.add(catalogue.add(row["Lineitem sku"]!, row["Lineitem name"]!, Math.round(price * 100)));
  }
  return { source, catalogue: catalogue.listed, baskets: usable([...orders.values()]) };
}

/** A month of a grocery; no times and no customers, so the order of the file stands for time. */
export function readGroceries(): Orders | null {
  if (!existsSync(GROCERIES)) return null;
  const catalogue = listing();
  const source = readFileSync(GROCERIES);
  const lines = gunzipSync(source).toString().split("\n").filter(Boolean);
  const orders = lines.map((line, index) => ({
    items: new Set(
      line
        .trim()
        .split(",")
        .map((name) => catalogue.add(name, name, 0)),
    ),
    day: index / 300,
    customer: 0,
  }));
  return { source, catalogue: catalogue.listed, baskets: usable(orders) };
}

function usable(orders: { items: Set<number>; day: number; customer: number }[]): Basket[] {
  return orders
    .filter(({ items }) => items.size <= LARGEST)
    .map((order) => ({ ...order, items: [...order.items] }));
}

function listing() {
  const listed: Listed[] = [];
  const numbers = new Map<string, number>();
  return {
    listed,
    add(key: string, title: string, priceMinor: number): number {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, listed.length);
      return listed.push({ productGid: `gid://shopify/Product/${key}`, title, category: "", priceMinor }) - 1;
    },
  };
}

/** Counted from 1; 0 for nobody. */
function numberOf(customers: Map<string, number>, email: string): number {
  if (!email) return 0;
  if (!customers.has(email)) customers.set(email, customers.size + 1);
  return customers.get(email)!;
}
