import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { learnNeighbours, type Neighbour } from "./ease";
import { categoryKey } from "./shelf.server";

/**
 * Learns from the shop's orders what is bought together: per product and per category the products that go with it, and
 * how often each product sells. Orders are streamed, so memory depends on the number of products only.
 */

/** Products that are learnt in full; the others are reached through their category and their sales. */
const MOST_PRODUCTS = 2_000;
const MOST_POPULAR = 5_000;
const MOST_CATEGORIES = 200;
const KEPT_PER_KEY = 20;
/** A basket with more different products is a wholesaler's, and says little about what goes together. */
const LARGEST_BASKET = 150;
const FETCH = 20_000;

/** Runs work in a transaction bound to the shop. */
type InShopRaw = <Result>(work: (client: PoolClient) => Promise<Result>) => Promise<Result>;

type Sold = { productGid: string; orders: number; category: string };
type Baskets = {
  size: number;
  baskets: number;
  /** Row-major: baskets with i and j. */
  counts: Float64Array;
  /** Per category: baskets with it, and baskets with it and product j. */
  categories: Map<string, { baskets: number; counts: Float64Array }>;
};

export type AffinityLearnt = { products: number; baskets: number; method: "ease" | "cosine" | "none" };

export async function learnAffinity(
  inShopRaw: InShopRaw,
  shopId: ShopId,
  now: Date,
): Promise<AffinityLearnt> {
  const sold = await inShopRaw((client) => readSold(client, shopId));
  const learnable = sold.slice(0, MOST_PRODUCTS);
  if (learnable.length < 2) {
    await inShopRaw((client) => replaceLearnt(client, shopId, sold, [], now));
    return { products: sold.length, baskets: 0, method: "none" };
  }
  const seen = await inShopRaw((client) => readBaskets(client, shopId, learnable));
  const ofCategories = [...seen.categories].map(([category, counted]) => ({
    key: categoryKey(category),
    neighbours: bestOfCategory(counted),
  }));
  const { neighbours, method } = await learnNeighbours(seen.counts, seen.size, seen.baskets, KEPT_PER_KEY);
  const ofProducts = neighbours.map((list, item) => ({ key: learnable[item]!.productGid, neighbours: list }));
  const pairs = [...ofProducts, ...ofCategories].flatMap(({ key, neighbours: list }) =>
    list.map((one) => ({ key, other: learnable[one.item]!.productGid, ...one })),
  );
  await inShopRaw((client) => replaceLearnt(client, shopId, sold, pairs, now));
  return { products: sold.length, baskets: seen.baskets, method };
}

async function readSold(client: PoolClient, shopId: ShopId): Promise<Sold[]> {
  const { rows } = await client.query<Sold>(
    `SELECT l."productGid", count(DISTINCT l."orderGid")::int AS orders, coalesce(max(p."productType"), '') AS category
     FROM "LineItem" l LEFT JOIN "Product" p ON p."shopId" = l."shopId" AND p.gid = l."productGid"
     WHERE l."shopId" = $1 AND l."productGid" IS NOT NULL
     GROUP BY l."productGid" ORDER BY orders DESC, l."productGid" LIMIT ${MOST_POPULAR}`,
    [shopId],
  );
  return rows;
}

async function readBaskets(client: PoolClient, shopId: ShopId, products: Sold[]): Promise<Baskets> {
  const size = products.length;
  const indexOf = new Map(products.map(({ productGid }, index) => [productGid, index]));
  const seen: Baskets = { size, baskets: 0, counts: new Float64Array(size * size), categories: new Map() };
  const categoryOf = products.map(({ category }) => category);

  await client.query({
    text: `DECLARE baskets NO SCROLL CURSOR FOR
      SELECT "orderGid", array_agg(DISTINCT "productGid") AS products FROM "LineItem"
      WHERE "shopId" = ${Number(shopId)} AND "productGid" IS NOT NULL GROUP BY "orderGid"`,
  });
  for (;;) {
    const { rows } = await client.query<{ products: string[] }>(`FETCH ${FETCH} FROM baskets`);
    if (rows.length === 0) return seen;
    for (const row of rows) {
      if (row.products.length > LARGEST_BASKET) continue;
      count(
        seen,
        row.products.flatMap((gid) => indexOf.get(gid) ?? []),
        categoryOf,
      );
    }
  }
}

function count(seen: Baskets, basket: number[], categoryOf: string[]): void {
  if (basket.length === 0) return;
  seen.baskets++;
  for (const i of basket) {
    for (const j of basket) seen.counts[i * seen.size + j]! += 1;
  }
  for (const category of new Set(basket.map((item) => categoryOf[item]!))) {
    const counted = categoryCounts(seen, category);
    if (!counted) continue;
    counted.baskets++;
    for (const item of basket) counted.counts[item]! += 1;
  }
}

function categoryCounts(seen: Baskets, category: string) {
  const known = seen.categories.get(category);
  if (known || !category || seen.categories.size >= MOST_CATEGORIES) return known;
  const fresh = { baskets: 0, counts: new Float64Array(seen.size) };
  seen.categories.set(category, fresh);
  return fresh;
}

/** Products by their share of the baskets that have something of the category. */
function bestOfCategory({ baskets, counts }: { baskets: number; counts: Float64Array }): Neighbour[] {
  return Array.from(counts, (together, item) => ({ item, together, score: together / baskets }))
    .filter(({ together }) => together >= 2)
    .sort((a, b) => b.score - a.score)
    .slice(0, KEPT_PER_KEY);
}

type Pair = { key: string; other: string; score: number; together: number };

/** Swaps the old knowledge for the new in one transaction. */
async function replaceLearnt(
  client: PoolClient,
  shopId: ShopId,
  sold: Sold[],
  pairs: Pair[],
  now: Date,
): Promise<void> {
  await client.query(`DELETE FROM "ProductPopularity" WHERE "shopId" = $1`, [shopId]);
  await client.query(
    `INSERT INTO "ProductPopularity" ("shopId", "productGid", orders, "learntAt")
     SELECT $1, gid, orders, $4 FROM unnest($2::text[], $3::int[]) AS t(gid, orders)`,
    [shopId, sold.map(({ productGid }) => productGid), sold.map(({ orders }) => orders), now],
  );
  await client.query(`DELETE FROM "ProductAffinity" WHERE "shopId" = $1`, [shopId]);
  await client.query(
    `INSERT INTO "ProductAffinity" ("shopId", "productGid", "otherGid", score, together, "learntAt")
     SELECT $1, key, other, score, together, $6
     FROM unnest($2::text[], $3::text[], $4::float8[], $5::int[]) AS t(key, other, score, together)`,
    [
      shopId,
      pairs.map(({ key }) => key),
      pairs.map(({ other }) => other),
      pairs.map(({ score }) => score),
      pairs.map(({ together }) => together),
      now,
    ],
  );
}
