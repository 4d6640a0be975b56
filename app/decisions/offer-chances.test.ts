/** For how many orders an offer stood ready, whatever pages they passed: through the front door, for two shops. */
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { acceptOffer } from "#app/offers/accept.server";
import { offerResults } from "#app/offers/results.server";
import { recordOrder } from "#app/orders/orders.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import type { Moment } from "../../extensions/shared/contract";
import { askThroughProxy } from "../../tests/factories/app-proxy";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { foldAll } from "../../tests/factories/experiments";
import { servedHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aLine, anOrderSnapshot } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";
import { foldExposures } from "./fold-exposures.server";
import { joinOrder } from "./join-order.server";
import { recordOutcome } from "./outcomes.server";

const web = servedHotPaths();
beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

type Scene = { shop: Shop; chair: TestProduct; offer: { id: string } };

async function aScene(terms = {}, settings = {}): Promise<Scene> {
  const shop = await aShop({}, { holdoutPercent: 0, ...settings });
  const chair = await aProduct(shop, { title: "Oak chair", priceMinor: 12_900 });
  await boughtTogether(shop, chair, await aProduct(shop, { title: "Cushion", priceMinor: 3_995 }));
  return { shop, chair, offer: await aLiveOffer(shop, { discountPercent: 0, ...terms }) };
}

/** Orders and held out ones, over all days. */
async function chances({ shop }: Scene, offerId?: string) {
  const rows = await inShop(shop.id, (tx) => tx.offerChance.findMany({ where: { offerId } }));
  const sum = (field: "orders" | "heldOut") => rows.reduce((total, row) => total + row[field], 0);
  return { orders: sum("orders"), heldOut: sum("heldOut") };
}

const results = (shop: Shop) =>
  inShop(shop.id, (tx) =>
    offerResults(tx, shop.id, {
      from: new Date(Date.now() - 3 * DAY),
      to: new Date(Date.now() + DAY),
    }),
  );

const DAY = 86_400_000;

/** Somebody who fills a cart, and may go on to the checkout and the thank-you page. */
function aVisit({ shop, chair }: Scene) {
  const number = randomInt(1, 2 ** 40);
  const tokens = { cartToken: randomUUID(), checkoutToken: randomUUID() };
  const gid = `gid://shopify/Order/${number}`;
  const ask = (moment: Partial<Moment>) => askForOffers(web.url, shop, aMoment([chair], moment));
  return {
    gid,
    cart: () =>
      askThroughProxy(web.url, shop, "cart/decide", {
        ...{ cartToken: tokens.cartToken, locale: "en", currency: "EUR", country: "DE", mayLink: true },
        lines: [
          { productId: chair.productGid, variantId: chair.variantGid, quantity: 1, amountMinor: 12_900 },
        ],
      }),
    checkout: () => ask({ surface: "checkout", orderId: undefined, ...tokens }),
    thanks: () => ask({ orderId: gid, ...tokens }),
    status: () => ask({ surface: "order-status", orderId: gid }),
    arrive: (customer?: string, placedAt = new Date()) => {
      const known = anOrderSnapshot().customer!;
      const order = anOrderSnapshot({
        ...{ gid, name: `#${number}`, placedAt, ...tokens },
        customer: customer ? { ...known, gid: customer, email: `c${number}@example.com` } : null,
        lines: [aLine(number, { productGid: chair.productGid })],
      });
      return inShop(shop.id, (tx) => recordOrder(tx, shop.id, order, new Date()));
    },
    join: () => inShop(shop.id, (tx) => joinOrder(tx, shop.id, gid)),
  };
}

test("an offer of a later page counts the orders that reached it, beside other offers too", async () => {
  const scene = await aScene({ surfaces: ["order-status"] });
  const other = await aScene({ surfaces: ["order-status"] });
  const { shop, offer } = scene;
  const first = await aLiveOffer(shop, { surfaces: ["thank-you"], name: "First", discountPercent: 0 });
  for (let number = 0; number < 4; number++) {
    const visit = aVisit(scene);
    await visit.thanks();
    const { decisionId, placements } = await visit.status();
    expect(placements).toHaveLength(1);
    const key = { decisionId: decisionId!, position: 1 };
    await inShop(shop.id, (tx) => recordOutcome(tx, shop.id, key, "impression", new Date()));
    if (number >= 2) continue;
    const taker = { ...key, order: null, shopDomain: shop.domain, currency: "EUR" };
    await inShop(shop.id, (tx) => acceptOffer(tx, shop.id, taker, new Date()));
  }
  await aVisit(scene).thanks();
  await foldAll(shop);
  const [result] = await results(shop);
  expect(result).toMatchObject({ offerId: offer.id, views: 4, accepts: 2, eligibleOrders: 4, takeRate: 0.5 });
  expect(await chances(scene, first.id)).toEqual({ orders: 5, heldOut: 0 });
  expect(await chances(other)).toEqual({ orders: 0, heldOut: 0 });
});

