import { expect, test } from "vitest";
import { forgetShopMemory, companionsFor, memoryOf } from "#app/api/shop-memory.server";
import { payloadOf, type Candidate } from "#app/decisions/candidate";
import { inShop, inShopRaw } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { aShop } from "../../tests/factories/shop";
import { readBoughtBefore, type Bought } from "./bought-before.server";
import { affinityState, companionsOfProduct, findProducts, setCompanionRule } from "./companions.server";
import { collectionRules, setCollectionRule } from "./collection-rules.server";
import { EMPTY_OFFER } from "./offer";
import { offerCandidates } from "./offer-candidates";
import { createOffer } from "./offers.server";
import { categoryKey } from "./shelf.server";

const NOW = new Date("2026-11-22T12:00:00Z");

type Moment = { products: TestProduct[]; bought?: Bought[]; orderValueMinor?: number };

/** What would be proposed for an order of these products. */
async function proposed(shop: Shop, moment: Moment): Promise<Candidate[]> {
  return (await weighed(shop, moment)).filter(({ refusal }) => !refusal);
}

/** Products that a decision would name as kept away by the merchant. */
async function keptAway(shop: Shop, moment: Moment): Promise<string[]> {
  const candidates = await weighed(shop, moment);
  return candidates.flatMap(({ refusal, subject }) => (refusal === "excluded" ? [subject!] : []));
}

/** Through the same memory as a page of the shop. */
async function weighed(shop: Shop, { products, ...moment }: Moment): Promise<Candidate[]> {
  forgetShopMemory();
  const { shelf } = await memoryOf(shop.id);
  const gids = products.map(({ productGid }) => productGid);
  const companions = await companionsFor(shop.id, gids);
  const categories = await companionsFor(
    shop.id,
    [...companions.values()].map(({ category }) => categoryKey(category)),
  );
  return offerCandidates(shelf, (key) => companions.get(key) ?? categories.get(key), {
    ...{
      surface: "thank-you",
      locale: "en",
      currency: "EUR",
      shopCurrency: "EUR",
      productGids: gids,
      now: NOW,
    },
    ...moment,
  });
}

const subjects = (candidates: Candidate[]) => candidates.map(({ subject }) => subject);

async function anOffer(shop: Shop, overrides: Partial<typeof EMPTY_OFFER> = {}): Promise<void> {
  const form = { ...EMPTY_OFFER, name: "Goes well", ...overrides };
  await inShop(shop.id, (tx) => createOffer(tx, shop, form, "live", NOW));
}

async function rule(shop: Shop, product: TestProduct, other: TestProduct, kind: "pin" | "exclude" | null) {
  const { productGid } = product;
  return inShop(shop.id, (tx) =>
    setCompanionRule(tx, shop.id, { productGid, otherGid: other.productGid, rule: kind }, NOW),
  );
}

async function habits(shop: Shop, category: string, repeatRate: number): Promise<void> {
  await inShop(shop.id, (tx) =>
    tx.affinityModel.create({
      data: {
        shopId: shop.id,
        blend: {},
        habits: { [category]: { sales: 500, repeatRate, pairRate: 0.3 } },
        orders: 900,
        products: 3,
        learntAt: NOW,
      },
    }),
  );
}

async function anOrder(
  shop: Shop,
  number: number,
  customerGid: string,
  products: TestProduct[],
): Promise<string> {
  const gid = `gid://shopify/Order/${number}`;
  await inShop(shop.id, (tx) =>
    tx.order.create({
      data: {
        ...{ shopId: shop.id, gid, name: `#${number}`, currency: "EUR", totalMinor: 1_000, customerGid },
        ...{ placedAt: NOW, shopifyUpdatedAt: NOW },
        lines: {
          create: products.map(({ productGid }, index) => ({
            gid: `gid://shopify/LineItem/${number}${index}`,
            ...{ productGid, title: "x", quantity: 1, priceMinor: 1_000 },
          })),
        },
      },
    }),
  );
  return gid;
}

