import { expect, test } from "vitest";
import { inShop, inShopRaw } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { aProduct } from "../../tests/factories/catalogue";
import { aShop } from "../../tests/factories/shop";
import { invert } from "./ease";
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

test.each([
  ["cosine", 8],
  ["ease", 130],
])("what is bought together is learnt, in a small and in a larger shop (%s)", async (method, times) => {
  const shop = await aShop();
  const [tea, pot, lamp] = await threeProducts(shop);
  await sell(shop, [tea, pot], times);
  await sell(shop, [tea], times);
  await sell(shop, [lamp], times);
  await sell(shop, [tea, lamp], 1);
  const { learnt, affinities } = await learn(shop);
  expect(learnt).toEqual({ products: 3, baskets: 3 * times + 1, method });
  const best = affinities.filter(({ productGid }) => productGid === tea)[0]!;
  expect(best).toMatchObject({ otherGid: pot, together: times });
  expect(affinities.some(({ productGid, otherGid }) => productGid === pot && otherGid === lamp)).toBe(false);
  expect(
    affinities.some(({ productGid, otherGid }) => productGid === "category:Tea" && otherGid === pot),
  ).toBe(true);
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

test("a matrix times its inverse is one", async () => {
  const size = 7;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) matrix[i * size + j] = i === j ? 10 + i : 1 / (1 + Math.abs(i - j));
  }
  const inverse = await invert(matrix.slice(), size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += matrix[i * size + k]! * inverse[k * size + j]!;
      expect(sum).toBeCloseTo(i === j ? 1 : 0, 10);
    }
  }
});
