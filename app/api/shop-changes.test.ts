/** What is kept of a shop in memory, and how a change in another process ends it. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { pool } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { changeSettings } from "#app/shops/shops.server";
import { aShop } from "../../tests/factories/shop";
import { hearShopChanges, shopChanged } from "./shop-changes.server";
import { companionsFor, forgetShop, forgetShopMemory, memoryOf } from "./shop-memory.server";

let hearing: ReturnType<typeof hearShopChanges>;
let tea: Shop;
let lamps: Shop;
beforeEach(async () => {
  forgetShopMemory();
  [tea, lamps] = [await aShop(), await aShop()];
  hearing = hearShopChanges();
  await until(isHeard);
});
afterEach(() => hearing.stop());

const holdoutOf = async (shop: Shop) => (await memoryOf(shop.id)).settings.holdoutPercent;

async function setHoldout(shop: Shop, holdoutPercent: number): Promise<void> {
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, { holdoutPercent }));
}

/** A change by another process, which tells it. */
async function tell(payload: string): Promise<void> {
  await pool.query("SELECT pg_notify('postlude_shop_changed', $1)", [payload]);
}

async function isHeard(): Promise<boolean> {
  const { rows } = await pool.query(`SELECT 1 FROM pg_stat_activity
    WHERE query LIKE 'LISTEN postlude_shop_changed%' AND datname = current_database()`);
  return rows.length > 0;
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200 && !(await done()); tries++)
    await new Promise((next) => setTimeout(next, 25));
  expect(await done()).toBe(true);
}

test("what another process changed is read anew, and only of that shop", async () => {
  for (const shop of [tea, lamps]) {
    await setHoldout(shop, 10);
    expect(await holdoutOf(shop)).toBe(10);
    await setHoldout(shop, 20);
    // Nobody was told: what is kept stands.
    expect(await holdoutOf(shop)).toBe(10);
  }
  await tell(String(tea.id));
  await until(async () => (await holdoutOf(tea)) === 20);
  expect(await holdoutOf(lamps)).toBe(10);
});

test("the process that makes a change meets it at once", async () => {
  await setHoldout(tea, 10);
  expect(await holdoutOf(tea)).toBe(10);
  await setHoldout(tea, 30);
  await shopChanged(tea.id);
  expect(await holdoutOf(tea)).toBe(30);
});

test("an odd telling changes nothing, and a lost connection comes back and forgets what it may have missed", async () => {
  await setHoldout(lamps, 10);
  expect(await holdoutOf(lamps)).toBe(10);
  await tell("not a shop");
  await setHoldout(lamps, 40);
  await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query LIKE 'LISTEN postlude_shop_changed%' AND datname = current_database()`);
  await until(async () => (await holdoutOf(lamps)) === 40);
});

test("requests that miss the same products share one read, each shop its own; what was read before a change is not kept", async () => {
  const [cup, pot, lid] = [1, 2, 3].map((number) => `gid://shopify/Product/${number}`) as [
    string,
    string,
    string,
  ];
  const [first, second, foreign] = await Promise.all([
    companionsFor(tea.id, [cup, pot]),
    companionsFor(tea.id, [pot, lid]),
    companionsFor(lamps.id, [pot]),
  ]);
  expect([...first, ...second].map(({ productGid }) => productGid)).toEqual([cup, pot, pot, lid]);
  expect(second[0]).toBe(first[1]);
  expect(foreign[0]).not.toBe(first[1]);
  expect(companionsFor(tea.id, [lid, pot, cup])).toEqual([second[1], first[1], first[0]]);

  forgetShop(tea.id);
  const reading = companionsFor(tea.id, [cup]);
  forgetShop(tea.id);
  await reading;
  const again = companionsFor(tea.id, [cup]);
  expect(again).toBeInstanceOf(Promise);
  await again;
  expect(companionsFor(lamps.id, [pot])).toEqual(foreign);
});