test("what goes with an order comes first, with a reason that can be said and facts for the model", async () => {
  const shop = await aShop();
  const tea = await aProduct(shop, { title: "Rose tea", category: "Tea" });
  const pot = await aProduct(shop, {
    title: "Rose pot",
    category: "Pots",
    priceMinor: 4_000,
    costMinor: 1_000,
  });
  const lamp = await aProduct(shop, { category: "Lamps" });
  await boughtTogether(shop, tea, pot, 0.3);
  await anOffer(shop);
  const [first, ...rest] = await proposed(shop, { products: [tea], orderValueMinor: 8_000 });
  expect(first).toMatchObject({
    subject: pot.productGid,
    valueMinor: 2_600,
    features: { source: "together", match: false, category: "Pots", price: "part", margin: "3/5" },
  });
  const payload = payloadOf(first!);
  expect(payload).toMatchObject({
    goesWith: "Rose tea",
    reasons: [{ code: "goes-with", product: "Rose tea" }],
  });
  expect(subjects(rest)).toEqual([lamp.productGid]);
});

test("a shop without any orders still proposes from its catalogue; what is sold out or unknown is never proposed", async () => {
  const shop = await aShop();
  const tea = await aProduct(shop);
  const cup = await aProduct(shop);
  await aProduct(shop, { available: false });
  await aProduct(shop, { status: "DRAFT" });
  await anOffer(shop);
  const unknown = { ...tea, productGid: "gid://shopify/Product/404404" };
  expect(subjects(await proposed(shop, { products: [tea, unknown] }))).toEqual([cup.productGid]);
});

test("costs that are missing or nonsense give a value that is a number", async () => {
  const shop = await aShop();
  const tea = await aProduct(shop);
  await aProduct(shop, { costMinor: null });
  await aProduct(shop, { costMinor: -500 });
  await anOffer(shop, { discountPercent: 0 });
  const values = (await proposed(shop, { products: [tea] })).map(({ valueMinor }) => valueMinor);
  expect(values).toEqual([1_000, 1_000]);
});

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

test("a customer is offered refills again, with that reason, and no second durable", async () => {
  const shop = await aShop();
  const beans = await aProduct(shop, { category: "Coffee" });
  const kettle = await aProduct(shop, { category: "Kettles" });
  const mug = await aProduct(shop, { category: "Mugs" });
  await habits(shop, "Coffee", 0.4);
  await anOffer(shop);
  const [customerGid, strangerGid] = ["gid://shopify/Customer/71", "gid://shopify/Customer/72"];
  await anOrder(shop, 1, customerGid, [beans, kettle]);
  await anOrder(shop, 2, customerGid, [beans]);
  const orderGid = await anOrder(shop, 3, customerGid, [mug]);
  const [bought, nothing, unlinked] = await inShopRaw(shop.id, (client) =>
    readBoughtBefore(client, shop.id, [
      { customerGid, orderGid },
      { customerGid: strangerGid, orderGid },
      { customerGid: null, orderGid },
    ]),
  );
  expect([nothing, unlinked]).toEqual([[], []]);
  expect(bought!.map(({ product, times }) => [product.productGid, times]).sort()).toEqual(
    [
      [beans.productGid, 2],
      [kettle.productGid, 1],
    ].sort(),
  );
  const [first, ...rest] = await proposed(shop, { products: [mug], bought });
  expect(first).toMatchObject({
    subject: beans.productGid,
    features: { source: "bought-before", history: "bought" },
  });
  expect(payloadOf(first!)).toMatchObject({ reasons: [{ code: "bought-before" }] });
  expect(rest).toEqual([]);
});

test("another shop's orders are nobody's earlier orders", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const customerGid = "gid://shopify/Customer/81";
  await anOrder(other, 1, customerGid, [await aProduct(other)]);
  const [bought] = await inShopRaw(shop.id, (client) =>
    readBoughtBefore(client, shop.id, [{ customerGid, orderGid: "gid://shopify/Order/9" }]),
  );
  expect(bought).toEqual([]);
});

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
