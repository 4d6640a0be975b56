import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { currencyExponent } from "#app/orders/money";
import { fitWeights, type Cell } from "./fit-weights";
import type { Learnt } from "./learnt";
import { methodOf } from "./methods";

/** Learns from the orders of the last year which payment method which kind of buyer uses. Reads counts, never orders. */

const DAYS = 365;
/** Fewer say nothing that a shop's own order does not. */
export const LEAST_ORDERS = 30;
/** A method or country with fewer orders is left to the shop's order. */
const LEAST_OF_KIND = 3;
const MOST_METHODS = 15;
const MOST_COUNTRIES = 60;
const DEVICES = ["phone", "desktop"];

/** Orders that never passed the payment step. */
export const OTHER_SOURCES = ["pos", "shopify_draft_order", "draft_order"];

const LEARNABLE = `"shopId" = $1 AND NOT test AND "placedAt" >= $2 AND gateway IS NOT NULL
  AND coalesce("sourceName", '') <> ALL ($3)`;

type Row = {
  country: string;
  gateway: string;
  band: number;
  returning: boolean;
  device: string;
  orders: number;
};

/**
 * @param client in a transaction bound to the shop
 * @returns null where there are too few orders, or only one method to choose
 */
export async function learnPayments(
  client: PoolClient,
  shopId: ShopId,
  currency: string,
  now: Date,
): Promise<Learnt | null> {
  const since = new Date(now.getTime() - DAYS * 86_400_000);
  const which = [shopId, since, OTHER_SOURCES];
  const edges = await readEdges(client, which, currency);
  const unit = 10 ** currencyExponent(currency);
  const { rows } = await client.query<Row>(
    `SELECT country, gateway, "isFirst" IS FALSE AS returning, coalesce(device, '') AS device,
            width_bucket("totalMinor"::float8, $4::float8[]) AS band, count(*)::int AS orders
     FROM "Order" WHERE ${LEARNABLE} GROUP BY 1, 2, 3, 4, 5`,
    [...which, edges.map((edge) => edge * unit)],
  );
  return learnFrom(rows, edges);
}

/** Four limits that split the orders into fifths, rounded to two digits; in major units. */
async function readEdges(client: PoolClient, which: unknown[], currency: string): Promise<number[]> {
  const { rows } = await client.query<{ edges: string[] | null }>(
    `SELECT percentile_disc(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY "totalMinor") AS edges
     FROM "Order" WHERE ${LEARNABLE}`,
    which,
  );
  const unit = 10 ** currencyExponent(currency);
  const limits = (rows[0]?.edges ?? []).map((minor) => Number((Number(minor) / unit).toPrecision(2)));
  return [...new Set(limits)].filter((limit) => limit > 0).sort((a, b) => a - b);
}

/** From orders counted by kind to the model. */
export function learnFrom(rows: Row[], edges: number[]): Learnt | null {
  const known = rows.flatMap((row) => {
    const family = methodOf(row.gateway);
    return family ? [{ ...row, family }] : [];
  });
  const families = new Map(known.map(({ family }) => [family.key, family]));
  const methods = mostOf(known, ({ family }) => family.key, MOST_METHODS).map(([key, orders]) => {
    const { title, names } = families.get(key)!;
    return { key, title, names, orders };
  });
  const orders = methods.reduce((sum, method) => sum + method.orders, 0);
  if (orders < LEAST_ORDERS || methods.length < 2) return null;

  const keys = methods.map(({ key }) => key);
  const countries = mostOf(
    known.filter(({ country }) => country !== ""),
    ({ country }) => country,
    MOST_COUNTRIES,
  ).map(([code, of]) => ({ code, orders: of, counts: countsIn(known, code, keys) }));
  const weights = fitWeights(cellsOf(known, keys), keys.length, {
    countries: countries.map(({ code }) => code),
    bands: edges.length + 1,
    devices: DEVICES,
  });
  return { orders, methods, countries, weights: { ...weights, edges } };
}

/** Keys with their orders, most first. */
function mostOf<Counted extends { orders: number }>(
  rows: Counted[],
  keyOf: (row: Counted) => string,
  most: number,
): [key: string, orders: number][] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + row.orders);
  return [...counts]
    .filter(([, orders]) => orders >= LEAST_OF_KIND)
    .sort(([a, ofA], [b, ofB]) => ofB - ofA || (a < b ? -1 : 1))
    .slice(0, most);
}

type KnownRow = Row & { family: { key: string } };

function countsIn(rows: KnownRow[], code: string, keys: string[]): number[] {
  const counts = keys.map(() => 0);
  for (const { country, family, orders } of rows) {
    const method = country === code ? keys.indexOf(family.key) : -1;
    if (method >= 0) counts[method]! += orders;
  }
  return counts;
}

function cellsOf(rows: KnownRow[], keys: string[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { country, band, returning, device, family, orders } of rows) {
    const method = keys.indexOf(family.key);
    if (method === -1) continue;
    const kind = JSON.stringify([country, band, returning, device]);
    const cell = cells.get(kind) ?? { country, band, returning, device, counts: keys.map(() => 0) };
    cell.counts[method]! += orders;
    cells.set(kind, cell);
  }
  return [...cells.values()];
}
