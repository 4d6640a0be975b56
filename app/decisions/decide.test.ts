/** Decisions through the front door: real HTTP, real tokens, a real database. */
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import type { OfferPlacement } from "../../extensions/shared/contract";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { aFurnitureShop, NO_HOLDOUT, storedDecision, tell } from "../../tests/factories/furniture-shop";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { anOrder } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";
import type { DecisionContext } from "./decision";
import { replay } from "./judge";
import { unpackCandidates } from "./stored-candidates";

const web = servedHotPaths();

test("what goes with the order is offered, with its reason and the exact price", async () => {
  const { shop, chair, cushion, offer } = await aFurnitureShop();
  const answer = await askForOffers(web.url, shop, aMoment([chair], { locale: "de-AT" }));
  expect(answer.placements).toEqual([
    {
      kind: "offer",
      position: 1,
      offerId: offer.id,
      productId: cushion.productGid,
      variantId: cushion.variantGid,
      title: "Wool cushion",
      headline: "Dazu",
      goesWith: "Oak chair",
      reasons: [{ code: "goes-with", product: "Oak chair" }],
      acceptBy: "code",
      priceMinor: 3_995,
      discountedMinor: 3_595,
      currency: "EUR",
      discountPercent: 10,
      validDays: 14,
    },
  ]);
});

test("the decision is stored with candidates, scores and propensities, and replays to the same answer", async () => {
  const { shop, chair, cushion } = await aFurnitureShop();
  for (let index = 0; index < 12; index++)
    await boughtTogether(shop, chair, await aProduct(shop), 0.05 + index / 100);
  forgetShopMemory();
  const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]));
  const decision = await storedDecision(shop, decisionId!);
  const candidates = unpackCandidates(decision.candidates);

  expect(candidates).toHaveLength(13);
  expect(candidates.map(({ subject }) => subject)).toContain(cushion.productGid);
  const chosen = decision.placements.map(({ position, subject, propensity }) => ({
    position,
    subject,
    propensity,
  }));
  const total = candidates.reduce((sum, { propensity }) => sum + propensity, 0);
  expect(total).toBeGreaterThan(0.99);
  expect(total).toBeLessThanOrEqual(1.00001);

  const again = replay(decision.seed, decision.context as unknown as DecisionContext, candidates);
  expect(
    again.map(({ index, position, propensity }) => ({
      position,
      subject: candidates[index]!.subject,
      propensity,
    })),
  ).toEqual(chosen);
});

test("a page that is opened again gets the same answer, and stores no second one", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair]);
  const first = await askForOffers(web.url, shop, moment);
  const second = await askForOffers(web.url, shop, {
    ...moment,
    orderId: moment.orderId.replace("OrderIdentity", "Order"),
  });
  expect(second).toEqual(first);
  expect(await inShop(shop.id, (tx) => tx.decision.count({ where: { shopId: shop.id } }))).toBe(1);
});

test("a page that is opened again no longer shows what the merchant has excluded since", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair]);
  const [shown] = (await askForOffers(web.url, shop, moment)).placements;
  const { offerId, productId } = shown as { offerId: string; productId: string };
  await inShop(shop.id, (tx) =>
    tx.offer.update({
      where: { shopId_id: { shopId: shop.id, id: offerId } },
      data: { excludedGids: [productId] },
    }),
  );
  forgetShopMemory();
  const again = await askForOffers(web.url, shop, moment);
  expect(again.placements.map((one) => (one as { productId: string }).productId)).not.toContain(productId);
});

test("what was taken stays on the page, whatever another tab declines later", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair]);
  const { decisionId, placements } = await askForOffers(web.url, shop, moment);
  await callAsExtension(web.url, shop, "/api/offers/accept", { decisionId, position: 1 });
  await tell(web.url, shop, decisionId!, "dismissal");
  const again = await askForOffers(web.url, shop, moment);
  expect(again).toMatchObject({ decisionId, placements: [{ ...placements[0], accepted: true }] });
});

test.each([
  ["cancelled", { cancelledAt: new Date() }],
  ["refunded", { refundedMinor: 4_500 }],
])("beside an order that was %s nothing is offered, in that shop only", async (_, change) => {
  const { shop, chair } = await aFurnitureShop();
  const other = await aFurnitureShop();
  const orders = await Promise.all(
    [shop, other.shop].map((one) => anOrder(one, { gid: "gid://shopify/Order/77" })),
  );
  const ask = (its: typeof shop, product: typeof chair) =>
    askForOffers(web.url, its, aMoment([product], { surface: "order-status", orderId: orders[0]!.gid }));
  expect((await ask(shop, chair)).placements).toHaveLength(1);
  await inShop(shop.id, (tx) => tx.order.updateMany({ where: { shopId: shop.id }, data: change }));
  expect((await ask(shop, chair)).placements).toEqual([]);
  expect((await ask(other.shop, other.chair)).placements).toHaveLength(1);
});

