/** From the page to the model and back: real HTTP, a real database, the worker's own job. */
import { expect, test } from "vitest";
import { forgetShopMemory, memoryOf } from "#app/api/shop-memory.server";
import { acrossShops, inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aShop } from "../../tests/factories/shop";
import { decisionById } from "./explain.server";
import { unpackCandidates } from "./stored-candidates";
import { shopsToTeach, teachModel } from "./teach.server";
import { voicesOf } from "./what-spoke.server";

const web = servedHotPaths();

async function aFurnitureShop() {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop, { category: "Chairs", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { category: "Cushions", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop);
  return { shop, chair, cushion };
}

async function see(shop: Shop, product: TestProduct): Promise<string> {
  const { decisionId } = await askForOffers(web.url, shop, aMoment([product]));
  await tell(shop, decisionId!, "impression");
  return decisionId!;
}

async function tell(shop: Shop, decisionId: string, outcome: string): Promise<void> {
  await callAsExtension(web.url, shop, "/api/outcomes", { decisionId, position: 1, outcome });
}

async function accept(shop: Shop, decisionId: string): Promise<void> {
  await callAsExtension(web.url, shop, "/api/offers/accept", { decisionId, position: 1 });
}

const teach = (shop: Shop, batch?: number) =>
  inShop(shop.id, (tx) => teachModel(tx, shop.id, new Date(), batch));

async function learntOf(shop: Shop): Promise<number> {
  const row = await inShop(shop.id, (tx) => tx.decisionModel.findFirst({ where: { shopId: shop.id } }));
  return row?.learnt ?? 0;
}

/** What the next shopper's decision believes of its only candidate. */
async function believed(shop: Shop, product: TestProduct): Promise<number> {
  forgetShopMemory();
  const { decisionId } = await askForOffers(web.url, shop, aMoment([product]));
  const { candidates } = await inShop(shop.id, (tx) =>
    tx.decision.findUniqueOrThrow({ where: { shopId_id: { shopId: shop.id, id: decisionId! } } }),
  );
  return unpackCandidates(candidates)[0]!.probability;
}

test("what is taken is believed in more, what is passed over less, each in its own shop", async () => {
  const [liked, passed, untouched] = [await aFurnitureShop(), await aFurnitureShop(), await aFurnitureShop()];
  const before = await believed(liked.shop, liked.chair);
  for (let shopper = 0; shopper < 6; shopper++) {
    await accept(liked.shop, await see(liked.shop, liked.chair));
    await see(passed.shop, passed.chair);
  }
  expect(await teach(liked.shop)).toBe(6);
  expect(await teach(passed.shop)).toBe(6);

  expect(await believed(liked.shop, liked.chair)).toBeGreaterThan(2 * before);
  expect(await believed(passed.shop, passed.chair)).toBeLessThan(0.95 * before);
  expect(await believed(untouched.shop, untouched.chair)).toBe(before);
  expect(await learntOf(untouched.shop)).toBe(0);
  const decision = await inShop(liked.shop.id, (tx) =>
    tx.decision.findFirstOrThrow({ where: { shopId: liked.shop.id }, orderBy: { id: "desc" } }),
  );
  expect(decision.modelVersion).toMatch(/@6$/);
});

test("what was seen is learnt once, what was never seen not at all", async () => {
  const { shop, chair } = await aFurnitureShop();
  await askForOffers(web.url, shop, aMoment([chair]));
  expect(await acrossShops(shopsToTeach)).not.toContain(shop.id);
  await see(shop, chair);
  expect(await acrossShops(shopsToTeach)).toContain(shop.id);
  expect(await teach(shop)).toBe(1);
  expect(await teach(shop)).toBe(0);
  expect(await learntOf(shop)).toBe(1);
});

test("what was seen counts as a no until a yes corrects it; a dismissal changes nothing more", async () => {
  const { shop, chair } = await aFurnitureShop();
  const late = await see(shop, chair);
  await teach(shop);
  const asNo = await believed(shop, chair);
  await accept(shop, late);
  expect(await teach(shop)).toBe(1);
  expect(await believed(shop, chair)).toBeGreaterThan(asNo);
  expect(await learntOf(shop)).toBe(1);

  const declined = await see(shop, chair);
  expect(await teach(shop)).toBe(1);
  await tell(shop, declined, "dismissal");
  expect(await teach(shop)).toBe(0);
  expect(await learntOf(shop)).toBe(2);
});

test("a writer that dies between batches loses nothing and counts nothing twice", async () => {
  const { shop, chair } = await aFurnitureShop();
  for (let shopper = 0; shopper < 5; shopper++) await see(shop, chair);
  expect(await teach(shop, 2)).toBe(2);
  const dying = inShop(shop.id, async (tx) => {
    await teachModel(tx, shop.id, new Date(), 2);
    throw new Error("the process is gone");
  });
  await expect(dying).rejects.toThrow("the process is gone");
  expect(await learntOf(shop)).toBe(2);
  expect(await teach(shop, 2)).toBe(2);
  expect(await teach(shop, 2)).toBe(1);
  expect(await teach(shop, 2)).toBe(0);
  expect(await learntOf(shop)).toBe(5);
});

test("two writers of one shop do not learn the same outcome", async () => {
  const { shop, chair } = await aFurnitureShop();
  for (let shopper = 0; shopper < 4; shopper++) await see(shop, chair);
  const both = await Promise.all([teach(shop), teach(shop)]);
  expect(both.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(await learntOf(shop)).toBe(4);
});

test("several batches teach the same as one", async () => {
  const { shop, chair } = await aFurnitureShop();
  for (let shopper = 0; shopper < 4; shopper++) await see(shop, chair);
  while ((await teach(shop, 1)) > 0);
  const stepwise = await believed(shop, chair);
  await inShop(shop.id, async (tx) => {
    await tx.decisionModel.deleteMany({ where: { shopId: shop.id } });
    await tx.placement.updateMany({
      where: { shopId: shop.id, impressionAt: { not: null } },
      data: { taught: 0 },
    });
  });
  await teach(shop);
  expect(await believed(shop, chair)).toBeCloseTo(stepwise, 5);
});

test("the decision of an erased person is passed over", async () => {
  const { shop, chair } = await aFurnitureShop();
  const decisionId = await see(shop, chair);
  await inShop(shop.id, (tx) =>
    tx.decision.updateMany({ where: { shopId: shop.id, id: decisionId }, data: { context: {} } }),
  );
  expect(await teach(shop)).toBe(1);
  expect(await learntOf(shop)).toBe(0);
  expect(await teach(shop)).toBe(0);
});

test("refunds and usual orders reach the ranking with the model", async () => {
  const { shop, chair } = await aFurnitureShop();
  const decisionId = await see(shop, chair);
  await inShop(shop.id, (tx) =>
    tx.placement.updateMany({
      where: { shopId: shop.id, decisionId },
      data: { orderGid: "gid://shopify/Order/1", revenueMinor: 3_595, refundedMinor: 3_595 },
    }),
  );
  await teach(shop);
  forgetShopMemory();
  const { learnt } = await memoryOf(shop.id);
  expect(learnt.keptShare).toBeCloseTo(1 - 1 / 21, 6);
  expect(learnt.usualOrderMinor).toBeNull();
});

test("a decision says what spoke for its candidate, from its own shop's model only", async () => {
  const [{ shop, chair }, other] = [await aFurnitureShop(), await aFurnitureShop()];
  for (let shopper = 0; shopper < 4; shopper++) await accept(shop, await see(shop, chair));
  await teach(shop);
  const voicesIn = async (of: Awaited<ReturnType<typeof aFurnitureShop>>) => {
    const { decisionId } = await askForOffers(web.url, of.shop, aMoment([of.chair]));
    return inShop(of.shop.id, async (tx) =>
      voicesOf(tx, of.shop.id, (await decisionById(tx, of.shop.id, decisionId!))!),
    );
  };
  const [voices] = await voicesIn({ shop, chair, cushion: chair });
  expect(voices!.for.map(({ feature }) => feature)).toContainEqual({ name: "source", value: "together" });
  expect(voices!.against).toEqual([]);
  expect(await voicesIn(other)).toEqual([]);
});
