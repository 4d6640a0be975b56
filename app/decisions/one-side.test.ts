/** Who is held out stays held out: through a whole purchase, and for good. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { joinOrder } from "#app/decisions/join-order.server";
import type { Shop } from "#app/generated/prisma/client";
import { recordOrder } from "#app/orders/orders.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import type { DecideResponse, Moment } from "../../extensions/shared/contract";
import { askThroughProxy } from "../../tests/factories/app-proxy";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { foldAll } from "../../tests/factories/experiments";
import { servedHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aLine, anOrderSnapshot } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";

const web = servedHotPaths();
beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const EVERYWHERE = ["cart", "checkout", "thank-you", "order-status", "account"];
const GUESTS = 24;
let orders = 70_000_000;

async function aShopWithHoldout(settings: object, offer: object = {}) {
  const shop = await aShop({}, settings);
  const chair = await aProduct(shop, { title: "Oak chair", priceMinor: 12_900 });
  await boughtTogether(shop, chair, await aProduct(shop, { priceMinor: 3_995 }));
  await aLiveOffer(shop, { surfaces: EVERYWHERE, discountPercent: 0, ...offer });
  return { shop, chair };
}
type Scene = Awaited<ReturnType<typeof aShopWithHoldout>>;

async function inCart({ shop, chair }: Scene, cartToken: string): Promise<number> {
  const { lines } = aMoment([chair]);
  const cart = { cartToken, locale: "en", currency: "EUR", country: "DE", lines, mayLink: true };
  const visitor = `203.0.113.${orders % 250}`;
  const { body } = await askThroughProxy<DecideResponse>(web.url, shop, "cart/decide", cart, { visitor });
  return body.placements.length;
}

async function onPage({ shop, chair }: Scene, page: Partial<Moment>, customer?: string): Promise<number> {
  return (await askForOffers(web.url, shop, aMoment([chair], page), customer)).placements.length;
}

/**
 * From the cart to the order status page; the order arrives in between. The last look, as a mail's or the tracking page's, knows of no
 * visit. @returns on which of the pages they met the offer
 */
async function aPurchase(scene: Scene, beginsInCart = true, signedInAs?: string) {
  const gid = `gid://shopify/Order/${++orders}`;
  const [checkoutToken, cartToken] = [randomUUID(), beginsInCart ? randomUUID() : undefined];
  const visit = { checkoutToken, cartToken };
  const seen = cartToken ? [await inCart(scene, cartToken)] : [];
  seen.push(await onPage(scene, { ...visit, surface: "checkout", orderId: undefined }, signedInAs));
  seen.push(await onPage(scene, { ...visit, orderId: gid }));
  const customerGid = signedInAs ?? `gid://shopify/Customer/${orders}`;
  const customer = { ...anOrderSnapshot().customer!, gid: customerGid };
  await arrive(scene.shop, scene.chair, { gid, customer, ...visit });
  seen.push(await onPage(scene, { ...visit, surface: "order-status", orderId: gid }));
  await inShop(scene.shop.id, (tx) => joinOrder(tx, scene.shop.id, gid));
  seen.push(await onPage(scene, { surface: "order-status", orderId: gid }));
  return { gid, customerGid, seen };
}

async function arrive(shop: Shop, { productGid }: TestProduct, order: object): Promise<void> {
  const lines = [aLine(orders, { productGid })];
  const snapshot = anOrderSnapshot({ name: `#${orders}`, lines, ...order });
  await inShop(shop.id, (tx) => recordOrder(tx, shop.id, snapshot, new Date()));
}

test.each([
  ["the shop's holdout", { holdoutPercent: 50 }, {}, true],
  ["the shop's holdout, without a cart of ours", { holdoutPercent: 50 }, {}, false],
  ["an offer's own holdout", { holdoutPercent: 0 }, { holdoutPercent: 50 }, true],
])(
  "a guest meets an offer on all pages of a purchase or on none: %s",
  async (_, settings, offer, beginsInCart) => {
    const scene = await aShopWithHoldout(settings, offer);
    const sides = new Set<string>();
    for (let guest = 0; guest < GUESTS; guest++) {
      const { seen } = await aPurchase(scene, beginsInCart);
      expect(new Set(seen).size, seen.join()).toBe(1);
      sides.add(String(seen[0]));
    }
    expect([...sides].sort()).toEqual(["0", "1"]);
  },
);

test("a known customer who signs in after the cart meets the offer on all pages of that purchase or on none", async () => {
  const scene = await aShopWithHoldout({ holdoutPercent: 50 });
  for (let guest = 0; guest < GUESTS; guest++) {
    const { customerGid } = await aPurchase(scene);
    await foldAll(scene.shop);
    const { seen } = await aPurchase(scene, true, customerGid);
    expect(new Set(seen).size, seen.join()).toBe(1);
  }
});

test("later pages keep the side that a customer met first, in their own shop, as long as the holdout has its size", async () => {
  const [scene, other] = [
    await aShopWithHoldout({ holdoutPercent: 50 }),
    await aShopWithHoldout({ holdoutPercent: 50 }),
  ];
  const { shop } = scene;
  const customers: { customerGid: string; isHeldOut: boolean }[] = [];
  for (let guest = 0; guest < GUESTS; guest++) {
    const { customerGid, seen } = await aPurchase(scene);
    await foldAll(shop);
    customers.push({ customerGid, isHeldOut: seen[0] === 0 });
  }
  const account = { surface: "account", orderId: undefined } as const;
  const shownInAccount = (asked: Scene) =>
    Promise.all(customers.map(async ({ customerGid }) => (await onPage(asked, account, customerGid)) > 0));
  const expected = customers.map(({ isHeldOut }) => !isHeldOut);
  expect(await shownInAccount(scene)).toEqual(expected);
  // Who nobody knows there is drawn anew, and so not always to the same side.
  expect(await shownInAccount(other)).not.toEqual(expected);

  // Another size is another comparison.
  await setHoldout(shop, 10);
  expect(await shownInAccount(scene)).not.toEqual(expected);
  await setHoldout(shop, 0);
  expect(await shownInAccount(scene)).toEqual(customers.map(() => true));
  await setHoldout(shop, 50);
  expect(await shownInAccount(scene)).toEqual(expected);
});

async function setHoldout({ id: shopId }: Shop, holdoutPercent: number): Promise<void> {
  await inShop(shopId, (tx) => tx.shopSettings.update({ where: { shopId }, data: { holdoutPercent } }));
  forgetShopMemory();
}
