import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { CARD, CARD_JOIN, SELLABLE, type Card } from "./card.server";

/** What merchants say by collection, as the shelf reads it. */

/** What the merchant wants beside a product or the products of a collection; at least one side is a collection. */
export type CollectionRule = { gid: string; otherGid: string; rule: "pin" | "exclude" };

/** Best sellers of a collection that are looked at. */
const OF_COLLECTION = 20;
/** Most rules about collections of one shop. */
export const MOST_RULES = 200;

export function isCollection(gid: string): boolean {
  return gid.startsWith("gid://shopify/Collection/");
}

export async function loadCollectionRules(client: PoolClient, shopId: ShopId): Promise<CollectionRule[]> {
  const { rows } = await client.query<CollectionRule>(
    `SELECT gid, "otherGid", rule FROM "CollectionRule" WHERE "shopId" = $1 LIMIT ${MOST_RULES}`,
    [shopId],
  );
  return rows;
}

/** Best sellers of each of these collections; what is no collection is left out. */
export async function bestOfCollections(
  client: PoolClient,
  shopId: ShopId,
  gids: string[],
): Promise<Map<string, Card[]>> {
  const asked = gids.filter(isCollection);
  if (asked.length === 0) return new Map();
  const { rows } = await client.query<Card & { collectionGid: string }>(
    `SELECT best."collectionGid", ${CARD}
     FROM (SELECT DISTINCT unnest($2::text[]) AS gid) asked CROSS JOIN LATERAL (
       SELECT m."collectionGid", p.gid
       FROM "CollectionProduct" m JOIN "Product" p ON p."shopId" = $1 AND p.gid = m."productGid"
       LEFT JOIN "ProductPopularity" s ON s."shopId" = $1 AND s."productGid" = m."productGid"
       WHERE m."shopId" = $1 AND m."collectionGid" = asked.gid AND ${SELLABLE} AND EXISTS (
         SELECT FROM "Variant" v WHERE v."shopId" = $1 AND v."productGid" = p.gid AND v.available AND v."priceMinor" > 0
       )
       ORDER BY s."recentOrders" DESC NULLS LAST, s.orders DESC NULLS LAST, p.gid LIMIT ${OF_COLLECTION}
     ) best JOIN "Product" p ON p."shopId" = $1 AND p.gid = best.gid ${CARD_JOIN}`,
    [shopId, asked],
  );
  const found = grouped(rows, ({ collectionGid }) => collectionGid);
  return new Map(asked.map((gid) => [gid, found.get(gid) ?? []]));
}

export function grouped<Row>(rows: Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
