import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import type { Sellable } from "./affinity/sellable";
import type { Terms } from "./fit";

/** How a product is read for offering it: as a card, with the variant that would be offered. */

/** A product with the variant that would be offered. */
export type Card = Sellable & {
  title: string;
  imageUrl: string | null;
  variantGid: string;
  variantTitle: string;
  costMinor: number | null;
  available: boolean;
  /** Of the collections that offers and rules name, those it is in; null for none. */
  collections: string[] | null;
  /** At each discount that it was proposed with (fit.ts); a weak map of cards took longer to look into than to work it out. */
  terms?: Terms[];
};

/** What `named` of the shelf says, where the shelf is not at hand. */
const NAMED = `(SELECT array_agg(gid) FROM (
    SELECT "otherGid" AS gid FROM "CollectionRule" WHERE "shopId" = $1 AND rule = 'exclude'
    UNION ALL
    SELECT unnest("collectionGids" || "excludedCollectionGids") FROM "Offer" WHERE "shopId" = $1 AND status = 'live'
  ) naming)`;

/**
 * The variant that would be offered: the first that can be bought.
 * @param named SQL for the collections that are named; `$1` is the shop
 */
export const cardColumns = (named: string) => `NULLIF(ARRAY(
    SELECT "collectionGid" FROM "CollectionProduct"
    WHERE "shopId" = $1 AND "productGid" = p.gid AND "collectionGid" = ANY (${named}::text[])
  ), '{}') AS collections, p.gid AS "productGid", hashtext(p.gid) AS key, p.title, p."productType" AS category, p."imageUrl", v.gid AS "variantGid",
  v.title AS "variantTitle", v."priceMinor", v."costMinor", v.available,
  coalesce(s.orders, 0) AS orders, coalesce(s."recentOrders", 0) AS "recentOrders", coalesce(s."ageDays", 0) AS "ageDays",
  coalesce(s."repeatRate", 0) AS "repeatRate"`;
export const CARD = cardColumns(NAMED);
export const CARD_JOIN = `JOIN LATERAL (
    SELECT * FROM "Variant" WHERE "shopId" = p."shopId" AND "productGid" = p.gid AND "priceMinor" > 0
    ORDER BY available DESC, position, gid LIMIT 1
  ) v ON true
  LEFT JOIN "ProductPopularity" s ON s."shopId" = p."shopId" AND s."productGid" = p.gid`;
export const SELLABLE = `p.status = 'ACTIVE' AND p."deletedAt" IS NULL`;

/** Cards of these products, those that cannot be sold left out. */
export async function cardsByGid(
  client: PoolClient,
  shopId: ShopId,
  gids: string[],
): Promise<Map<string, Card>> {
  if (gids.length === 0) return new Map();
  const { rows } = await client.query<Card>(
    `SELECT ${CARD} FROM "Product" p ${CARD_JOIN} WHERE p."shopId" = $1 AND p.gid = ANY ($2::text[]) AND ${SELLABLE}`,
    [shopId, gids],
  );
  return new Map(rows.map((card) => [card.productGid, card]));
}
