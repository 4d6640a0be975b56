/** A code that was taken is found again as long as it works: on the page of its order, and in its customer's account. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { orderGid } from "#app/api/moment";
import { recordOrder } from "#app/orders/orders.server";
import { offersJobs } from "#app/worker/offers-jobs.server";
import type {
  AcceptOfferResponse,
  InboxResponse,
  OpenCode,
  OrderStatusResponse,
} from "../../extensions/shared/contract";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { drainOnly } from "../../tests/factories/jobs";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aLine, anOrderSnapshot } from "../../tests/factories/orders";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { shopifyDiscounts } from "../../tests/factories/shopify-discounts";

const web = servedHotPaths();
/** Two shops have an order of this number. */
const ORDER = "gid://shopify/OrderIdentity/4242";
const CUSTOMER = "gid://shopify/Customer/7";

/** A shopper who ordered a chair has a cushion for 39.95 less 15 % in front of them. */
async function anOfferBesideAnOrder(surface: "thank-you" | "order-status" = "thank-you") {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop);
  const cushion = await aProduct(shop, { title: "Cushion", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop, { discountPercent: 15 });
  const { decisionId } = await askForOffers(web.url, shop, aMoment([chair], { orderId: ORDER, surface }));
  const now = new Date();
  const snapshot = anOrderSnapshot({ gid: orderGid(ORDER), placedAt: now, updatedAt: now });
  await inShop(shop.id, (tx) => recordOrder(tx, shop.id, snapshot, now));
  const { checkoutToken } = snapshot;
  return { shop, cushion, decisionId: decisionId!, checkoutToken: checkoutToken! };
}

async function takeCode(shop: Shop, decisionId: string) {
  const shopify = shopifyDiscounts();
  const ports = testPorts({ adminFor: async () => shopify.admin, now: () => new Date() });
  const body = { decisionId, position: 1 };
  const accept = () => callAsExtension<AcceptOfferResponse>(web.url, shop, "/api/offers/accept", body);
  await accept();
  await drainOnly({ "offers.create-code": offersJobs(ports)["offers.create-code"] });
  const { body: answer } = await accept();
  if (answer.status !== "accepted") throw new Error(answer.status);
  return answer;
}

async function codesOn(shop: Shop, checkoutToken: string, withInbox = true): Promise<OpenCode[]> {
  const request = { orderId: ORDER, checkoutToken, locale: "en", withInbox };
  const { body } = await callAsExtension<OrderStatusResponse>(web.url, shop, "/api/order-status", request);
  if (body.status !== "ok") throw new Error(body.status);
  return body.said?.codes ?? [];
}

test("a taken code stands on its order's page with its price, in its shop only, and for who may see the order", async () => {
  const [one, other] = [await anOfferBesideAnOrder(), await anOfferBesideAnOrder()];
  expect(await codesOn(one.shop, one.checkoutToken)).toEqual([]);
  const taken = await takeCode(one.shop, one.decisionId);
  const { code, cartUrl, expiresAt } = taken;
  expect(await codesOn(one.shop, one.checkoutToken)).toEqual([
    { title: "Cushion", code, cartUrl, expiresAt, discountedMinor: 3_396, currency: "EUR" },
  ]);
  expect(await codesOn(one.shop, one.checkoutToken, false)).toEqual([]);
  expect(await codesOn(other.shop, other.checkoutToken)).toEqual([]);
  await expect(codesOn(one.shop, other.checkoutToken)).rejects.toThrow("unknown-order");
});

test("a code that was used, has ended, or buys nothing any more is gone", async () => {
  const { shop, cushion, decisionId, checkoutToken } = await anOfferBesideAnOrder();
  const { code } = await takeCode(shop, decisionId);
  const count = async () => (await codesOn(shop, checkoutToken)).length;
  const change = (data: { state?: "created" | "used"; expiresAt?: Date }) =>
    inShop(shop.id, (tx) => tx.offerCode.updateMany({ where: { shopId: shop.id, code: code! }, data }));
  const stock = (available: boolean) =>
    inShop(shop.id, (tx) =>
      tx.variant.updateMany({ where: { shopId: shop.id, gid: cushion.variantGid }, data: { available } }),
    );
  expect(await count()).toBe(1);
  await stock(false);
  expect(await count()).toBe(0);
  await stock(true);
  await change({ state: "used" });
  expect(await count()).toBe(0);
  await change({ state: "created" });
  expect(await count()).toBe(1);
  await change({ expiresAt: new Date(Date.now() - 1_000) });
  expect(await count()).toBe(0);
});

test("what was taken on the page itself is not said twice, and stays when the offer there is gone", async () => {
  const { shop, decisionId, checkoutToken } = await anOfferBesideAnOrder("order-status");
  const { code } = await takeCode(shop, decisionId);
  expect(await codesOn(shop, checkoutToken)).toEqual([]);
  const decidedAt = new Date(Date.now() - 31 * 60_000);
  await inShop(shop.id, (tx) => tx.decision.updateMany({ where: { shopId: shop.id }, data: { decidedAt } }));
  expect(await codesOn(shop, checkoutToken)).toMatchObject([{ code }]);
});

async function codesInAccount(shop: Shop, customerGid?: string): Promise<OpenCode[]> {
  const request = { locale: "en" };
  const { body } = await callAsExtension<InboxResponse>(web.url, shop, "/api/inbox", request, {
    customerGid,
  });
  return body.status === "ok" ? body.codes : [];
}

test("what a customer took stands in their account, wherever they took it; nobody else sees it", async () => {
  const [shop, other] = [await aShop({}, { holdoutPercent: 0 }), await aShop()];
  const [chair, cushion] = [await aProduct(shop), await aProduct(shop, { title: "Cushion" })];
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop, { surfaces: ["account"] });
  const snapshot = anOrderSnapshot({ lines: [aLine(1, { productGid: chair.productGid })] });
  await inShop(shop.id, (tx) => recordOrder(tx, shop.id, snapshot, new Date()));
  const moment = { ...aMoment([], { surface: "account" }), orderId: undefined, mayLink: true };
  const { decisionId } = await askForOffers(web.url, shop, moment, CUSTOMER);
  const { code } = await takeCode(shop, decisionId!);
  expect(await codesInAccount(shop, CUSTOMER)).toMatchObject([{ title: "Cushion", code }]);
  expect(await codesInAccount(shop, "gid://shopify/Customer/78")).toEqual([]);
  expect(await codesInAccount(shop)).toEqual([]);
  expect(await codesInAccount(other, CUSTOMER)).toEqual([]);
});
