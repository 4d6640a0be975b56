/** The rules of an offer through the front door: real HTTP, real tokens, a real database. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { unpackCandidates } from "#app/decisions/stored-candidates";
import type { Prisma, Shop } from "#app/generated/prisma/client";
import type { AcceptOfferResponse, DecideResponse, Moment } from "../../extensions/shared/contract";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { anOrder } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";

const web = servedHotPaths();

const CUSTOMER = "gid://shopify/Customer/7";

async function aChairShop(offer: Partial<Prisma.OfferUncheckedCreateInput>) {
  const shop = await aShop({}, { holdoutPercent: 0, offerFloor: 0 });
  const chair = await aProduct(shop, { title: "Oak chair", category: "Chairs", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Wool cushion", priceMinor: 4_000 });
  await boughtTogether(shop, chair, cushion);
  return {
    shop,
    chair,
    offer: await aLiveOffer(shop, { selection: "pinned", productGid: cushion.productGid, ...offer }),
  };
}

async function reasonsOf(shop: Shop, { decisionId }: DecideResponse): Promise<(string | undefined)[]> {
  const row = await inShop(shop.id, (tx) =>
    tx.decision.findUniqueOrThrow({ where: { shopId_id: { shopId: shop.id, id: decisionId! } } }),
  );
  return unpackCandidates(row.candidates).map(({ reason }) => reason);
}

const see = (shop: Shop, { decisionId }: DecideResponse) =>
  callAsExtension(web.url, shop, "/api/outcomes", { decisionId, position: 1, outcome: "impression" });

test.each<[string, object, Partial<Moment>, boolean]>([
  ["a tag that the order's products do not have", { tags: ["steel"] }, {}, false],
  ["the order's type of product", { productTypes: ["Chairs"] }, {}, true],
  ["orders of more value", { minimumOrderMinor: 13_000 }, {}, false],
  ["the shopper's country", { countries: ["DE"] }, { country: "DE" }, true],
  ["another country", { countries: ["FR"] }, { country: "DE" }, false],
  ["returning shoppers, at a first order", { shoppers: "returning" }, { isFirstOrder: true }, false],
  ["new shoppers, at a first order", { shoppers: "new" }, { isFirstOrder: true }, true],
])("an offer for %s", async (_name, targeting, moment, shown) => {
  const { shop, chair } = await aChairShop({ targeting });
  const answer = await askForOffers(web.url, shop, aMoment([chair], moment));
  expect(answer.placements).toHaveLength(shown ? 1 : 0);
  if (!shown) expect(await reasonsOf(shop, answer)).toEqual(["not-targeted"]);
});

test("an offer for those who gave an answer reaches them, in their own shop only", async () => {
  const targeting = { segments: [{ attribute: "answers.post-purchase.source", value: "friends" }] };
  const [first, second] = [await aChairShop({ targeting }), await aChairShop({ targeting })];
  const now = new Date();
  await inShop(first.shop.id, (tx) =>
    tx.customer.create({
      data: {
        shopId: first.shop.id,
        gid: CUSTOMER,
        attributes: { "answers.post-purchase.source": "friends" },
        createdAt: now,
      },
    }),
  );
  const ask = async ({ shop, chair }: typeof first, customer?: string) =>
    (await askForOffers(web.url, shop, aMoment([chair]), customer)).placements.length;
  expect([await ask(first, CUSTOMER), await ask(first), await ask(second, CUSTOMER)]).toEqual([1, 0, 0]);
});

test("an offer for regulars counts the orders before this one, in their own shop only", async () => {
  const targeting = { history: { minimumOrders: 1, minimumSpentMinor: 1_000, maximumDays: 30 } };
  const [first, second] = [await aChairShop({ targeting }), await aChairShop({ targeting })];
  const ask = async ({ shop, chair }: typeof first, moment: Partial<Moment> = {}) =>
    (await askForOffers(web.url, shop, aMoment([chair], moment), CUSTOMER)).placements.length;
  expect(await ask(first)).toBe(0);
  const order = await anOrder(first.shop, { placedAt: new Date(), updatedAt: new Date() });
  expect(order.customerGid).toBe(CUSTOMER);
  // The order that is looked at is none before it.
  const itself = { surface: "order-status", orderId: order.gid } as const;
  expect([await ask(first, itself), await ask(first), await ask(second)]).toEqual([0, 1, 0]);
});

test("who ordered before is no new shopper, also where the page does not say so", async () => {
  const { shop, chair } = await aChairShop({ targeting: { shoppers: "new" } });
  expect((await askForOffers(web.url, shop, aMoment([chair]), CUSTOMER)).placements).toHaveLength(1);
  // What came to nothing makes nobody a returning shopper, as in the number of their orders.
  await anOrder(shop, { gid: "gid://shopify/Order/31", cancelledAt: new Date() });
  await anOrder(shop, { gid: "gid://shopify/Order/32", test: true });
  expect((await askForOffers(web.url, shop, aMoment([chair]), CUSTOMER)).placements).toHaveLength(1);
  await anOrder(shop);
  expect((await askForOffers(web.url, shop, aMoment([chair]), CUSTOMER)).placements).toHaveLength(0);
});

test("a shopper sees an offer as often as its cap allows, on whatever page", async () => {
  const { shop, chair } = await aChairShop({ capPerShopper: 1, capDays: 30 });
  const first = await askForOffers(web.url, shop, aMoment([chair]), CUSTOMER);
  expect(first.placements).toHaveLength(1);
  await see(shop, first);
  const second = await askForOffers(web.url, shop, aMoment([chair], { surface: "order-status" }), CUSTOMER);
  expect(second.placements).toEqual([]);
  expect(await reasonsOf(shop, second)).toEqual(["offer-capped"]);
  const other = await askForOffers(web.url, shop, aMoment([chair]), "gid://shopify/Customer/78");
  expect(other.placements).toHaveLength(1);
});

test("the cap holds for a guest through a whole purchase, before their order has arrived", async () => {
  const surfaces = ["checkout", "thank-you"];
  const { shop, chair } = await aChairShop({ surfaces, capPerShopper: 1, capDays: 30 });
  const ask = (page: Partial<Moment>) => askForOffers(web.url, shop, aMoment([chair], page));
  const checkout = { surface: "checkout", orderId: undefined } as const;
  const visit = { checkoutToken: "c1", cartToken: "k1" };
  await see(shop, await ask({ ...checkout, ...visit }));
  expect(await reasonsOf(shop, await ask({ ...visit }))).toEqual(["offer-capped"]);
  // Another checkout of the cart in which it was seen.
  await see(shop, await ask({ ...checkout, checkoutToken: "k2" }));
  expect((await ask({ ...checkout, checkoutToken: "c2", cartToken: "k2" })).placements).toEqual([]);
  expect((await ask({ ...checkout, checkoutToken: "c3", cartToken: "k3" })).placements).toHaveLength(1);
});

test("of many who accept at once, no more get it than the cap allows; who has it may ask again", async () => {
  const { shop, chair } = await aChairShop({ capTotal: 2, discountPercent: 10 });
  const shown = await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      askForOffers(web.url, shop, aMoment([chair]), `gid://shopify/Customer/${100 + index}`),
    ),
  );
  const accept = async ({ decisionId }: DecideResponse) => {
    const { body } = await callAsExtension<AcceptOfferResponse>(web.url, shop, "/api/offers/accept", {
      decisionId,
      position: 1,
    });
    return body.status;
  };
  const statuses = await Promise.all(shown.map(accept));
  expect(statuses.filter((status) => status !== "unavailable")).toHaveLength(2);
  expect(await Promise.all(shown.map(accept))).toEqual(statuses);
});
