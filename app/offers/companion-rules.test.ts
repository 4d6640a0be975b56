/** What the merchant says of two products, of collections and of one offer stands above what was learnt. */
import { expect, test } from "vitest";
import { companionsFor, forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { anOffer, keptAway, NOW, proposed, subjects } from "../../tests/factories/companions";
import { aShop } from "../../tests/factories/shop";
import { collectionRules, setCollectionRule } from "./collection-rules.server";
import { companionsOfProduct, setCompanionRule } from "./companions.server";

async function rule(shop: Shop, product: TestProduct, other: TestProduct, kind: "pin" | "exclude" | null) {
  const { productGid } = product;
  return inShop(shop.id, (tx) =>
    setCompanionRule(tx, shop.id, { productGid, otherGid: other.productGid, rule: kind }, NOW),
  );
}

async function aCollection(shop: Shop, number: number, products: TestProduct[]): Promise<string> {
  const gid = `gid://shopify/Collection/${number}`;
  const { id: shopId } = shop;
  const members = products.map(({ productGid }) => ({ shopId, collectionGid: gid, productGid }));
  await inShop(shopId, async (tx) => {
    await tx.collection.create({ data: { shopId, gid, title: `Collection ${number}` } });
    await tx.collectionProduct.createMany({ data: members });
  });
  return gid;
}

const sayOf = (shop: Shop, gid: string, otherGid: string, kind: "pin" | "exclude" | null) =>
  inShop(shop.id, (tx) => setCollectionRule(tx, shop.id, { gid, otherGid, rule: kind }, NOW));

test("the merchant's rules stand above what was learnt, in this shop only", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const [tea, pot, lamp] = [await aProduct(shop), await aProduct(shop), await aProduct(shop)];
  await boughtTogether(shop, tea, pot, 0.4);
  await anOffer(shop);
  expect(subjects(await proposed(shop, { products: [tea] }))[0]).toBe(pot.productGid);
  expect(await rule(shop, tea, pot, "exclude")).toEqual({ status: "set" });
  expect(await rule(shop, tea, lamp, "pin")).toEqual({ status: "set" });
  const [only, ...none] = await proposed(shop, { products: [tea] });
  expect([only!.subject, none]).toEqual([lamp.productGid, []]);
  expect(only!.fit).toBe(0.3);
  expect(only!.features).toMatchObject({ source: "pinned" });
  expect(await keptAway(shop, { products: [tea] })).toEqual([pot.productGid]);
  expect(await keptAway(shop, { products: [tea, pot] })).toEqual([]);
  expect(subjects(await proposed(shop, { products: [lamp] }))).toContain(pot.productGid);
  // Another shop can neither set rules for these products nor see them.
  expect(await rule(other, tea, pot, null)).toEqual({ status: "unknown" });
  expect(await inShop(other.id, (tx) => companionsOfProduct(tx, other.id, tea.productGid))).toBeNull();
  await rule(shop, tea, pot, null);
  expect(subjects(await proposed(shop, { products: [tea] }))).toContain(pot.productGid);
});

test("products that go with several share one card, learnt or wanted; what is not sold is none; shops share nothing", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const draft = { status: "DRAFT" };
  const [tea, cup, pot, old] = [
    await aProduct(shop),
    await aProduct(shop),
    await aProduct(shop),
    await aProduct(shop, draft),
  ];
  await boughtTogether(shop, tea, pot, 0.4);
  await boughtTogether(shop, tea, old, 0.5);
  await rule(shop, cup, pot, "pin");
  forgetShopMemory();
  const keys = [tea.productGid, cup.productGid];
  const [besideTea, besideCup] = (await companionsFor(shop.id, keys)).map(({ others }) => others);
  expect(besideTea).toMatchObject([{ product: { productGid: pot.productGid }, pull: 0.4, pinned: false }]);
  expect(besideCup).toMatchObject([{ product: { productGid: pot.productGid }, pull: 0, pinned: true }]);
  expect(besideTea![0]!.product).toBe(besideCup![0]!.product);
  const foreign = await companionsFor(other.id, keys);
  expect(foreign.map(({ others }) => others)).toEqual([[], []]);
});

