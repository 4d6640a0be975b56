/** Accepting an offer, from the click to the order and its refund. */
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { learnOutcomes } from "#app/decisions/learn.server";
import { joinOrder } from "#app/decisions/join-order.server";
import type { Shop } from "#app/generated/prisma/client";
import { offersJobs } from "#app/worker/offers-jobs.server";
import type { AcceptOfferResponse, Moment } from "../../extensions/shared/contract";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { drainOnly } from "../../tests/factories/jobs";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aLine, anOrderSnapshot } from "../../tests/factories/orders";
import { recordOrder } from "#app/orders/orders.server";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { shopifyDiscounts } from "../../tests/factories/shopify-discounts";
import { attributeOrder, attributeRefund } from "./attribution.server";
import { moveOffer } from "./offers.server";
import { offerResults } from "./results.server";

const web = servedHotPaths();

type Shown = { shop: Shop; chair: TestProduct; cushion: TestProduct; offerId: string; decisionId: string };

/** A shopper has a cushion for 39.95 less 15 % in front of them. */
async function anOfferShown(overrides = {}, customerGid?: string): Promise<Shown> {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop, { priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Cushion", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  const offer = await aLiveOffer(shop, { discountPercent: 15, ...overrides });
  const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]), customerGid);
  return { shop, chair, cushion, offerId: offer.id, decisionId: decisionId! };
}

async function accept(shop: Shop, decisionId: string, position = 1): Promise<AcceptOfferResponse> {
  const path = "/api/offers/accept";
  return (await callAsExtension<AcceptOfferResponse>(web.url, shop, path, { decisionId, position })).body;
}

async function runJobs(shopify: ReturnType<typeof shopifyDiscounts>): Promise<void> {
  const ports = testPorts({ adminFor: async () => shopify.admin, now: () => new Date() });
  const { "offers.create-code": createCode } = offersJobs(ports);
  await drainOnly({ "offers.create-code": createCode });
}

test("the first shopper waits for a moment, then gets an exclusive code with its real terms", async () => {
  const { shop, cushion, decisionId } = await anOfferShown();
  const shopify = shopifyDiscounts();
  expect(await accept(shop, decisionId)).toEqual({ status: "preparing" });
  expect(await accept(shop, decisionId)).toEqual({ status: "preparing" });
  await runJobs(shopify);

  const answer = await accept(shop, decisionId);
  expect(answer).toMatchObject({
    status: "accepted",
    priceMinor: 3_995,
    discountedMinor: 3_396,
    currency: "EUR",
  });
  if (answer.status !== "accepted") throw new Error("not accepted");
  const variantNumber = cushion.variantGid.split("/").at(-1);
  expect(answer.cartUrl).toBe(`https://${shop.domain}/cart/${variantNumber}:1?discount=${answer.code}`);
  expect(shopify.discounts).toMatchObject([
    { productGids: [cushion.productGid], percentage: 0.15, usageLimit: 1, endsAt: answer.expiresAt },
  ]);
  expect(shopify.discounts[0]!.codes[0]).toBe(answer.code);
  expect(Date.parse(answer.expiresAt) - Date.now()).toBeGreaterThan(13.9 * 86_400_000);
});

test("the next shopper gets a code at once, and nobody gets another's", async () => {
  const { shop, chair, decisionId } = await anOfferShown();
  const shopify = shopifyDiscounts();
  await accept(shop, decisionId);
  await runJobs(shopify);
  const first = await accept(shop, decisionId);
  const next = await askForOffers(web.url, shop, aMoment([chair]));
  const second = await accept(shop, next.decisionId!);
  expect(second.status).toBe("accepted");
  expect(second).not.toMatchObject({ code: (first as { code: string }).code });
  expect(await accept(shop, next.decisionId!)).toEqual(second);
  expect(shopify.discounts).toHaveLength(1);
});

