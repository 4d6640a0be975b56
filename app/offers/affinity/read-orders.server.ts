import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { packBaskets, type Basket, type Baskets } from "./baskets";
import type { Listed } from "./learn";

/** Products that are learnt, best sellers first. */
const MOST_PRODUCTS = 100_000;
/** Newer orders say more, and memory has an end. */
const MOST_ORDERS = 500_000;
/** A basket with more different products is a wholesaler's, and says little about what goes together. */
const LARGEST_BASKET = 100;
const FETCH = 20_000;
const DAY = 24 * 60 * 60 * 1000;

/** The shop's catalogue, products that sell first. */
export async function readCatalogue(client: PoolClient, shopId: ShopId): Promise<Listed[]> {
  const { rows } = await client.query<Listed>(
    `WITH sold AS (
       SELECT "productGid", count(*) AS lines FROM "LineItem" WHERE "shopId" = $1 GROUP BY "productGid"
     )
     SELECT p.gid AS "productGid", p.title, p."productType" AS category, coalesce(v."priceMinor", 0) AS "priceMinor"
     FROM "Product" p LEFT JOIN sold ON sold."productGid" = p.gid
     LEFT JOIN LATERAL (
       SELECT "priceMinor" FROM "Variant" WHERE "shopId" = p."shopId" AND "productGid" = p.gid ORDER BY position, gid LIMIT 1
     ) v ON true
     WHERE p."shopId" = $1 AND p."deletedAt" IS NULL
     ORDER BY coalesce(sold.lines, 0) DESC, p.gid LIMIT ${MOST_PRODUCTS}`,
    [shopId],
  );
  return rows;
}

/** The shop's newest orders as baskets of these products. Streamed: the rows never stand in memory together. */
export async function readBaskets(client: PoolClient, shopId: ShopId, catalogue: Listed[]): Promise<Baskets> {
  const indexOf = new Map(catalogue.map(({ productGid }, index) => [productGid, index]));
  const customers = new Map<string, number>();
  const baskets: Basket[] = [];
  await client.query({
    text: `DECLARE orders NO SCROLL CURSOR FOR
      SELECT o."placedAt", coalesce(o."customerGid", o.email) AS customer,
        (SELECT array_agg(DISTINCT l."productGid") FROM "LineItem" l
         WHERE l."shopId" = o."shopId" AND l."orderGid" = o.gid AND l."productGid" IS NOT NULL) AS products
      FROM "Order" o WHERE o."shopId" = ${Number(shopId)} AND NOT o.test
      ORDER BY o."placedAt" DESC LIMIT ${MOST_ORDERS}`,
  });
  for (;;) {
    const { rows } = await client.query<{
      placedAt: Date;
      customer: string | null;
      products: string[] | null;
    }>(`FETCH ${FETCH} FROM orders`);
    if (rows.length === 0) break;
    for (const { placedAt, customer, products } of rows) {
      const items = (products ?? []).flatMap((gid) => indexOf.get(gid) ?? []);
      if (items.length === 0 || items.length > LARGEST_BASKET) continue;
      baskets.push({ items, day: placedAt.getTime() / DAY, customer: numberOf(customers, customer) });
    }
  }
  await client.query("CLOSE orders");
  return packBaskets(baskets);
}

/** Customers counted from 1; 0 for those we do not know. */
function numberOf(customers: Map<string, number>, customer: string | null): number {
  if (!customer) return 0;
  const known = customers.get(customer);
  if (known !== undefined) return known;
  customers.set(customer, customers.size + 1);
  return customers.size;
}
