/** What the merchant has prepared for the surfaces' tests: one offer per place, each of a product of its own. */
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { openApp, setUp } from "../journey/merchant";
import { openStage, type Stage } from "../journey/stage";

export type DemoProduct = {
  id: number;
  title: string;
  handle: string;
  status: string;
  variants: { id: number; price: number; inventory: number }[];
};
export type DeskOffer = { surface: string; acceptBy?: "code" | "order-edit"; percent?: number };

type Settings = { offerFloor: number; holdoutPercent: number; surfaceRules: string; careTexts: string };
type Found = Settings & { live: string[] };

/** Until every web process has heard that the shop changed. */
const HEARD_MS = 1_000;

/** Settings under which whatever is live is shown to everybody. */
export const SHOW_ALL: Settings = { offerFloor: 0, holdoutPercent: 0, surfaceRules: "{}", careTexts: "{}" };

/** A browser at the demo whose shop is set up and whose catalogue the app knows, with no offer live. */
export async function openOfferStage(artifacts: string): Promise<{ stage: Stage; desk: Desk }> {
  const demo = inject("demo");
  const stage = await openStage(demo.urls.store, `artifacts/${artifacts}`);
  await openApp(stage);
  if (await stage.app.getByText(/^Step 1 of/).count()) await setUp(stage);
  const desk = await openDesk(demo.env.DATABASE_URL!, stage);
  const ids = desk.products.map(({ id }) => `'gid://shopify/Product/${id}'`).join();
  const known = `SELECT count(*) FROM "Product" WHERE "shopId" = $shop AND gid IN (${ids})`;
  await stage.until("the catalogue", async () => (await desk.count(known)) === desk.products.length);
  return { stage, desk };
}

export async function openDesk(databaseUrl: string, stage: Stage) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ id: number }>(
    `SELECT id FROM "Shop" WHERE domain = 'demo.myshopify.com'`,
  );
  const shopId = rows[0]!.id;
  // Rows of a shop are seen by nobody who is not bound to it.
  await client.query("SELECT set_config('app.shop_id', $1, false)", [String(shopId)]);
  const everything = await stage.get<DemoProduct[]>("/_/products");
  const products = everything.filter(
    ({ status, variants }) => status === "ACTIVE" && variants.length === 1 && variants[0]!.inventory > 20,
  );
  const found = await client.query<Found>(
    `SELECT "offerFloor", "holdoutPercent", "surfaceRules"::text, "careTexts"::text,
       ARRAY(SELECT id::text FROM "Offer" o WHERE o."shopId" = $1 AND status = 'live') AS live
     FROM "ShopSettings" WHERE "shopId" = $1`,
    [shopId],
  );
  const { live, ...settings } = found.rows[0]!;
  const archiveAll = () =>
    client.query(`UPDATE "Offer" SET status = 'archived' WHERE "shopId" = $1`, [shopId]);
  await archiveAll();

  async function set(columns: Partial<Settings>): Promise<void> {
    for (const [column, value] of Object.entries(columns)) {
      await client.query(`UPDATE "ShopSettings" SET "${column}" = $2 WHERE "shopId" = $1`, [shopId, value]);
    }
    await client.query("SELECT pg_notify('postlude_shop_changed', $1)", [String(shopId)]);
    await new Promise((resolve) => setTimeout(resolve, HEARD_MS));
  }

  return {
    products,
    /** Settings of the shop by column, and a wait until every process has them. */
    set,
    /** A live offer of this product in this place. */
    async offer(
      product: DemoProduct,
      { surface, acceptBy = "code", percent = 10 }: DeskOffer,
    ): Promise<void> {
      await client.query(
        `INSERT INTO "Offer" ("shopId", id, name, status, selection, "productGid", "discountPercent", surfaces, "acceptBy", "createdAt", "updatedAt")
         VALUES ($1, $2, $3, 'live', 'pinned', $4, $5, ARRAY[$6], $7, now(), now())`,
        [
          shopId,
          randomUUID(),
          `For ${surface}`,
          `gid://shopify/Product/${product.id}`,
          percent,
          surface,
          acceptBy,
        ],
      );
    },
    async count(sql: string): Promise<number> {
      const counted = await client.query<{ count: number }>(sql.replaceAll("$shop", String(shopId)));
      return Number(counted.rows[0]!.count);
    },
    /** Leaves the shop as it was found: others test on it too. */
    async close(): Promise<void> {
      await archiveAll();
      await client.query(`UPDATE "Offer" SET status = 'live' WHERE "shopId" = $1 AND id = ANY($2::uuid[])`, [
        shopId,
        live,
      ]);
      await set(settings);
      await client.end();
    },
  };
}
export type Desk = Awaited<ReturnType<typeof openDesk>>;