test("two clicks at the same moment are one acceptance", async () => {
  const { shop, decisionId } = await anOfferShown();
  const shopify = shopifyDiscounts();
  await Promise.all([accept(shop, decisionId), accept(shop, decisionId), accept(shop, decisionId)]);
  await runJobs(shopify);
  const given = await inShop(shop.id, (tx) =>
    tx.offerCode.findMany({ where: { shopId: shop.id, decisionId } }),
  );
  expect(given).toMatchObject([{ state: "created" }]);
});

test("a lost answer from Shopify is looked up, not asked for twice", async () => {
  const { shop, decisionId } = await anOfferShown();
  const shopify = shopifyDiscounts();
  await accept(shop, decisionId);
  const { id: codeId } = await inShop(shop.id, (tx) =>
    tx.offerCode.findFirstOrThrow({ where: { shopId: shop.id } }),
  );
  const ports = testPorts({ adminFor: async () => shopify.admin, now: () => new Date() });
  const createCode = () => offersJobs(ports)["offers.create-code"]({ shopId: shop.id, codeId });

  shopify.loseAnswerOf("CreateOfferDiscount");
  await expect(createCode()).rejects.toThrow("broke");
  expect(await accept(shop, decisionId)).toEqual({ status: "preparing" });
  shopify.loseAnswerOf("AddOfferCodes");
  await expect(createCode()).rejects.toThrow("broke");
  expect((await accept(shop, decisionId)).status).toBe("accepted");
  expect(shopify.discounts).toHaveLength(1);
  expect(shopify.calls.filter((call) => call === "CreateOfferDiscount")).toHaveLength(1);
});

test("two jobs for one offer at the same moment make every code, and call none failed", async () => {
  const { shop, chair, decisionId } = await anOfferShown();
  // One has noted its codes and not asked yet, when the other finds none of them; then one hears "taken" before the other hears "made".
  const shopify = shopifyDiscounts({
    before: async (call, number) => {
      if (call === "AddOfferCodes" && number === 1) await setTimeout(200);
    },
    asksUntilDone: (bulk) => (bulk === 0 ? 4 : 1),
  });
  const other = await askForOffers(web.url, shop, aMoment([chair]));
  await accept(shop, decisionId);
  await accept(shop, other.decisionId!);
  const codes = () => inShop(shop.id, (tx) => tx.offerCode.findMany({ where: { shopId: shop.id } }));
  const ports = testPorts({ adminFor: async () => shopify.admin, now: () => new Date() });
  const createCode = offersJobs(ports)["offers.create-code"];
  await Promise.all((await codes()).map(({ id }) => createCode({ shopId: shop.id, codeId: id })));
  expect(shopify.discounts).toHaveLength(1);
  expect([...new Set((await codes()).map(({ state }) => state))]).toEqual(["created"]);
});

test("what Shopify refuses is unavailable for the shopper and visible to the merchant", async () => {
  const { shop, decisionId } = await anOfferShown();
  const shopify = shopifyDiscounts();
  shopify.refuseWith("Too many discounts.");
  await accept(shop, decisionId);
  await runJobs(shopify);
  expect(await accept(shop, decisionId)).toEqual({ status: "unavailable" });
  const codes = await inShop(shop.id, (tx) => tx.offerCode.findMany({ where: { shopId: shop.id } }));
  expect(codes).toMatchObject([{ state: "failed", error: "Too many discounts." }]);
});

test("an offer without discount needs no code", async () => {
  const { shop, decisionId } = await anOfferShown({ discountPercent: 0 });
  const answer = await accept(shop, decisionId);
  expect(answer).toMatchObject({ status: "accepted", code: null, priceMinor: 3_995, discountedMinor: 3_995 });
  expect(await accept(shop, decisionId)).toMatchObject({ status: "accepted", code: null });
});

