import { bindToShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { forgetShops } from "#app/shops/known-shops.server";
import type { SettingsChange } from "#app/shops/shops.server";

let count = 0;

type ShopOverrides = Partial<
  Pick<Shop, "domain" | "name" | "currency" | "timezone" | "country" | "primaryLocale" | "email">
>;

/** An installed shop with default settings; each call makes another one. */
export async function aShop(overrides: ShopOverrides = {}, settings: SettingsChange = {}): Promise<Shop> {
  count++;
  const shop = await prisma.shop.create({
    data: {
      domain: `shop-${process.pid}-${count}.myshopify.com`,
      name: `Shop ${count}`,
      email: "owner@shop.example",
      currency: "EUR",
      timezone: "Europe/Berlin",
      country: "DE",
      installedAt: new Date("2026-01-01T00:00:00Z"),
      ...overrides,
    },
  });
  await prisma.$transaction(async (tx) => {
    await bindToShop(tx, shop.id);
    await tx.shopSettings.create({ data: { shopId: shop.id, ...settings } });
  });
  forgetShops();
  return shop;
}
