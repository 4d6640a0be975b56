/** What the cart block asks through the shop's own address: an offer, what became of it, its code. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { joinOrder } from "#app/decisions/join-order.server";
import type { Shop } from "#app/generated/prisma/client";
import { recordOrder } from "#app/orders/orders.server";
import type { AcceptOfferResponse, DecideResponse, OfferPlacement } from "../../extensions/shared/contract";
import { askThroughProxy, type ProxyRequest } from "../../tests/factories/app-proxy";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { servedHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aLine, anOrderSnapshot } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";

const web = servedHotPaths();

async function aShopWithCartOffer(overrides = {}) {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop, { title: "Oak chair", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Cushion", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  const offer = await aLiveOffer(shop, { surfaces: ["cart"], discountPercent: 0, ...overrides });
  return { shop, chair, cushion, offer };
}

const anOfferEverywhere = () => aShopWithCartOffer({ surfaces: ["cart", "checkout", "thank-you"] });

function cartWith(products: TestProduct[], cartToken: string = randomUUID()) {
  const lines = products.map(({ productGid, variantGid, priceMinor }) => ({
    productId: productGid,
    variantId: variantGid,
    quantity: 1,
    amountMinor: priceMinor,
  }));
  return { cartToken, locale: "en", currency: "EUR", country: "DE", lines, mayLink: true };
}

async function decide(shop: Shop, cart: unknown, request?: ProxyRequest) {
  return (await askThroughProxy<DecideResponse>(web.url, shop, "cart/decide", cart, request)).body;
}

function decisions(shop: Shop) {
  return inShop(shop.id, (tx) => tx.decision.findMany());
}

test("one offer for the cart, with its reason and the price that is charged", async () => {
  const { shop, chair, cushion, offer } = await aShopWithCartOffer();
  await inShop(shop.id, (tx) =>
    tx.shopSettings.update({
      where: { shopId: shop.id },
      data: { surfaceRules: { cart: { floor: null, offersAtOnce: 3 } } },
    }),
  );
  await aProduct(shop, { title: "Table", priceMinor: 9_900 });
  forgetShopMemory();
  const { decisionId, placements } = await decide(shop, cartWith([chair]));
  expect(placements).toHaveLength(1);
  expect(placements[0]).toMatchObject({
    kind: "offer",
    offerId: offer.id,
    productId: cushion.productGid,
    reasons: [{ code: "goes-with", product: "Oak chair" }],
    acceptBy: "cart",
    discountedMinor: 3_995,
  });
  expect(await decisions(shop)).toMatchObject([{ id: decisionId, surface: "cart", block: "offers" }]);
});

test("who is signed in comes from Shopify's signature, never from the page", async () => {
  const { shop, chair } = await aShopWithCartOffer();
  const forged = {
    ...cartWith([chair]),
    customerGid: "gid://shopify/Customer/1",
    orderId: "gid://shopify/Order/1",
  };
  await decide(shop, forged, { customerId: "77" });
  expect(await decisions(shop)).toMatchObject([
    { customerGid: "gid://shopify/Customer/77", orderGid: expect.stringMatching(/Visit/) },
  ]);
});

test("declined is not shown again for this cart, and the order that comes of it takes all over", async () => {
  const { shop, chair, offer } = await aShopWithCartOffer();
  const cart = cartWith([chair]);
  const { decisionId } = await decide(shop, cart);
  const tell = (outcome: string) =>
    askThroughProxy(web.url, shop, "cart/outcome", { decisionId, position: 1, outcome });
  expect((await tell("impression")).body.status).toBe("recorded");
  expect((await tell("dismissal")).body.status).toBe("recorded");
  expect((await tell("dismissal")).body.status).toBe("already-recorded");
  expect((await decide(shop, cart)).placements).toEqual([]);

  const order = anOrderSnapshot({
    cartToken: cart.cartToken,
    lines: [aLine(1, { productGid: chair.productGid })],
  });
  await inShop(shop.id, async (tx) => {
    await recordOrder(tx, shop.id, order, new Date());
    await joinOrder(tx, shop.id, order.gid);
  });
  const placements = await inShop(shop.id, (tx) => tx.placement.findMany());
  expect(placements).toMatchObject([
    { candidateId: offer.id, personKey: order.customer?.gid ?? `order:${order.gid}` },
  ]);
  expect(await decisions(shop)).toMatchObject([{ orderGid: order.gid }]);
});

test("a guest's no in the cart is known in the checkout and on the thank-you page before there is an order, here only", async () => {
  const [one, other] = [await anOfferEverywhere(), await anOfferEverywhere()];
  const { decisionId } = await decide(one.shop, cartWith([one.chair], "one-cart"));
  const said = { decisionId, position: 1, outcome: "dismissal" };
  expect((await askThroughProxy(web.url, one.shop, "cart/outcome", said)).body.status).toBe("recorded");
  const shownLater = async (
    { shop, chair }: typeof one,
    surface: "checkout" | "thank-you",
    cartToken?: string,
  ) => {
    const orderId = surface === "checkout" ? undefined : aMoment([]).orderId;
    const moment = aMoment([chair], { surface, orderId, checkoutToken: randomUUID(), cartToken });
    return (await askForOffers(web.url, shop, moment)).placements.length;
  };
  for (const surface of ["checkout", "thank-you"] as const) {
    expect(await shownLater(one, surface, "one-cart")).toBe(0);
    expect(await shownLater(one, surface)).toBe(1);
    expect(await shownLater(other, surface, "one-cart")).toBe(1);
  }
});

test("taken at the price shown, however often it is pressed", async () => {
  const { shop, chair, cushion, offer } = await aShopWithCartOffer({ capTotal: 5 });
  const { decisionId } = await decide(shop, cartWith([chair]));
  const take = () =>
    askThroughProxy<AcceptOfferResponse>(web.url, shop, "cart/accept", { decisionId, position: 1 });
  const answers = await Promise.all([take(), take()]);
  for (const { body } of answers) {
    expect(body).toMatchObject({ status: "accepted", code: null, discountedMinor: cushion.priceMinor });
  }
  const [taken] = await inShop(shop.id, (tx) => tx.offer.findMany({ where: { id: offer.id } }));
  expect(taken!.taken).toBe(1);
});

test("a discount needs an exclusive code; where another code stands in the cart, the usual price is given", async () => {
  const { shop, chair, cushion } = await aShopWithCartOffer({ discountPercent: 15 });
  const { decisionId, placements } = await decide(shop, cartWith([chair]));
  expect((placements[0] as OfferPlacement).discountedMinor).toBe(3_396);
  const asked = { decisionId, position: 1 };
  expect((await askThroughProxy(web.url, shop, "cart/accept", asked)).body.status).toBe("preparing");
  const second = await decide(shop, cartWith([chair]));
  const full = { decisionId: second.decisionId, position: 1, atFullPrice: true };
  const { body } = await askThroughProxy(web.url, shop, "cart/accept", full);
  expect(body).toMatchObject({ status: "accepted", code: null, priceMinor: cushion.priceMinor });
});

test("one shop never answers for another", async () => {
  const { shop, chair } = await aShopWithCartOffer();
  const other = await aShopWithCartOffer();
  const { decisionId } = await decide(shop, cartWith([chair]));
  const foreign = { decisionId, position: 1 };
  const told = await askThroughProxy(web.url, other.shop, "cart/outcome", {
    ...foreign,
    outcome: "dismissal",
  });
  expect(told.body.status).toBe("unknown");
  const taken = await askThroughProxy(web.url, other.shop, "cart/accept", foreign);
  expect(taken.body.status).toBe("unavailable");
  const { placements } = await decide(other.shop, cartWith([chair]));
  expect(placements.map((one) => (one as OfferPlacement).productId)).not.toContain(chair.productGid);
});

test("the theme editor gets sample content, and nothing is stored", async () => {
  const { shop, chair } = await aShopWithCartOffer();
  const answer = await decide(shop, { ...cartWith([chair]), preview: true });
  expect([answer.decisionId, answer.placements.length]).toEqual([null, 1]);
  expect(await decisions(shop)).toEqual([]);
});

test("only Shopify's proxy may ask, only now, and only with JSON that says a cart", async () => {
  const { shop, chair } = await aShopWithCartOffer();
  const cart = cartWith([chair]);
  const statusOf = async (body: unknown, request: ProxyRequest, to: Pick<Shop, "domain"> = shop) =>
    (await askThroughProxy(web.url, to, "cart/decide", body, request)).status;
  expect(await statusOf(cart, { secret: "another" })).toBe(401);
  expect(await statusOf(cart, { timestamp: Math.floor(Date.now() / 1000) - 120 })).toBe(401);
  expect(await statusOf(cart, { contentType: "text/plain" })).toBe(415);
  expect(await statusOf(cart, {}, { domain: "stranger.myshopify.com" })).toBe(404);
  expect(await statusOf("{", {})).toBe(400);
  expect(await statusOf({ ...cart, cartToken: "" }, {})).toBe(400);
  expect(await statusOf({ ...cart, lines: [{ productId: "x" }] }, {})).toBe(400);
  expect(await statusOf({ ...cart, locale: "x".repeat(70_000) }, {})).toBe(413);
  expect(await decisions(shop)).toEqual([]);
});

test("a script that asks without end is slowed down, and nobody else", async () => {
  const { shop, chair } = await aShopWithCartOffer();
  const cart = cartWith([chair]);
  const statuses: number[] = [];
  for (let asked = 0; asked < 260 && !statuses.includes(429); asked++) {
    const told = { decisionId: randomUUID(), position: 1, outcome: "impression" };
    const { status } = await askThroughProxy(web.url, shop, "cart/outcome", told, {
      visitor: "203.0.113.66",
    });
    statuses.push(status);
  }
  expect(statuses).toContain(429);
  expect((await decide(shop, cart)).placements).toHaveLength(1);
});