test("rules by collection hold for what is in it; a word about two products counts more; another shop has none", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const [tea, pot, cup, lamp] = [
    await aProduct(shop),
    await aProduct(shop),
    await aProduct(shop),
    await aProduct(shop),
  ];
  const [drinks, china] = [await aCollection(shop, 1, [tea]), await aCollection(shop, 2, [pot, cup])];
  await boughtTogether(shop, tea, pot, 0.4);
  await anOffer(shop);
  const besideTea = async () => subjects(await proposed(shop, { products: [tea] }));
  expect(await sayOf(shop, drinks, china, "exclude")).toEqual({ status: "set" });
  expect(await besideTea()).toEqual([lamp.productGid]);
  expect(await keptAway(shop, { products: [tea] })).toEqual([pot.productGid, cup.productGid]);
  expect(await keptAway(shop, { products: [lamp] })).toEqual([]);
  await rule(shop, tea, cup, "pin");
  expect((await besideTea()).sort()).toEqual([cup.productGid, lamp.productGid].sort());
  expect((await besideTea())[0]).toBe(cup.productGid);
  await rule(shop, tea, cup, null);
  expect(await sayOf(shop, drinks, lamp.productGid, "pin")).toEqual({ status: "set" });
  expect((await proposed(shop, { products: [tea] }))[0]).toMatchObject({
    subject: lamp.productGid,
    fit: 0.3,
  });
  await sayOf(shop, drinks, china, "pin");
  expect((await besideTea()).sort()).toEqual([pot, cup, lamp].map(({ productGid }) => productGid).sort());
  // Beside the lamp, which is in no collection, nothing was said.
  expect((await proposed(shop, { products: [lamp] })).every(({ fit }) => fit! < 0.3)).toBe(true);
  expect(await inShop(shop.id, (tx) => collectionRules(tx, shop.id, lamp.productGid))).toEqual([]);
  expect(await inShop(shop.id, (tx) => collectionRules(tx, shop.id, tea.productGid))).toHaveLength(2);
  expect(await sayOf(other, drinks, china, "exclude")).toEqual({ status: "unknown" });
  expect(await sayOf(shop, tea.productGid, pot.productGid, "pin")).toEqual({ status: "unknown" });
  expect(await inShop(other.id, (tx) => collectionRules(tx, other.id))).toEqual([]);
});

test("an offer may take only from a collection, or never from one; a rule of two products holds for pinned ones too", async () => {
  const shop = await aShop();
  const [tea, pot, cup, lamp] = [
    await aProduct(shop),
    await aProduct(shop),
    await aProduct(shop),
    await aProduct(shop),
  ];
  const china = await aCollection(shop, 1, [pot, cup]);
  await boughtTogether(shop, tea, pot, 0.4);
  await boughtTogether(shop, tea, lamp, 0.3);
  await anOffer(shop, { collectionGids: [china] });
  expect(subjects(await proposed(shop, { products: [tea] }))).toEqual([pot.productGid, cup.productGid]);
  await inShop(shop.id, (tx) =>
    tx.offer.updateMany({
      where: { shopId: shop.id },
      data: { collectionGids: [], excludedCollectionGids: [china] },
    }),
  );
  expect(subjects(await proposed(shop, { products: [tea] }))).toEqual([lamp.productGid]);
  expect(await keptAway(shop, { products: [tea] })).toEqual([pot.productGid, cup.productGid]);
  await inShop(shop.id, (tx) =>
    tx.offer.updateMany({
      where: { shopId: shop.id },
      data: { selection: "pinned", productGid: pot.productGid },
    }),
  );
  expect(subjects(await proposed(shop, { products: [tea] }))).toEqual([pot.productGid]);
  await rule(shop, tea, pot, "exclude");
  expect(await proposed(shop, { products: [tea] })).toEqual([]);
  expect(await keptAway(shop, { products: [tea] })).toEqual([pot.productGid]);
});

test("a product never goes with itself", async () => {
  const shop = await aShop();
  const tea = await aProduct(shop);
  expect(await rule(shop, tea, tea, "pin")).toEqual({ status: "unknown" });
});