test("what ended, sold out, became dearer or is another shop's cannot be accepted", async () => {
  const paused = await anOfferShown();
  await inShop(paused.shop.id, (tx) => moveOffer(tx, paused.shop.id, paused.offerId, "pause", new Date()));
  expect(await accept(paused.shop, paused.decisionId)).toEqual({ status: "unavailable" });

  const changed = await anOfferShown();
  const change = (data: object) =>
    inShop(changed.shop.id, (tx) =>
      tx.variant.update({
        where: { shopId_gid: { shopId: changed.shop.id, gid: changed.cushion.variantGid } },
        data,
      }),
    );
  await change({ available: false });
  expect(await accept(changed.shop, changed.decisionId)).toEqual({ status: "unavailable" });
  await change({ available: true, priceMinor: 4_995 });
  expect(await accept(changed.shop, changed.decisionId)).toEqual({ status: "unavailable" });

  const stranger = await aShop();
  expect(await accept(stranger, changed.decisionId)).toEqual({ status: "unavailable" });
  expect(await accept(changed.shop, changed.decisionId, 2)).toEqual({ status: "unavailable" });
  await change({ priceMinor: 3_995 });
  expect(await accept(changed.shop, changed.decisionId)).toEqual({ status: "preparing" });
});

test("an order with the code counts for the offer, net of refunds and cancellation, once", async () => {
  const { shop, cushion, offerId, decisionId } = await anOfferShown();
  const shopify = shopifyDiscounts();
  await accept(shop, decisionId);
  await runJobs(shopify);
  const { code } = (await accept(shop, decisionId)) as { code: string };

  const placedAt = new Date();
  const lineGid = "gid://shopify/LineItem/900";
  const line = aLine(900, {
    gid: lineGid,
    productGid: cushion.productGid,
    quantity: 2,
    priceMinor: 3_995,
    discountMinor: 599,
  });
  const snapshot = anOrderSnapshot({
    lines: [line, aLine(901, { productGid: "gid://shopify/Product/5" })],
    discountCodes: [{ code: code.toLowerCase(), amountMinor: 599 }],
    placedAt,
    updatedAt: placedAt,
  });
  await inShop(shop.id, (tx) => recordOrder(tx, shop.id, snapshot, placedAt));
  for (let time = 0; time < 2; time++)
    await inShop(shop.id, (tx) => attributeOrder(tx, shop.id, snapshot.gid));
  const period = { from: new Date(placedAt.getTime() - 60_000), to: new Date(placedAt.getTime() + 60_000) };
  const results = () => inShop(shop.id, (tx) => offerResults(tx, shop.id, period));
  expect(await results()).toEqual([
    { offerId, views: 1, accepts: 1, orders: 1, netRevenueMinor: 7_391, eligibleOrders: 0, takeRate: null },
  ]);

  await inShop(shop.id, async (tx) => {
    await tx.refund.create({
      data: {
        shopId: shop.id,
        gid: "gid://shopify/Refund/1",
        orderGid: snapshot.gid,
        amountMinor: 3_695,
        currency: "EUR",
        refundedAt: placedAt,
        lines: {
          create: {
            gid: "gid://shopify/RefundLineItem/1",
            lineItemGid: lineGid,
            quantity: 1,
            subtotalMinor: 3_695,
          },
        },
      },
    });
    await attributeRefund(tx, shop.id, snapshot.gid);
    await attributeRefund(tx, shop.id, snapshot.gid);
  });
  expect(await results()).toMatchObject([{ netRevenueMinor: 3_696 }]);

  await inShop(shop.id, async (tx) => {
    const where = { shopId_gid: { shopId: shop.id, gid: snapshot.gid } };
    await tx.order.update({ where, data: { cancelledAt: placedAt } });
    await attributeRefund(tx, shop.id, snapshot.gid);
  });
  expect(await results()).toMatchObject([{ orders: 1, netRevenueMinor: 0 }]);
  const other = await aShop();
  expect(await inShop(other.id, (tx) => offerResults(tx, other.id, period))).toEqual([]);
});

