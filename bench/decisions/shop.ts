/** A shop for the benchmark: 60 products that are bought together, one offer, and shoppers who just ordered. */
import { createHmac, randomUUID } from "node:crypto";
import pg from "pg";
import type { LoadRequest } from "../load.ts";

const PRODUCTS = 60;
const DOMAIN = "bench-decisions.myshopify.com";

export type App = { apiKey: string; apiSecret: string };

export async function makeShop(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query(
      `INSERT INTO "Shop" (domain, currency, "installedAt") VALUES ($1, 'EUR', now())
       ON CONFLICT (domain) DO UPDATE SET status = 'installed' RETURNING id`,
      [DOMAIN],
    );
    const shopId = rows[0].id as number;
    await client.query("SELECT set_config('app.shop_id', $1, true)", [String(shopId)]);
    for (const statement of FILL) await client.query(statement, [shopId]);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

/** As the learner leaves it: 20 neighbours per product; with the best sellers each order has about 50 candidates. */
const FILL = [
  `INSERT INTO "ShopSettings" ("shopId", "holdoutPercent") VALUES ($1, 0) ON CONFLICT DO NOTHING`,
  `INSERT INTO "Product" ("shopId", gid, title, "productType", "imageUrl", tags)
   SELECT $1, 'gid://shopify/Product/' || n, 'Product number ' || n, 'Type ' || n % 6,
     'https://cdn.shopify.com/s/files/1/0001/products/' || n || '.jpg', '{}'
   FROM generate_series(1, ${PRODUCTS}) n ON CONFLICT DO NOTHING`,
  `INSERT INTO "Variant" ("shopId", gid, "productGid", title, "priceMinor")
   SELECT $1, 'gid://shopify/ProductVariant/' || n, 'gid://shopify/Product/' || n, 'Default Title', 1500 + n * 50
   FROM generate_series(1, ${PRODUCTS}) n ON CONFLICT DO NOTHING`,
  `INSERT INTO "ProductAffinity" ("shopId", "productGid", "otherGid", score, together, "learntAt")
   SELECT $1, 'gid://shopify/Product/' || a, 'gid://shopify/Product/' || b, 0.02 + ((a * 7 + b * 13) % 20) / 200.0, 12, now()
   FROM generate_series(1, ${PRODUCTS}) a, generate_series(1, ${PRODUCTS}) b WHERE (b - a + ${PRODUCTS}) % ${PRODUCTS} BETWEEN 1 AND 20 ON CONFLICT DO NOTHING`,
  `INSERT INTO "ProductPopularity" ("shopId", "productGid", orders, "learntAt")
   SELECT $1, 'gid://shopify/Product/' || n, 10 * n, now() FROM generate_series(1, ${PRODUCTS}) n ON CONFLICT DO NOTHING`,
  `INSERT INTO "Offer" ("shopId", id, name, status, selection, "discountPercent", surfaces, "excludedGids", texts, "createdAt", "updatedAt")
   SELECT $1, '00000000-0000-7000-8000-000000000001', 'Goes well', 'live', 'complementary', 10, '{thank-you}', '{}',
     '{"en":{"headline":"Goes well with your order","body":"Only on this page."}}', now(), now()
   ON CONFLICT DO NOTHING`,
];

/** How many candidates the latest decision weighed: the second of its bytes (app/decisions/stored-candidates.ts). */
export async function candidatesWeighed(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `SELECT set_config('app.shop_id', (SELECT id::text FROM "Shop" WHERE domain = $1), false)`,
      [DOMAIN],
    );
    const { rows } = await client.query(
      `SELECT get_byte(candidates, 1) AS count FROM "Decision" ORDER BY "decidedAt" DESC LIMIT 1`,
    );
    return rows[0].count as number;
  } finally {
    await client.end();
  }
}

/** The n-th shopper on a thank-you page: a new order of three products, a customer who is signed in. */
export function shoppers(app: App): (n: number) => LoadRequest {
  const tokens = Array.from({ length: 64 }, (_, index) =>
    tokenFor(app, DOMAIN, `gid://shopify/Customer/${index + 1}`),
  );
  return (n) => {
    const products = [0, 1, 2].map((offset) => ((n * 3 + offset * 17) % PRODUCTS) + 1);
    return requestOf(tokens[n % tokens.length]!, products);
  };
}

let lastOrder = Date.now() * 1_000;

/** A thank-you page that asks for offers: a new order with one of each of these products. */
export function requestOf(token: string, products: number[]): LoadRequest {
  const order = ++lastOrder;
  const moment = {
    surface: "thank-you",
    orderId: `gid://shopify/OrderIdentity/${order}`,
    // As long as Shopify's, and each order's own: by it a purchase is drawn into the holdout.
    checkoutToken: `c0ffee${order.toString(16).padStart(26, "0")}`,
    locale: "en",
    currency: "EUR",
    lines: products.map((number) => ({
      productId: `gid://shopify/Product/${number}`,
      variantId: `gid://shopify/ProductVariant/${number}`,
      quantity: 1,
      amountMinor: 1_500 + number * 50,
    })),
  };
  return {
    method: "POST",
    path: "/api/decide",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ block: "offers", moment }),
  };
}

/** A session token as Shopify gives it to the extension, good for an hour. */
export function tokenFor({ apiKey, apiSecret }: App, shopDomain: string, sub: string): string {
  const now = Math.floor(Date.now() / 1_000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = {
    dest: shopDomain,
    aud: apiKey,
    nbf: now - 5,
    iat: now,
    exp: now + 3_600,
    jti: randomUUID(),
    sub,
  };
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", apiSecret).update(text).digest("base64url")}`;
}