const EVERYWHERE = { surfaces: ["cart", "checkout", "thank-you", "order-status"] };

test("carts count nothing until they are an order, which counts once on its first day, however late it is joined", async () => {
  const [scene, other] = [await aScene(EVERYWHERE), await aScene(EVERYWHERE)];
  for (let number = 0; number < 8; number++) await aVisit(scene).cart();
  const visit = aVisit(scene);
  await visit.cart();
  await visit.checkout();
  const { shop } = scene;
  const yesterday = new Date(Date.now() - DAY);
  await inShop(shop.id, (tx) => tx.decision.updateMany({ data: { decidedAt: yesterday } }));
  await foldAll(shop);
  expect(await chances(scene)).toEqual({ orders: 0, heldOut: 0 });
  await visit.thanks();
  await foldAll(shop);
  expect(await chances(scene)).toEqual({ orders: 1, heldOut: 0 });
  await visit.arrive();
  for (let times = 0; times < 2; times++) await visit.join();
  await visit.status();
  await foldAll(shop);
  const rows = await inShop(shop.id, (tx) => tx.offerChance.findMany({ where: { orders: { not: 0 } } }));
  expect(rows).toMatchObject([{ day: new Date(yesterday.toISOString().slice(0, 10)), orders: 1 }]);

  // Joined before anything was read, and with nothing but the cart.
  const early = aVisit(other);
  await early.cart();
  await early.arrive();
  await early.join();
  await foldAll(other.shop);
  const late = aVisit(other);
  await late.cart();
  await foldAll(other.shop);
  expect(await chances(other)).toEqual({ orders: 1, heldOut: 0 });
  await late.arrive();
  await late.join();
  expect(await chances(other)).toEqual({ orders: 2, heldOut: 0 });
  expect(await chances(scene)).toEqual({ orders: 1, heldOut: 0 });
});

test("an order that is joined while decisions are read counts once", async () => {
  const scene = await aScene(EVERYWHERE);
  const { shop } = scene;
  const visit = aVisit(scene);
  await visit.cart();
  await visit.arrive();
  const soon = new Date(Date.now() + 60_000);
  const joined = await inShop(shop.id, async (tx) => {
    expect(await foldExposures(tx, shop.id, soon)).toBe(1);
    const joining = visit.join();
    await Promise.race([joining, setTimeout(300)]);
    return { joining };
  });
  await joined.joining;
  expect(await foldAll(shop)).toBe(0);
  expect(await chances(scene)).toEqual({ orders: 1, heldOut: 0 });
});

test("an order that the holdout kept it from is counted apart, and the holdout's people stay as they were", async () => {
  const scene = await aScene({ ...EVERYWHERE, holdoutPercent: 50 });
  const { shop, offer } = scene;
  for (let number = 0; number < 24; number++) {
    const visit = aVisit(scene);
    await visit.cart();
    await visit.thanks();
    await visit.arrive();
    if (number % 2) await foldAll(shop);
    await visit.join();
  }
  await foldAll(shop);
  const { orders, heldOut } = await chances(scene);
  expect(orders + heldOut).toBe(24);
  expect(heldOut).toBeGreaterThan(0);
  const seen = await inShop(shop.id, (tx) =>
    tx.decision.findMany({ where: { placements: { some: {} } }, distinct: ["orderGid"] }),
  );
  expect(orders).toBe(seen.length);
  const people = await inShop(shop.id, (tx) =>
    tx.exposure.findMany({ where: { trialKey: `offer:${offer.id}` } }),
  );
  expect(people.map(({ orderGid }) => orderGid)).not.toContainEqual(expect.stringContaining("Visit"));
  expect(people).toHaveLength(24);
});

test("looks at the account count with the customer's last order, once", async () => {
  const scene = await aScene({ surfaces: ["account"] });
  const other = await aScene({ surfaces: ["account"] });
  const customer = `gid://shopify/Customer/${randomInt(1, 2 ** 40)}`;
  const look = () =>
    askForOffers(
      web.url,
      scene.shop,
      aMoment([], { surface: "account", orderId: undefined, mayLink: true }),
      customer,
    );
  await aVisit(scene).arrive(customer, new Date(Date.now() - 2 * DAY));
  await aVisit(other).arrive(customer, new Date(Date.now() - 2 * DAY));
  for (let times = 0; times < 2; times++) expect((await look()).placements).toHaveLength(1);
  await foldAll(scene.shop);
  await look();
  await foldAll(scene.shop);
  expect(await chances(scene)).toEqual({ orders: 1, heldOut: 0 });
  await aVisit(scene).arrive(customer);
  await look();
  await foldAll(scene.shop);
  expect(await chances(scene)).toEqual({ orders: 2, heldOut: 0 });
  expect(await chances(other)).toEqual({ orders: 0, heldOut: 0 });
});