test("an accepted product counts also when it is ordered without the code", async () => {
  const customer = "gid://shopify/Customer/7";
  const { shop, cushion, decisionId } = await anOfferShown({ discountPercent: 0 }, customer);
  await accept(shop, decisionId);
  const placedAt = new Date(Date.now() + 1_000);
  const line = aLine(910, { productGid: cushion.productGid, priceMinor: 3_995 });
  const snapshot = anOrderSnapshot({ lines: [line], placedAt, updatedAt: placedAt });
  await inShop(shop.id, async (tx) => {
    await recordOrder(tx, shop.id, snapshot, placedAt);
    await attributeOrder(tx, shop.id, snapshot.gid);
  });
  const [placement] = await inShop(shop.id, (tx) => tx.placement.findMany({ where: { shopId: shop.id } }));
  expect(placement).toMatchObject({ orderGid: snapshot.gid, revenueMinor: 3_995, currency: "EUR" });
});

test("what was accepted in the cart counts before its order is joined to the visit; a test order counts for nothing", async () => {
  const cart = { checkoutToken: "cart-token-1" };
  const shown = async () => {
    const shop = await aShop({}, { holdoutPercent: 0 });
    const [chair, cushion] = [await aProduct(shop), await aProduct(shop, { priceMinor: 3_995 })];
    await boughtTogether(shop, chair, cushion);
    await aLiveOffer(shop, { discountPercent: 0, surfaces: ["checkout"] });
    const { orderId: _, ...moment } = aMoment([chair], { surface: "checkout", ...cart });
    const { decisionId } = await askForOffers(web.url, shop, moment as Moment);
    await accept(shop, decisionId!);
    return { shop, cushion };
  };
  const bought = async ({ shop, cushion }: Awaited<ReturnType<typeof shown>>, test: boolean) => {
    const placedAt = new Date(Date.now() + 1_000);
    const line = aLine(911, { productGid: cushion.productGid, priceMinor: 3_995 });
    const told = {
      lines: [line],
      customer: null,
      cartToken: cart.checkoutToken,
      placedAt,
      updatedAt: placedAt,
    };
    const snapshot = anOrderSnapshot({ ...told, test });
    return inShop(shop.id, async (tx) => {
      await recordOrder(tx, shop.id, snapshot, placedAt);
      await attributeOrder(tx, shop.id, snapshot.gid);
      return tx.placement.findFirstOrThrow({ where: { shopId: shop.id } });
    });
  };
  expect(await bought(await shown(), false)).toMatchObject({ revenueMinor: 3_995 });
  expect(await bought(await shown(), true)).toMatchObject({ convertedAt: null, revenueMinor: 0 });
});

test("outcomes reach the statistics once, and the order's customer takes over what the order did", async () => {
  const { shop, cushion, offerId, decisionId } = await anOfferShown({ discountPercent: 0 });
  await accept(shop, decisionId);
  const now = new Date();
  const learn = () => inShop(shop.id, (tx) => learnOutcomes(tx, shop.id, now));
  expect(await learn()).toBe(1);
  expect(await learn()).toBe(0);
  const stats = await inShop(shop.id, (tx) => tx.candidateStats.findMany({ where: { shopId: shop.id } }));
  const ids = stats.map(({ candidateId, shown, accepted }) => ({ candidateId, shown, accepted }));
  expect(ids).toEqual(
    expect.arrayContaining([
      { candidateId: offerId, shown: 1, accepted: 1 },
      { candidateId: `${offerId}/${cushion.productGid}`, shown: 1, accepted: 1 },
    ]),
  );

  const decision = await inShop(shop.id, (tx) =>
    tx.decision.findFirstOrThrow({ where: { shopId: shop.id } }),
  );
  const snapshot = anOrderSnapshot({ gid: decision.orderGid!, placedAt: now, updatedAt: now });
  await inShop(shop.id, async (tx) => {
    await recordOrder(tx, shop.id, snapshot, now);
    await joinOrder(tx, shop.id, snapshot.gid);
  });
  const joined = await inShop(shop.id, (tx) => tx.placement.findFirstOrThrow({ where: { shopId: shop.id } }));
  expect(joined.personKey).toBe("gid://shopify/Customer/7");
  forgetShopMemory();
});
