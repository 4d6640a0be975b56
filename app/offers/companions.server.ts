import type { ShopId, Tx } from "#app/db/tx";
import { MeasuredSchema } from "./affinity/stored";

/**
 * What goes with a product, for the merchant to see and to correct: learnt companions with what they rest on, and rules
 * ("always together", "never together") that stand above what was learnt.
 */

export type AffinityState = {
  learntAt: Date;
  orders: number;
  products: number;
  /** Of the newest orders with one product hidden, the share that had it among our first three; null with few orders. */
  hitRate: number | null;
};

/** What is known of the shop's habits; null before the first learning. */
export async function affinityState(tx: Tx, shopId: ShopId): Promise<AffinityState | null> {
  const model = await tx.affinityModel.findUnique({ where: { shopId } });
  if (!model) return null;
  const { learntAt, orders, products, measured } = model;
  return { learntAt, orders, products, hitRate: MeasuredSchema.safeParse(measured).data?.hitRate ?? null };
}

export type ProductRow = { gid: string; title: string; category: string; orders: number };

const MOST_FOUND = 20;

/** Products whose title has these words, best sellers first; all of them where no words are given. */
export async function findProducts(tx: Tx, shopId: ShopId, words: string): Promise<ProductRow[]> {
  const pattern = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return tx.$queryRaw<ProductRow[]>`
    SELECT p.gid, p.title, p."productType" AS category, coalesce(s.orders, 0)::int AS orders
    FROM "Product" p LEFT JOIN "ProductPopularity" s ON s."shopId" = p."shopId" AND s."productGid" = p.gid
    WHERE p."shopId" = ${shopId} AND p."deletedAt" IS NULL AND p.title ILIKE ${pattern}
    ORDER BY orders DESC, p.title, p.gid LIMIT ${MOST_FOUND}`;
}

export type CompanionRule = "pin" | "exclude";

export type CompanionRow = {
  gid: string;
  title: string;
  /** Orders with both products. */
  together: number;
  /** Share of the product's orders that had the other one as well. */
  share: number;
  /** Found by common words of the titles, before anybody bought both. */
  byTitle: boolean;
  rule: CompanionRule | null;
  /** Can be bought at the moment. */
  available: boolean;
};

const MOST_COMPANIONS = 30;

/** A product with what goes with it: the merchant's own choices first, then by strength. Null where it is not ours. */
export async function companionsOfProduct(
  tx: Tx,
  shopId: ShopId,
  gid: string,
): Promise<{ product: ProductRow; companions: CompanionRow[] } | null> {
  const [product] = await tx.$queryRaw<ProductRow[]>`
    SELECT p.gid, p.title, p."productType" AS category, coalesce(s.orders, 0)::int AS orders
    FROM "Product" p LEFT JOIN "ProductPopularity" s ON s."shopId" = p."shopId" AND s."productGid" = p.gid
    WHERE p."shopId" = ${shopId} AND p.gid = ${gid} AND p."deletedAt" IS NULL`;
  if (!product) return null;
  const rows = await tx.$queryRaw<
    (Omit<CompanionRow, "share" | "byTitle"> & { rule: CompanionRule | null })[]
  >`
    SELECT p.gid, p.title, coalesce(l.together, 0)::int AS together, r.rule,
      EXISTS (SELECT FROM "Variant" v WHERE v."shopId" = p."shopId" AND v."productGid" = p.gid AND v.available) AS available
    FROM (SELECT * FROM "ProductAffinity" WHERE "shopId" = ${shopId} AND "productGid" = ${gid}) l
    FULL JOIN (SELECT * FROM "CompanionRule" WHERE "shopId" = ${shopId} AND "productGid" = ${gid}) r
      ON r."otherGid" = l."otherGid"
    JOIN "Product" p ON p."shopId" = ${shopId} AND p.gid = coalesce(l."otherGid", r."otherGid")
    WHERE p."deletedAt" IS NULL
    ORDER BY r.rule = 'pin' DESC NULLS LAST, r.rule IS NULL DESC, l.score DESC NULLS LAST, l.confidence DESC NULLS LAST, p.gid
    LIMIT ${MOST_COMPANIONS}`;
  const companions = rows.map((row) => ({
    ...row,
    share: product.orders > 0 ? Math.min(1, row.together / product.orders) : 0,
    byTitle: row.together === 0 && row.rule === null,
  }));
  return { product, companions };
}

export type SetRule = {
  productGid: string;
  otherGid: string;
  /** Null takes the rule back: what was learnt counts again. */
  rule: CompanionRule | null;
};

/** The rule holds from the product to the other one, not the other way round. */
export async function setCompanionRule(
  tx: Tx,
  shopId: ShopId,
  { productGid, otherGid, rule }: SetRule,
  now: Date,
): Promise<{ status: "set" | "unknown" }> {
  const own = await tx.product.count({
    where: { shopId, gid: { in: [productGid, otherGid] }, deletedAt: null },
  });
  // The same product twice counts as one.
  if (own !== 2) return { status: "unknown" };
  const key = { shopId, productGid, otherGid };
  if (rule === null) await tx.companionRule.deleteMany({ where: key });
  else {
    await tx.companionRule.upsert({
      where: { shopId_productGid_otherGid: key },
      create: { ...key, rule, setAt: now },
      update: { rule, setAt: now },
    });
  }
  return { status: "set" };
}
