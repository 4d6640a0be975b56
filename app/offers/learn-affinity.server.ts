import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import type { Baskets } from "./affinity/baskets";
import { categoryCompanions } from "./affinity/categories";
import { learnFromBaskets, type Learnt } from "./affinity/learn";
import { readBaskets, readCatalogue } from "./affinity/read-orders.server";
import { writeLearnt, type Pair } from "./affinity/write-learnt.server";
import { categoryKey } from "./shelf.server";

/**
 * Learns from the shop's orders what is bought together, how each product sells and how much each of these says: all
 * that offers know of what fits an order. What was learnt before is replaced in one step.
 */

/** Runs work in a transaction bound to the shop. */
type InShopRaw = <Result>(work: (client: PoolClient) => Promise<Result>) => Promise<Result>;

/** `hitRate`: of the newest orders with one product hidden, how many had it among our first three; null with few orders. */
export type AffinityLearnt = { products: number; orders: number; hitRate: number | null };

const DAY = 24 * 60 * 60 * 1000;

export async function learnAffinity(
  inShopRaw: InShopRaw,
  shopId: ShopId,
  now: Date,
): Promise<AffinityLearnt> {
  const { catalogue, baskets } = await inShopRaw(async (client) => {
    const products = await readCatalogue(client, shopId);
    return { catalogue: products, baskets: await readBaskets(client, shopId, products) };
  });
  const learnt = await learnFromBaskets(baskets, catalogue, now.getTime() / DAY, breather());
  const ofCategories = pairsOfCategories(baskets, learnt);
  await inShopRaw((client) => writeLearnt(client, shopId, learnt, ofCategories, baskets.count, now));
  return {
    products: learnt.products.filter(({ orders }) => orders > 0).length,
    orders: baskets.count,
    hitRate: learnt.measured?.hitRate ?? null,
  };
}

function pairsOfCategories(baskets: Baskets, { products }: Learnt): Pair[] {
  const categories = products.map(({ category }) => category);
  return categoryCompanions(baskets, categories).map(({ category, item, share, together }) => ({
    key: categoryKey(category),
    other: products[item]!.productGid,
    ...{ score: share, confidence: 0, walk: 0, likeness: 0, together },
  }));
}

/** Longest stretch of work, in milliseconds, before other jobs of the process get a turn. */
const BREATH_EVERY = 8;

function breather(): () => Promise<void> | void {
  let last = performance.now();
  return () => {
    if (performance.now() - last < BREATH_EVERY) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        last = performance.now();
        resolve();
      }),
    );
  };
}
