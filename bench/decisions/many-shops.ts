/** Many shops in one database, and traffic from some of them at a time. */
import pg from "pg";
import type { LoadRequest } from "../load.ts";
import { requestOf, tokenFor, type App } from "./shop.ts";

const PRODUCTS = 12;

/** As many in each crowd: groups of few people's requests would look fewer people up. */
const PEOPLE = 500;

export type Crowd = { name: string; shops: number };

/**
 * Fills in what is missing of `shops` shops, each with products, best sellers and an offer. In bulk, which row-level
 * security would not let anybody do: for this while the owner of the tables steps round it.
 */
export async function makeCrowd(databaseUrl: string, { name, shops }: Crowd): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    for (const table of TABLES) await client.query(`ALTER TABLE "${table}" NO FORCE ROW LEVEL SECURITY`);
    for (const statement of FILL)
      await client.query(statement, statement.includes("$2") ? [name, shops] : [name]);
    for (const table of TABLES) await client.query(`ALTER TABLE "${table}" FORCE ROW LEVEL SECURITY`);
    await client.query("COMMIT");
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
}

const TABLES = ["ShopSettings", "Product", "Variant", "ProductPopularity", "Offer"];
const SHOPS = `"Shop" s WHERE s.domain LIKE 'bench-' || $1 || '-%'`;
const FILL = [
  `INSERT INTO "Shop" (domain, currency, "installedAt")
   SELECT 'bench-' || $1 || '-' || n || '.myshopify.com', 'EUR', now() FROM generate_series(1, $2::int) n
   ON CONFLICT (domain) DO NOTHING`,
  `INSERT INTO "ShopSettings" ("shopId", "holdoutPercent") SELECT s.id, 0 FROM ${SHOPS} ON CONFLICT DO NOTHING`,
  `INSERT INTO "Product" ("shopId", gid, title, "productType", tags)
   SELECT s.id, 'gid://shopify/Product/' || n, 'Product number ' || n, 'Type ' || n % 3, '{}'
   FROM generate_series(1, ${PRODUCTS}) n, ${SHOPS} ON CONFLICT DO NOTHING`,
  `INSERT INTO "Variant" ("shopId", gid, "productGid", title, "priceMinor")
   SELECT s.id, 'gid://shopify/ProductVariant/' || n, 'gid://shopify/Product/' || n, 'Default Title', 1500 + n * 50
   FROM generate_series(1, ${PRODUCTS}) n, ${SHOPS} ON CONFLICT DO NOTHING`,
  `INSERT INTO "ProductPopularity" ("shopId", "productGid", orders, "learntAt")
   SELECT s.id, 'gid://shopify/Product/' || n, 10 * n, now() FROM generate_series(1, ${PRODUCTS}) n, ${SHOPS}
   ON CONFLICT DO NOTHING`,
  `INSERT INTO "Offer" ("shopId", id, name, status, selection, "discountPercent", surfaces, "excludedGids", texts, "createdAt", "updatedAt")
   SELECT s.id, '00000000-0000-7000-8000-000000000001', 'Goes well', 'live', 'complementary', 10, '{thank-you}', '{}',
     '{"en":{"headline":"Goes well with your order","body":"Only on this page."}}', now(), now()
   FROM ${SHOPS} ON CONFLICT DO NOTHING`,
];

/**
 * Shoppers of a crowd, the n-th in another shop than the one before.
 * @param busy so many of the shops have traffic, spread evenly over all of them; at most `PEOPLE`
 */
export function crowdOfShoppers(app: App, { name, shops }: Crowd, busy: number): (n: number) => LoadRequest {
  const tokens = Array.from({ length: PEOPLE }, (_, person) => {
    const number = 1 + Math.floor(((person % busy) * shops) / busy);
    return tokenFor(app, `bench-${name}-${number}.myshopify.com`, `gid://shopify/Customer/${person + 1}`);
  });
  return (n) =>
    requestOf(
      tokens[n % PEOPLE]!,
      [1, 2, 3].map((offset) => ((n + offset * 3) % PRODUCTS) + 1),
    );
}
