import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import type { Companion, Habits } from "./affinity/sellable";
import type { Blend } from "./affinity/rank";
import { readBlend, readHabits } from "./affinity/stored";
import { CARD, CARD_JOIN, cardsByGid, SELLABLE, type Card } from "./card.server";
import {
  bestOfCollections,
  grouped,
  loadCollectionRules,
  type CollectionRule,
} from "./collection-shelf.server";
import { MOST_LIVE, readOffer, type Offer } from "./offer";

/**
 * What a shop can offer, as it is held in memory for the hot path: live offers, best sellers, and per product what
 * goes with it. Small and bounded whatever the size of the catalogue.
 */

export type Shelf = {
  offers: Offer[];
  /** Pinned products by gid. */
  pinned: ReadonlyMap<string, Card>;
  /** By the product or collection that they are about. */
  rules: ReadonlyMap<string, CollectionRule[]>;
  /** Best sellers of each collection that is offered from. */
  ofCollection: ReadonlyMap<string, Card[]>;
  /** Collections whose products must be known as such. */
  named: string[];
  /** Best sellers first, those of the last weeks before those of old; any products where nothing was ever sold. */
  popular: Card[];
  /** False for a shop without order history: then nothing speaks for one product more than for another. */
  learnt: boolean;
  /** How much counts what speaks for a product. */
  blend: Blend;
  habits: Habits;
};

/** A product of the order (or a category), and what was bought together with it, best first. */
export type Companions = {
  /** Of a category its key. */
  productGid: string;
  title: string;
  category: string;
  tags: string[];
  /** Gids of the collections it is in. */
  collections: string[];
  /** As on the product's card. */
  key: number;
  /** Null where the product is not known. */
  priceMinor: number | null;
  others: Companion<Card>[];
  /** Products that the merchant never wants beside it. */
  excluded: string[];
};

const POPULAR = 150;
/** Offers that begin later are left out: what is in memory is read anew long before. */
const SOON = "1 hour";
/** More collections of one product are left out. */
const COLLECTIONS = 100;

/**
 * @param client in a transaction bound to the shop
 * @param alsoPinned products that variants of experiments pin
 */
export async function loadShelf(
  client: PoolClient,
  shopId: ShopId,
  alsoPinned: Promise<string[]> | string[] = [],
): Promise<Shelf> {
  const live = client.query<Parameters<typeof readOffer>[0]>(
    // What was taken as often as allowed stands behind the others: it only tells why it is not shown.
    `SELECT * FROM "Offer" WHERE "shopId" = $1 AND status = 'live' AND ("endsAt" IS NULL OR "endsAt" > now())
       AND ("startsAt" IS NULL OR "startsAt" < now() + interval '${SOON}')
     ORDER BY "capTotal" IS NOT NULL AND taken >= "capTotal", id LIMIT ${MOST_LIVE}`,
    [shopId],
  );
  const sold = client.query<Card>(
    `SELECT ${CARD}
     FROM (
       SELECT * FROM "ProductPopularity" WHERE "shopId" = $1
       ORDER BY "recentOrders" DESC, orders DESC, "productGid" LIMIT ${POPULAR}
     ) pop
     JOIN "Product" p ON p."shopId" = $1 AND p.gid = pop."productGid" ${CARD_JOIN}
     WHERE ${SELLABLE} ORDER BY pop."recentOrders" DESC, pop.orders DESC, p.gid`,
    [shopId],
  );
  const model = client.query<{ blend: unknown; habits: unknown }>(
    `SELECT blend, habits FROM "AffinityModel" WHERE "shopId" = $1`,
    [shopId],
  );
  const [{ rows }, bestSellers, affinity, rules, also] = await Promise.all([
    live,
    sold,
    model,
    loadCollectionRules(client, shopId),
    alsoPinned,
  ]);
  const offers = rows.map(readOffer);
  const wanted = rules.flatMap(({ rule, otherGid }) => (rule === "pin" ? [otherGid] : []));
  const pinned = [...also, ...wanted, ...offers.flatMap(({ productGid }) => productGid ?? [])];
  const from = [...wanted, ...offers.flatMap(({ collectionGids }) => collectionGids)];
  const [cards, ofCollection] = await Promise.all([
    cardsByGid(client, shopId, pinned),
    bestOfCollections(client, shopId, from),
  ]);
  const learnt = bestSellers.rows.length > 0;
  return {
    offers,
    pinned: cards,
    rules: grouped(rules, ({ gid }) => gid),
    ofCollection,
    named: [
      ...rules.flatMap(({ rule, otherGid }) => (rule === "exclude" ? [otherGid] : [])),
      ...offers.flatMap((offer) => [...offer.collectionGids, ...offer.excludedCollectionGids]),
    ],
    popular: learnt ? bestSellers.rows : await anyProducts(client, shopId),
    learnt,
    blend: readBlend(affinity.rows[0]?.blend),
    habits: readHabits(affinity.rows[0]?.habits),
  };
}