test("a page that asks several times at once is told the same each time, once", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair]);
  const first = await askForOffers(web.url, shop, moment);
  await tell(web.url, shop, first.decisionId!, "impression");
  // Those that arrive while the first is answered are decided together.
  const again = await Promise.all(Array.from({ length: 6 }, () => askForOffers(web.url, shop, moment)));
  for (const answer of again) expect(answer).toEqual(first);
  // One impression is one, however many ask: the next order has two left of three.
  const later = await Promise.all(
    Array.from({ length: 6 }, () => askForOffers(web.url, shop, aMoment([chair]))),
  );
  expect(later.map(({ placements }) => placements.length)).toEqual(Array(6).fill(1));
});

test("outcomes are recorded once, and an impression uses up attention", async () => {
  const { shop, chair } = await aFurnitureShop();
  const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]));
  expect(await tell(web.url, shop, decisionId!, "impression")).toBe("recorded");
  expect(await tell(web.url, shop, decisionId!, "impression")).toBe("already-recorded");
  expect(await tell(web.url, shop, decisionId!, "click")).toBe("recorded");
  expect(await tell(web.url, shop, decisionId!, "impression", 2)).toBe("unknown");
  const touches = await inShop(shop.id, (tx) => tx.touch.findMany({ where: { shopId: shop.id } }));
  expect(touches).toMatchObject([{ kind: "offer", channel: "thank-you", marketing: true }]);
});

test("a buyer who did not allow analytics is not linked to their customer", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair], { mayLink: false });
  const { decisionId } = await askForOffers(web.url, shop, moment, "gid://shopify/Customer/81");
  const decision = await storedDecision(shop, decisionId!);
  expect(decision.customerGid).toBeNull();
  expect(decision.personKey).toBe(`order:${moment.orderId.replace("OrderIdentity", "Order")}`);
});

test("the checkout editor gets sample content, and nothing is stored", async () => {
  const { shop, chair, cushion } = await aFurnitureShop();
  const answer = await askForOffers(web.url, shop, aMoment([chair], { preview: true }));
  expect(answer.decisionId).toBeNull();
  expect((answer.placements[0] as OfferPlacement).productId).toBe(cushion.productGid);
  expect(await inShop(shop.id, (tx) => tx.decision.count({ where: { shopId: shop.id } }))).toBe(0);
});

test("a shop without any history still has something to offer", async () => {
  const shop = await aShop({}, NO_HOLDOUT);
  const [bought, other] = [await aProduct(shop), await aProduct(shop)];
  await aLiveOffer(shop);
  expect((await askForOffers(web.url, shop, aMoment([bought]))).placements).toMatchObject([
    { productId: other.productGid, goesWith: null },
  ]);
});

test("one shop sees and changes nothing of another", async () => {
  const one = await aFurnitureShop();
  const other = await aShop({}, NO_HOLDOUT);
  const { decisionId } = await askForOffers(web.url, one.shop, aMoment([one.chair]));
  expect(await tell(web.url, other, decisionId!, "dismissal")).toBe("unknown");
  expect((await askForOffers(web.url, other, aMoment([one.chair]))).placements).toEqual([]);
  expect((await storedDecision(one.shop, decisionId!)).placements).toMatchObject([{ dismissedAt: null }]);
});

test("bad input is refused with what is wrong", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = { ...aMoment([chair]), orderId: "1; drop table" };
  const refused = await callAsExtension<{ problems: string[] }>(web.url, shop, "/api/decide", {
    block: "offers",
    moment,
  });
  expect(refused.status).toBe(400);
  expect(refused.body.problems[0]).toContain("orderId");
  const forged = await callAsExtension(
    web.url,
    shop,
    "/api/decide",
    { block: "offers", moment: aMoment([chair]) },
    { token: "a.b.c" },
  );
  expect(forged.status).toBe(401);
  expect(forged.headers.get("access-control-allow-origin")).toBe("*");
});

test("what Postgres cannot keep is taken out of a request, not answered with an error", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair], { checkoutToken: "a\0b\ud83d" });
  const { decisionId } = await askForOffers(web.url, shop, moment);
  expect((await storedDecision(shop, decisionId!)).checkoutToken).toBe("ab");
});
