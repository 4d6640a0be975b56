import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { CARD_JOIN, cardColumns, SELLABLE, type Card } from "./card.server";

/** What customers bought in earlier orders: what they may want again, or surely not a second time. */
export type Bought = { product: Card; times: number };

/** Per customer: the newest orders, and of these the products bought last. */
const MOST_ORDERS = 20;
const MOST_PRODUCTS = 30;

const READ_BOUGHT = {
  name: "offers-bought-before",
  text: `
    SELECT asked.place::int AS place, bought.times::int AS times, ${cardColumns("$4")}
    FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS asked (customer, "orderGid", place)
    CROSS JOIN LATERAL (
      SELECT l."productGid", count(DISTINCT o.gid) AS times, max(o."placedAt") AS latest
      FROM (
        SELECT gid, "placedAt" FROM "Order"
        WHERE "shopId" = $1 AND "customerGid" = asked.customer AND gid <> asked."orderGid" AND NOT test
        ORDER BY "placedAt" DESC LIMIT ${MOST_ORDERS}
      ) o JOIN "LineItem" l ON l."shopId" = $1 AND l."orderGid" = o.gid
      GROUP BY l."productGid" ORDER BY latest DESC, l."productGid" LIMIT ${MOST_PRODUCTS}
    ) bought JOIN "Product" p ON p."shopId" = $1 AND p.gid = bought."productGid" ${CARD_JOIN}
    WHERE ${SELLABLE}`,
};

/**
 * One read for many people.
 * @param client in a transaction bound to the shop
 * @param people who looks at which order; that order does not count as an earlier one. Null: we do not know them, or may
 *   not link what they do
 * @param named as the shelf says it
 * @returns one list per person, in the same order
 */
export async function readBoughtBefore(
  client: PoolClient,
  shopId: ShopId,
  people: { customerGid: string | null; orderGid: string }[],
  named: string[] = [],
): Promise<Bought[][]> {
  const found: Bought[][] = people.map(() => []);
  const known = people.flatMap(({ customerGid }, place) => (customerGid ? [place] : []));
  if (known.length === 0) return found;
  const { rows } = await client.query<Card & { place: number; times: number }>({
    ...READ_BOUGHT,
    values: [
      shopId,
      known.map((place) => people[place]!.customerGid),
      known.map((place) => people[place]!.orderGid),
      named,
    ],
  });
  for (const { place, times, ...product } of rows) found[known[place - 1]!]!.push({ product, times });
  return found;
}
