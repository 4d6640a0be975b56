import { expect, test } from "vitest";
import { aShop } from "../../tests/factories/shop";
import { inShop } from "./in-shop.server";
import { inShopsPipelined } from "./in-shops-pipelined.server";
import { pool } from "./pool.server";

async function aShopWithHold() {
  const shop = await aShop();
  const hold = { reason: "open-case", sourceKey: "case:1", personKey: "gid://shopify/Customer/1" };
  await inShop(shop.id, (tx) =>
    tx.hold.create({ data: { ...hold, shopId: shop.id, id: crypto.randomUUID(), startsAt: new Date() } }),
  );
  return shop.id;
}

const nothing = () => Promise.resolve();

async function shopsWithHolds(shopIds: number[]): Promise<number[]> {
  return inShopsPipelined(shopIds, async (client) => {
    const { rows } = await client.query<{ shopId: number }>(`SELECT "shopId" FROM "Hold" ORDER BY 1`);
    return { result: rows.map(({ shopId }) => shopId), send: nothing };
  });
}

test("a group sees the rows of its shops only, and the next group on the connection only those of its own", async () => {
  const [one, two, three] = [await aShopWithHold(), await aShopWithHold(), await aShopWithHold()];
  expect(await shopsWithHolds([one, three])).toEqual([one, three]);
  expect(await shopsWithHolds([two])).toEqual([two]);
  expect(await shopsWithHolds([])).toEqual([]);
});

test("a group adds decisions for its shops only, and changes nothing else", async () => {
  const [one, two] = [await aShopWithHold(), await aShopWithHold()];
  const run = (text: string, values: unknown[] = []) =>
    inShopsPipelined([one], async (client) => ({
      result: null,
      send: () => client.query(text, values),
    }));
  const decide = `INSERT INTO "Decision" ("shopId", id, surface, block, "personKey", locale, context, candidates, seed, "modelVersion", "decidedAt")
    VALUES ($1, gen_random_uuid(), 'thank-you', 'offers', 'x', 'en', '{}', '', '', '', now())`;
  await run(decide, [one]);
  await expect(run(decide, [two])).rejects.toThrow("row-level security");
  await expect(run(`DELETE FROM "Hold"`)).rejects.toThrow("permission denied");
  await expect(run(`UPDATE "Decision" SET seed = 'changed'`)).rejects.toThrow("permission denied");
  const count = (shopId: number) => inShop(shopId, (tx) => tx.decision.count());
  expect([await count(one), await count(two)]).toEqual([1, 0]);
});

test("a group waits for no connection that is lent to something else", async () => {
  const shopId = await aShopWithHold();
  const lent = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  try {
    expect(await shopsWithHolds([shopId])).toEqual([shopId]);
  } finally {
    for (const client of lent) client.release();
  }
});
