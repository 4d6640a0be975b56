/** The home page, asked as the admin asks it: with a session token, for two shops. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { changeSettings, startImport } from "#app/shops/shops.server";
import { askAdmin } from "../../tests/factories/admin-requests";
import { aSession } from "../../tests/factories/sessions";
import { aShop } from "../../tests/factories/shop";
import { action, loader } from "./app._index";

/** A shop whose merchant has come past the first steps, with the app's token for it. */
async function aShopAtHome(): Promise<Shop> {
  const shop = await aShop();
  await aSession(shop);
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, { guideDismissed: true }));
  return shop;
}

const ask = (shop: Shop, wish?: unknown) => askAdmin(shop, "/app", wish);
const look = (shop: Shop) => loader({ request: ask(shop), params: {}, context: {} });
const startAgain = (shop: Shop) =>
  action({ request: ask(shop, { intent: "start-import" }), params: {}, context: {} });

/** An import whose orders failed after its products had come in. */
async function aFailedImport(shop: Shop): Promise<void> {
  const began = new Date(Date.now() - 3_600_000);
  await inShop(shop.id, async (tx) => {
    await startImport(tx, shop.id, began);
    await tx.importRun.updateMany({ where: { shopId: shop.id }, data: { status: "done" } });
    await tx.importRun.updateMany({
      where: { shopId: shop.id, kind: "orders" },
      data: { status: "failed", error: "Shopify no longer knows this import. Start it again." },
    });
  });
}

const warned = async (shop: Shop) =>
  (await look(shop)).attention.find(({ key }) => key === "import")?.count ?? 0;
const statuses = async (shop: Shop) => (await look(shop)).imports.map(({ status }) => status);

test("a failed import is started again from the page, once, and no longer warned of; another shop's stays", async () => {
  const [shop, other] = [await aShopAtHome(), await aShopAtHome()];
  for (const one of [shop, other]) await aFailedImport(one);
  expect(await warned(shop)).toBe(1);
  expect(await startAgain(shop)).toEqual({ problems: {}, saved: "Import started" });
  expect(await statuses(shop)).toEqual(["waiting", "waiting", "waiting"]);
  expect(await warned(shop)).toBe(0);
  expect(await startAgain(shop)).toEqual({ problems: {}, saved: "An import is already running" });
  expect(await inShop(shop.id, (tx) => tx.importRun.count())).toBe(6);

  expect(await statuses(other)).toEqual(["done", "done", "failed"]);
  expect(await warned(other)).toBe(1);
});

test("an import that fails again is one thing to look at, not two", async () => {
  const shop = await aShopAtHome();
  await aFailedImport(shop);
  await startAgain(shop);
  await inShop(shop.id, (tx) =>
    tx.importRun.updateMany({
      where: { shopId: shop.id, kind: "orders" },
      data: { status: "failed", error: "Shopify stopped the import (TIMEOUT)." },
    }),
  );
  expect(await warned(shop)).toBe(1);
});
