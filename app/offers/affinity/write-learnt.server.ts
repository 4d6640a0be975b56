import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import type { Learnt } from "./learn";
import type { Sellable } from "./sellable";
import { storeBlend } from "./stored";

/** Rows sent in one statement. */
const CHUNK = 20_000;
/** Nobody bought both, nothing pulls, and the titles have less than this in common: then one says nothing of the other. */
const LEAST_LIKENESS = 0.2;

/** What goes with a product or a category, as it is stored. */
export type Pair = {
  key: string;
  other: string;
  score: number;
  confidence: number;
  walk: number;
  likeness: number;
  together: number;
};

/** Swaps the old knowledge for the new, in the caller's transaction. */
export async function writeLearnt(
  client: PoolClient,
  shopId: ShopId,
  learnt: Learnt,
  ofCategories: Pair[],
  orders: number,
  now: Date,
): Promise<void> {
  const sold = learnt.products.filter((product) => product.orders > 0);
  await client.query(`DELETE FROM "ProductPopularity" WHERE "shopId" = $1`, [shopId]);
  for (let from = 0; from < sold.length; from += CHUNK) {
    await insertSales(client, shopId, sold.slice(from, from + CHUNK), now);
  }
  await client.query(`DELETE FROM "ProductAffinity" WHERE "shopId" = $1`, [shopId]);
  let waiting = ofCategories;
  for (let item = 0; item < learnt.products.length; item++) {
    waiting.push(...pairsOf(learnt, item));
    if (waiting.length < CHUNK) continue;
    await insertPairs(client, shopId, waiting, now);
    waiting = [];
  }
  await insertPairs(client, shopId, waiting, now);
  await client.query(
    `INSERT INTO "AffinityModel" ("shopId", blend, habits, measured, orders, products, "learntAt")
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT ("shopId") DO UPDATE SET blend = excluded.blend, habits = excluded.habits,
       measured = excluded.measured, orders = excluded.orders, products = excluded.products, "learntAt" = excluded."learntAt"`,
    [
      shopId,
      JSON.stringify(storeBlend(learnt.blend)),
      JSON.stringify(Object.fromEntries(learnt.habits)),
      learnt.measured && JSON.stringify(learnt.measured),
      orders,
      sold.length,
      now,
    ],
  );
}

function pairsOf({ products, companionsOf }: Learnt, item: number): Pair[] {
  return companionsOf(item)
    .filter(({ together, pull, likeness }) => together > 0 || pull > 0 || likeness >= LEAST_LIKENESS)
    .map(({ product, pull, ...bond }) => ({
      ...bond,
      score: pull,
      key: products[item]!.productGid,
      other: product.productGid,
    }));
}

async function insertSales(client: PoolClient, shopId: ShopId, sold: Sellable[], now: Date): Promise<void> {
  await client.query(
    `INSERT INTO "ProductPopularity" ("shopId", "productGid", orders, "recentOrders", "ageDays", "repeatRate", "learntAt")
     SELECT $1, gid, orders, recent, age, repeat, $7
     FROM unnest($2::text[], $3::int[], $4::int[], $5::float8[], $6::float8[]) AS t (gid, orders, recent, age, repeat)`,
    [
      shopId,
      sold.map(({ productGid }) => productGid),
      sold.map(({ orders }) => orders),
      sold.map(({ recentOrders }) => recentOrders),
      sold.map(({ ageDays }) => ageDays),
      sold.map(({ repeatRate }) => repeatRate),
      now,
    ],
  );
}

async function insertPairs(client: PoolClient, shopId: ShopId, pairs: Pair[], now: Date): Promise<void> {
  if (pairs.length === 0) return;
  await client.query(
    `INSERT INTO "ProductAffinity"
       ("shopId", "productGid", "otherGid", score, confidence, walk, likeness, together, "learntAt")
     SELECT $1, key, other, score, confidence, walk, likeness, together, $9
     FROM unnest($2::text[], $3::text[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::int[])
       AS t (key, other, score, confidence, walk, likeness, together)`,
    [
      shopId,
      pairs.map(({ key }) => key),
      pairs.map(({ other }) => other),
      pairs.map(({ score }) => score),
      pairs.map(({ confidence }) => confidence),
      pairs.map(({ walk }) => walk),
      pairs.map(({ likeness }) => likeness),
      pairs.map(({ together }) => together),
      now,
    ],
  );
}
