import { expect, test } from "vitest";
import { inShop, inShopRaw } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { aProduct } from "../../tests/factories/catalogue";
import { aShop } from "../../tests/factories/shop";
import { learnAffinity } from "./learn-affinity.server";

const NOW = new Date("2026-11-22T12:00:00Z");

/** `times` orders, each with one of every product. */
async function sell(shop: Shop, productGids: string[], times: number): Promise<void> {
  await inShop(shop.id, async (tx) => {
    const first = await tx.order.count({ where: { shopId: shop.id } });
    for (let number = first; number < first + times; number++) {
      const gid = `gid://shopify/Order/${number}`;
      await tx.order.create({
        data: {
          shopId: shop.id,
          gid,
          name: `#${number}`,
          currency: "EUR",
          totalMinor: 1_000,
          placedAt: NOW,
          shopifyUpdatedAt: NOW,
          lines: {
            create: productGids.map((productGid, index) => ({
              gid: `gid://shopify/LineItem/${number}${index}`,
              productGid,
              title: "x",
              quantity: 1,
              priceMinor: 1_000,
            })),
          },
        },
      });
    }
  });
}

async function learn(shop: Shop) {
  const learnt = await learnAffinity((work) => inShopRaw(shop.id, work), shop.id, NOW);
  const affinities = await inShop(shop.id, (tx) =>
    tx.productAffinity.findMany({ where: { shopId: shop.id }, orderBy: { score: "desc" } }),
  );
  return { learnt, affinities };
}

async function threeProducts(shop: Shop): Promise<[string, string, string]> {
  const tea = await aProduct(shop, { category: "Tea" });
  const pot = await aProduct(shop, { category: "Pots" });
  const lamp = await aProduct(shop, { category: "Lamps" });
  return [tea.productGid, pot.productGid, lamp.productGid];
}

test("what is bought together is learnt, with what it rests on", async () => {
  const shop = await aShop();
  const [tea, pot, lamp] = await threeProducts(shop);
  await sell(shop, [tea, pot], 8);
  await sell(shop, [tea], 8);
  await sell(shop, [lamp], 8);
  await sell(shop, [tea, lamp], 1);
  const { learnt, affinities } = await learn(shop);
  expect(learnt).toEqual({ products: 3, orders: 25, hitRate: null });
  const best = affinities.filter(({ productGid }) => productGid === tea)[0]!;
  expect(best).toMatchObject({ otherGid: pot, together: 8 });
  expect(best.confidence).toBeCloseTo(8 / 20, 9);
  expect(affinities.some(({ productGid, otherGid }) => productGid === pot && otherGid === lamp)).toBe(false);
  expect(
    affinities.some(({ productGid, otherGid }) => productGid === "category:Tea" && otherGid === pot),
  ).toBe(true);
  const model = await inShop(shop.id, (tx) => tx.affinityModel.findMany({ where: { shopId: shop.id } }));
  expect(model).toEqual([
    expect.objectContaining({ orders: 25, products: 3, measured: null, learntAt: NOW }),
  ]);
});

test("a like title is learnt beside orders, and claims none", async () => {
  const shop = await aShop();
  const [pot, cup, lamp] = [
    await aProduct(shop, { title: "Willow pattern teapot of Staffordshire bone china" }),
    await aProduct(shop, { title: "Cup and saucer, willow, hand painted, boxed as a gift" }),
    await aProduct(shop, { title: "Lamp" }),
  ].map(({ productGid }) => productGid) as [string, string, string];
  await sell(shop, [pot, lamp], 8);
  await sell(shop, [cup], 2);
  const { affinities } = await learn(shop);
  const ofPot = affinities.filter(({ productGid }) => productGid === pot);
  expect(ofPot.map(({ otherGid, together }) => [otherGid, together])).toEqual([
    [lamp, 8],
    [cup, 0],
  ]);
  expect(ofPot[1]!.likeness).toBeLessThan(0.2);
});

test("test orders, and products that are not in the catalogue, teach nothing", async () => {
  const shop = await aShop();
  const [tea, pot] = await threeProducts(shop);
  await sell(shop, [tea, pot, "gid://shopify/Product/99999"], 3);
  await inShop(shop.id, (tx) =>
    tx.order.updateMany({ where: { shopId: shop.id, name: "#0" }, data: { test: true } }),
  );
  const { learnt, affinities } = await learn(shop);
  expect(learnt).toMatchObject({ products: 2, orders: 2 });
  expect(affinities.map(({ otherGid }) => otherGid)).not.toContain("gid://shopify/Product/99999");
});

test("learning again replaces what was learnt, of this shop only", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const [tea, pot] = await threeProducts(shop);
  const [otherTea, otherPot] = await threeProducts(other);
  await sell(shop, [tea, pot], 6);
  await sell(other, [otherTea, otherPot], 6);
  await learn(shop);
  await learn(other);
  await inShop(shop.id, (tx) => tx.order.deleteMany({ where: { shopId: shop.id } }));
  expect((await learn(shop)).affinities).toEqual([]);
  const kept = await inShop(other.id, (tx) => tx.productPopularity.findMany({ where: { shopId: other.id } }));
  expect(kept.map(({ orders }) => orders)).toEqual([6, 6]);
});
