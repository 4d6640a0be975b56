import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { readOffer, type Offer } from "./offer";

/**
 * What a shop can offer, as it is held in memory for the hot path: live offers, best sellers, and per product what
 * goes with it. Small and bounded whatever the size of the catalogue.
 */

/** A product with the variant that would be offered. */
export type Card = {
  productGid: string;
  title: string;
  category: string;
  imageUrl: string | null;
  variantGid: string;
  variantTitle: string;
  /** Minor units of the shop's currency. */
  priceMinor: number;
  costMinor: number | null;
  available: boolean;
};

export type Shelf = {
  offers: Offer[];
  /** Pinned products by gid. */
  pinned: ReadonlyMap<string, Card>;
  /** Best sellers first, with their share of all orders; any products where nothing was ever sold. */
  popular: { card: Card; share: number }[];
  /** False for a shop without order history: then no share means anything. */
  learnt: boolean;
};

/** A product of the order (or a category), and what was bought together with it, best first. */
export type Companions = {
  title: string;
  category: string;
  tags: string[];
  others: { card: Card; score: number; together: number }[];
};

const POPULAR = 150;

/** The variant that would be offered: the first that can be bought. */
const CARD = `p.gid AS "productGid", p.title, p."productType" AS category, p."imageUrl", v.gid AS "variantGid",
  v.title AS "variantTitle", v."priceMinor", v."costMinor", v.available`;
const CARD_JOIN = `JOIN LATERAL (
    SELECT * FROM "Variant" WHERE "shopId" = p."shopId" AND "productGid" = p.gid AND "priceMinor" > 0
    ORDER BY available DESC, position, gid LIMIT 1
  ) v ON true`;
const SELLABLE = `p.status = 'ACTIVE' AND p."deletedAt" IS NULL`;

type CardRow = Card & { share: number | null };

/**
 * @param client in a transaction bound to the shop
 * @param alsoPinned products that variants of experiments pin
 */
export async function loadShelf(
  client: PoolClient,
  shopId: ShopId,
  alsoPinned: string[] = [],
): Promise<Shelf> {
  const live = await client.query<Parameters<typeof readOffer>[0]>(
    `SELECT * FROM "Offer" WHERE "shopId" = $1 AND status = 'live' ORDER BY id LIMIT 100`,
    [shopId],
  );
  const offers = live.rows.map(readOffer);
  const pinnedGids = [...alsoPinned, ...offers.flatMap(({ productGid }) => (productGid ? [productGid] : []))];
  const sold = await client.query<CardRow>(
    `WITH total AS (SELECT greatest(max(orders), 1)::float8 AS most FROM "ProductPopularity" WHERE "shopId" = $1)
     SELECT ${CARD}, pop.orders / total.most AS share
     FROM total, (SELECT * FROM "ProductPopularity" WHERE "shopId" = $1 ORDER BY orders DESC, "productGid" LIMIT ${POPULAR}) pop
     JOIN "Product" p ON p."shopId" = $1 AND p.gid = pop."productGid" ${CARD_JOIN}
     WHERE ${SELLABLE} ORDER BY pop.orders DESC, p.gid`,
    [shopId],
  );
  const learnt = sold.rows.length > 0;
  const any = learnt ? null : await anyProducts(client, shopId);
  return {
    offers,
    pinned: await cardsByGid(client, shopId, pinnedGids),
    popular: (any ?? sold.rows).map(({ share, ...card }) => ({ card, share: share ?? 0 })),
    learnt,
  };
}

async function anyProducts(client: PoolClient, shopId: ShopId): Promise<CardRow[]> {
  const { rows } = await client.query<CardRow>(
    `SELECT ${CARD}, NULL AS share FROM (
       SELECT * FROM "Product" p WHERE "shopId" = $1 AND ${SELLABLE} ORDER BY gid LIMIT ${POPULAR}
     ) p ${CARD_JOIN}`,
    [shopId],
  );
  return rows;
}

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

/** Affinities of a whole category stand in the same table as those of a product, under this key. */
export function categoryKey(category: string): string {
  return `category:${category}`;
}

/**
 * What goes with each of these products, and with their categories.
 * @param keys product gids and category keys
 * @returns an entry for every key, empty where nothing is known
 */
export async function loadCompanions(
  client: PoolClient,
  shopId: ShopId,
  keys: string[],
): Promise<Map<string, Companions>> {
  const known = await client.query<{ gid: string; title: string; category: string; tags: string[] | null }>(
    `SELECT gid, title, "productType" AS category, tags FROM "Product" WHERE "shopId" = $1 AND gid = ANY ($2::text[])`,
    [shopId, keys],
  );
  const found = new Map<string, Companions>(
    keys.map((key) => [key, { title: "", category: "", tags: [], others: [] }]),
  );
  for (const { gid, title, category, tags } of known.rows)
    found.set(gid, { title, category, tags: tags ?? [], others: [] });

  const { rows } = await client.query<Card & { key: string; score: number; together: number }>(
    `SELECT a."productGid" AS key, a.score, a.together, ${CARD}
     FROM "ProductAffinity" a JOIN "Product" p ON p."shopId" = $1 AND p.gid = a."otherGid" ${CARD_JOIN}
     WHERE a."shopId" = $1 AND a."productGid" = ANY ($2::text[]) AND ${SELLABLE}
     ORDER BY a.score DESC`,
    [shopId, keys],
  );
  for (const { key, score, together, ...card } of rows)
    found.get(key)!.others.push({ card, score, together });
  return found;
}
