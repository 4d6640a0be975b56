import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { habits, NOW } from "../../tests/factories/companions";
import { aShop } from "../../tests/factories/shop";
import { affinityState, companionsOfProduct, findProducts } from "./companions.server";

test("the page of a product shows what goes with it, with share, and finds products by their words", async () => {
  const shop = await aShop();
  const tea = await aProduct(shop, { title: "Green tea 100%" });
  const pot = await aProduct(shop, { title: "Pot" });
  await boughtTogether(shop, tea, pot);
  await inShop(shop.id, (tx) =>
    tx.productPopularity.create({
      data: { shopId: shop.id, productGid: tea.productGid, orders: 80, learntAt: NOW },
    }),
  );
  await habits(shop, "", 0.1);
  const seen = await inShop(shop.id, async (tx) => ({
    state: await affinityState(tx, shop.id),
    page: await companionsOfProduct(tx, shop.id, tea.productGid),
    found: await findProducts(tx, shop.id, "100%"),
    none: await findProducts(tx, shop.id, "_"),
  }));
  expect(seen.state).toMatchObject({ orders: 900, hitRate: null });
  expect(seen.page!.companions).toEqual([
    {
      gid: pot.productGid,
      title: "Pot",
      together: 20,
      share: 0.25,
      byTitle: false,
      rule: null,
      available: true,
    },
  ]);
  expect(seen.found.map(({ gid }) => gid)).toEqual([tea.productGid]);
  expect(seen.none).toEqual([]);
});
