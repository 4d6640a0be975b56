import type { ShopId, Tx } from "#app/db/tx";
import { collectionsOf } from "#app/orders/collections.server";
import type { Segment } from "./targeting";

/** What a merchant can choose from when saying for whom an offer is: all of it occurs in the shop. */
export type AudienceChoices = {
  productTypes: string[];
  tags: string[];
  customerTags: string[];
  collections: { gid: string; title: string; products: number }[];
  /** Facts known of customers, with how many have them. */
  segments: (Segment & { customers: number })[];
};

const MOST_WORDS = 250;
const MOST_SEGMENTS = 100;
/** So many customers who were seen last are looked at: a big shop's page must open as quickly. */
const CUSTOMERS = 20_000;

export async function audienceChoices(tx: Tx, shopId: ShopId): Promise<AudienceChoices> {
  const types = await tx.$queryRaw<{ word: string }[]>`
    SELECT "productType" AS word FROM "Product"
    WHERE "shopId" = ${shopId} AND "deletedAt" IS NULL AND "productType" <> ''
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${MOST_WORDS}`;
  const tags = await tx.$queryRaw<{ word: string }[]>`
    SELECT tag AS word FROM "Product", unnest(tags) AS tag
    WHERE "shopId" = ${shopId} AND "deletedAt" IS NULL AND tag <> ''
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${MOST_WORDS}`;
  const customerTags = await tx.$queryRaw<{ word: string }[]>`
    WITH customer AS (
      SELECT tags FROM "Customer"
      WHERE "shopId" = ${shopId} AND tags <> '{}' ORDER BY "lastOrderAt" DESC NULLS LAST LIMIT ${CUSTOMERS}
    )
    SELECT tag AS word FROM customer, unnest(tags) AS tag GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${MOST_WORDS}`;
  const segments = await tx.$queryRaw<{ attribute: string; value: string; customers: bigint }[]>`
    WITH customer AS (
      SELECT attributes FROM "Customer"
      WHERE "shopId" = ${shopId} AND attributes <> '{}' ORDER BY "lastOrderAt" DESC NULLS LAST LIMIT ${CUSTOMERS}
    ), held AS (
      SELECT key AS attribute, jsonb_path_query(value, '$[*]') #>> '{}' AS value FROM customer, jsonb_each(attributes)
    )
    SELECT attribute, value, count(*) AS customers FROM held
    WHERE length(attribute) <= 200 AND length(value) <= 60
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${MOST_SEGMENTS}`;
  const inOrder = (rows: { word: string }[]) =>
    rows.map(({ word }) => word).sort((a, b) => a.localeCompare(b));
  return {
    productTypes: inOrder(types),
    tags: inOrder(tags),
    customerTags: inOrder(customerTags),
    collections: await collectionsOf(tx, shopId),
    segments: segments.map(({ attribute, value, customers }) => ({
      attribute,
      value,
      customers: Number(customers),
    })),
  };
}
