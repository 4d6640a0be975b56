/** What was taken is given once and counted once, whatever is told twice, late or side by side. */
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { recordOrder } from "#app/orders/orders.server";
import { offersJobs } from "#app/worker/offers-jobs.server";
import type { AcceptOfferResponse } from "../../extensions/shared/contract";
import { aFurnitureShop } from "../../tests/factories/furniture-shop";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { aMoment, askForOffers } from "../../tests/factories/offers";
import { aLine, anOrderSnapshot } from "../../tests/factories/orders";
import { testPorts } from "../../tests/factories/ports";
import { shopifyDiscounts } from "../../tests/factories/shopify-discounts";
import { attributeOrder, attributeRefund } from "./attribution.server";

const web = servedHotPaths();
const CUSTOMER = "gid://shopify/Customer/7";
type Scene = Awaited<ReturnType<typeof aFurnitureShop>>;

async function accept({ shop }: Pick<Scene, "shop">, decisionId: string | null): Promise<string> {
  const body = { decisionId, position: 1 };
  const answer = await callAsExtension<AcceptOfferResponse>(web.url, shop, "/api/offers/accept", body);
  return answer.body.status;
}

/** The same customer has the cushion on the thank-you page and on the order status page. */
async function onTwoPages(scene: Scene) {
  const thanks = aMoment([scene.chair]);
  const one = await askForOffers(web.url, scene.shop, thanks, CUSTOMER);
  const status = { ...thanks, surface: "order-status" as const };
  const two = await askForOffers(web.url, scene.shop, status, CUSTOMER);
  return { one: one.decisionId, two: two.decisionId };
}

/** The customer orders the cushion. */
async function ordered({ shop, cushion }: Scene, overrides = {}): Promise<string> {
  const at = new Date(Date.now() + 60_000);
  const lines = [aLine(8_101, { productGid: cushion.productGid, priceMinor: 3_995 })];
  const snapshot = anOrderSnapshot({ placedAt: at, updatedAt: at, lines, ...overrides });
  await inShop(shop.id, (tx) => recordOrder(tx, shop.id, snapshot, at));
  return snapshot.gid;
}

async function sums({ shop }: Scene) {
  const placements = await inShop(shop.id, (tx) => tx.placement.findMany({ where: { shopId: shop.id } }));
  const sum = (of: (one: (typeof placements)[number]) => unknown) =>
    placements.reduce((total, one) => total + Number(of(one)), 0);
  return { revenue: sum((one) => one.revenueMinor), refunded: sum((one) => one.refundedMinor) };
}

async function codesGiven({ shop }: Scene): Promise<number> {
  return inShop(shop.id, (tx) =>
    tx.offerCode.count({ where: { shopId: shop.id, decisionId: { not: null } } }),
  );
}

test("a product that is taken on two open pages is given once, in each shop by itself", async () => {
  const [scene, other] = [await aFurnitureShop(), await aFurnitureShop()];
  const { one, two } = await onTwoPages(scene);
  const elsewhere = await onTwoPages(other);
  expect(await Promise.all([accept(scene, one), accept(scene, two)])).toEqual(["preparing", "preparing"]);
  expect(await codesGiven(scene)).toBe(1);
  await accept(other, elsewhere.one);
  expect(await codesGiven(other)).toBe(1);
});

test("an order that is told again counts a product for one offer", async () => {
  const scene = await aFurnitureShop();
  const { shop } = scene;
  const { one, two } = await onTwoPages(scene);
  await accept(scene, one);
  await inShop(shop.id, (tx) =>
    tx.placement.updateMany({
      where: { shopId: shop.id, decisionId: two! },
      data: { acceptedAt: new Date() },
    }),
  );
  const gid = await ordered(scene);
  for (let times = 0; times < 2; times++) {
    await inShop(shop.id, (tx) => attributeOrder(tx, shop.id, gid));
    expect(await sums(scene)).toEqual({ revenue: 3_995, refunded: 0 });
  }
});

test("a cancellation that is worked on before the order is taken off all the same", async () => {
  const scene = await aFurnitureShop();
  const { shop, chair } = scene;
  const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]), CUSTOMER);
  await accept(scene, decisionId);
  const gid = await ordered(scene, { cancelledAt: new Date(Date.now() + 60_000) });
  await inShop(shop.id, (tx) => attributeRefund(tx, shop.id, gid));
  await inShop(shop.id, (tx) => attributeOrder(tx, shop.id, gid));
  expect(await sums(scene)).toEqual({ revenue: 3_995, refunded: 3_995 });
});

test("a code that Shopify refused uses nothing up, and its shopper is offered the product again", async () => {
  const [scene, other] = [await aFurnitureShop(), await aFurnitureShop()];
  const { shop } = scene;
  for (const one of [scene, other])
    await inShop(one.shop.id, (tx) =>
      tx.offer.updateMany({ where: { shopId: one.shop.id }, data: { capTotal: 1 } }),
    );
  forgetShopMemory();
  for (const one of [scene, other]) await accept(one, (await onTwoPages(one)).one);
  const shopify = shopifyDiscounts();
  shopify.refuseWith("Too many discounts.");
  const jobs = offersJobs(testPorts({ adminFor: async () => shopify.admin, now: () => new Date() }));
  await jobs["offers.create-code"]({ shopId: shop.id, codeId: await pendingCode(scene) });
  const taken = ({ id }: typeof shop) =>
    inShop(id, async (tx) => (await tx.offer.findFirstOrThrow({ where: { shopId: id } })).taken);
  expect([await taken(shop), await taken(other.shop)]).toEqual([0, 1]);
  forgetShopMemory();
  const next = await askForOffers(web.url, shop, aMoment([scene.chair]), CUSTOMER);
  expect(next.placements).toHaveLength(1);
});

async function pendingCode({ shop: { id: shopId } }: Scene): Promise<string> {
  const where = { shopId, state: "pending" as const };
  return (await inShop(shopId, (tx) => tx.offerCode.findFirstOrThrow({ where }))).id;
}