async function anyProducts(client: PoolClient, shopId: ShopId): Promise<Card[]> {
  const { rows } = await client.query<Card>(
    `SELECT ${CARD} FROM (
       SELECT * FROM "Product" p WHERE "shopId" = $1 AND ${SELLABLE} ORDER BY gid LIMIT ${POPULAR}
     ) p ${CARD_JOIN}`,
    [shopId],
  );
  return rows;
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
  const asked = client.query<Omit<Companions, "others" | "excluded">>(
    `SELECT p.gid AS "productGid", hashtext(p.gid) AS key, p.title, p."productType" AS category, coalesce(p.tags, '{}') AS tags,
       ARRAY(
         SELECT "collectionGid" FROM "CollectionProduct" WHERE "shopId" = $1 AND "productGid" = p.gid LIMIT ${COLLECTIONS}
       ) AS collections,
       (SELECT "priceMinor" FROM "Variant" WHERE "shopId" = $1 AND "productGid" = p.gid ORDER BY position, gid LIMIT 1) AS "priceMinor"
     FROM "Product" p WHERE p."shopId" = $1 AND p.gid = ANY ($2::text[])`,
    [shopId, keys],
  );
  const bonds = client.query<Omit<Companion, "product"> & { companionOf: string; otherGid: string }>(
    `SELECT coalesce(l."productGid", r."productGid") AS "companionOf", coalesce(l."otherGid", r."otherGid") AS "otherGid",
       coalesce(l.score, 0) AS pull, coalesce(l.confidence, 0) AS confidence, coalesce(l.walk, 0) AS walk,
       coalesce(l.likeness, 0) AS likeness, coalesce(l.together, 0) AS together, r.rule IS NOT NULL AS pinned
     FROM (SELECT * FROM "ProductAffinity" WHERE "shopId" = $1 AND "productGid" = ANY ($2::text[])) l
     FULL JOIN (
       SELECT * FROM "CompanionRule" WHERE "shopId" = $1 AND "productGid" = ANY ($2::text[]) AND rule = 'pin'
     ) r ON r."productGid" = l."productGid" AND r."otherGid" = l."otherGid"
     ORDER BY pull DESC, confidence DESC, "otherGid"`,
    [shopId, keys],
  );
  const others = client.query<Card>(
    `SELECT ${CARD}
     FROM (
       SELECT "otherGid" FROM "ProductAffinity" WHERE "shopId" = $1 AND "productGid" = ANY ($2::text[])
       UNION
       SELECT "otherGid" FROM "CompanionRule" WHERE "shopId" = $1 AND "productGid" = ANY ($2::text[]) AND rule = 'pin'
     ) wanted JOIN "Product" p ON p."shopId" = $1 AND p.gid = wanted."otherGid" ${CARD_JOIN}
     WHERE ${SELLABLE}`,
    [shopId, keys],
  );
  const exclusions = client.query<{ key: string; other: string }>(
    `SELECT "productGid" AS key, "otherGid" AS other FROM "CompanionRule"
     WHERE "shopId" = $1 AND "productGid" = ANY ($2::text[]) AND rule = 'exclude'`,
    [shopId, keys],
  );
  const [known, bound, sellable, excluded] = await Promise.all([asked, bonds, others, exclusions]);
  const found = new Map<string, Companions>(
    keys.map((key) => [
      key,
      {
        productGid: key,
        title: "",
        category: "",
        tags: [],
        collections: [],
        key: 0,
        priceMinor: null,
        others: [],
        excluded: [],
      },
    ]),
  );
  for (const product of known.rows) found.set(product.productGid, { ...product, others: [], excluded: [] });
  // One card for all that it goes with: decisions look at dozens of them, which should lie close together in memory.
  const cards = new Map(sellable.rows.map((card) => [card.productGid, card]));
  for (const { companionOf, otherGid, ...bond } of bound.rows) {
    const product = cards.get(otherGid);
    if (product) found.get(companionOf)!.others.push({ product, ...bond });
  }
  for (const { key, other } of excluded.rows) found.get(key)!.excluded.push(other);
  return found;
}
