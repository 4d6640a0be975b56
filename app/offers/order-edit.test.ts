/** Taking an offer by a change of the order that was just placed: once, at the price shown, or not at all. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { joinOrder } from "#app/decisions/join-order.server";
import { prisma } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { recordOrder, type OrderWithLines } from "#app/orders/orders.server";
import { forgetShops } from "#app/shops/known-shops.server";
import { offersJobs } from "#app/worker/offers-jobs.server";
import type { AcceptOfferRequest, AcceptOfferResponse } from "../../extensions/shared/contract";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { drainOnly } from "../../tests/factories/jobs";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aLine, anOrder, anOrderSnapshot } from "../../tests/factories/orders";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { shopifyOrder } from "../../tests/factories/shopify-order-edits";
import { attributeOrder } from "./attribution.server";

const web = servedHotPaths();

type Scene = {
  shop: Shop;
  chair: TestProduct;
  order: OrderWithLines;
  cushion: TestProduct;
  decisionId: string;
  placements: unknown[];
};

/** The buyer of an order has a cushion for 39.95 less 15 % in front of them, to be added with one click. */
async function anOfferToAdd({ scopes = "read_orders,write_order_edits" } = {}): Promise<Scene> {
  const made = await aShop({}, { holdoutPercent: 0 });
  const shop = await prisma.shop.update({ where: { id: made.id }, data: { scopes } });
  forgetShops();
  const chair = await aProduct(shop, { priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Cushion", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop, { discountPercent: 15, acceptBy: "order-edit" });
  const order = await anOrder(shop, { placedAt: new Date(), updatedAt: new Date() });
  const moment = aMoment([chair], { surface: "order-status", orderId: order.gid });
  const { decisionId, placements } = await askForOffers(web.url, shop, moment);
  return { shop, chair, order, cushion, decisionId: decisionId!, placements };
}

function actorOf({ gid, confirmationNumber }: OrderWithLines): AcceptOfferRequest["actor"] {
  return { orderId: gid, confirmationNumber: confirmationNumber! };
}

async function accept(
  { shop, order, decisionId }: Pick<Scene, "shop" | "order" | "decisionId">,
  overrides: Partial<AcceptOfferRequest> = {},
): Promise<AcceptOfferResponse> {
  const request: AcceptOfferRequest = { decisionId, position: 1, actor: actorOf(order), ...overrides };
  return (await callAsExtension<AcceptOfferResponse>(web.url, shop, "/api/offers/accept", request)).body;
}

type FakeOrder = ReturnType<typeof shopifyOrder>;

function editOrder(shopify: FakeOrder, now = () => new Date()) {
  const ports = testPorts({ adminFor: async () => shopify.admin, now });
  return offersJobs(ports)["offers.edit-order"];
}

async function runJobs(shopify: FakeOrder): Promise<void> {
  await drainOnly({ "offers.edit-order": editOrder(shopify) });
}

async function editOf(shop: Shop) {
  return inShop(shop.id, (tx) => tx.offerOrderEdit.findFirstOrThrow({ where: { shopId: shop.id } }));
}

test("one click adds the product at the price shown, and says what is to be paid and where", async () => {
  const scene = await anOfferToAdd();
  expect(scene.placements).toMatchObject([{ acceptBy: "order-edit", discountedMinor: 3_396 }]);
  const shopify = shopifyOrder({ price: 39.95 });
  expect(await accept(scene)).toEqual({ status: "preparing" });
  await runJobs(shopify);
  const answer = {
    status: "added-to-order",
    orderName: "#1001",
    balanceMinor: 3_396,
    currency: "EUR",
    payUrl: "https://pay.example/1001",
  };
  expect(await accept(scene)).toEqual(answer);
  expect(await accept(scene)).toEqual(answer);
  expect(shopify.added).toEqual([{ variantGid: scene.cushion.variantGid, price: 39.95, percent: 15 }]);
  // The offer's name is the merchant's own.
  expect(shopify.titles).toEqual(["Offer"]);
});

test("of an order that got two products, each says what is to be paid for both, and not what another shop's order owes", async () => {
  const [scene, other] = [await anOfferToAdd(), await anOfferToAdd()];
  for (const one of [scene, other]) {
    await accept(one);
    await runJobs(shopifyOrder({ price: 39.95 }));
  }
  const first = await editOf(scene.shop);
  const second = {
    ...first,
    ...{ id: randomUUID(), decisionId: randomUUID(), variantGid: scene.chair.variantGid },
    ...{ balanceMinor: 9_876, doneAt: new Date(first.doneAt!.getTime() + 1_000) },
  };
  await inShop(scene.shop.id, (tx) => tx.offerOrderEdit.create({ data: second }));
  expect(await accept(scene)).toMatchObject({ status: "added-to-order", balanceMinor: 9_876 });
  expect(await accept(other)).toMatchObject({ status: "added-to-order", balanceMinor: 3_396 });
});

test("clicks at the same moment, and the job run twice, add it once", async () => {
  const scene = await anOfferToAdd();
  const shopify = shopifyOrder({ price: 39.95 });
  await Promise.all([accept(scene), accept(scene), accept(scene)]);
  const { id: editId } = await editOf(scene.shop);
  const job = () => editOrder(shopify)({ shopId: scene.shop.id, editId });
  const runs = await Promise.allSettled([job(), job(), job()]);
  expect(runs.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
  await job();
  expect(shopify.added).toHaveLength(1);
});

test.each(["BeginOfferEdit", "AddOfferDiscount", "CommitOfferEdit"])(
  "a lost answer to %s is looked up before it is tried again",
  async (operation) => {
    const scene = await anOfferToAdd();
    const shopify = shopifyOrder({ price: 39.95 });
    await accept(scene);
    const { id: editId } = await editOf(scene.shop);
    shopify.loseAnswerOf(operation);
    let now = new Date();
    const job = () => editOrder(shopify, () => now)({ shopId: scene.shop.id, editId });
    await expect(job()).rejects.toThrow("broke");
    expect(await accept(scene)).toEqual({ status: "preparing" });
    await expect(job()).rejects.toThrow("under way");
    now = new Date(now.getTime() + 61_000);
    await job();
    expect(await accept(scene)).toMatchObject({ status: "added-to-order", balanceMinor: 3_396 });
    expect(shopify.added).toHaveLength(1);
  },
);

test.each([
  ["sold out", { available: false }],
  ["dearer", { price: 49.95 }],
  ["cancelled", { open: false }],
])("what is %s at Shopify by then is not added", async (_, change) => {
  const scene = await anOfferToAdd();
  const shopify = shopifyOrder({ price: 39.95 });
  await accept(scene);
  Object.assign(shopify.state, change);
  await runJobs(shopify);
  expect(await accept(scene)).toEqual({ status: "unavailable" });
  expect(shopify.added).toEqual([]);
  expect(shopify.calls).not.toContain("BeginOfferEdit");
  expect((await editOf(scene.shop)).error).toBeTruthy();
});

test("an answer that comes hours later changes no order any more", async () => {
  const scene = await anOfferToAdd();
  const shopify = shopifyOrder({ price: 39.95 });
  await accept(scene);
  const { id: editId } = await editOf(scene.shop);
  const later = new Date(Date.now() + 3_600_000);
  await editOrder(shopify, () => later)({ shopId: scene.shop.id, editId });
  expect(await accept(scene)).toEqual({ status: "unavailable" });
  expect(shopify.added).toEqual([]);
});

test("nobody changes an order without showing that it is theirs, nor another one than the offer was for", async () => {
  const scene = await anOfferToAdd();
  const codes = () => inShop(scene.shop.id, (tx) => tx.offerCode.count({ where: { shopId: scene.shop.id } }));
  const edits = () =>
    inShop(scene.shop.id, (tx) => tx.offerOrderEdit.count({ where: { shopId: scene.shop.id } }));
  const wrong = { orderId: scene.order.gid, confirmationNumber: "GUESSED" };
  expect(await accept(scene, { actor: wrong })).toEqual({ status: "preparing" });
  expect([await codes(), await edits()]).toEqual([1, 0]);

  const other = await anOfferToAdd();
  const another = await anOrder(other.shop, { placedAt: new Date(), updatedAt: new Date() });
  await accept(other, { actor: actorOf(another) });
  expect(
    await inShop(other.shop.id, (tx) => tx.offerOrderEdit.count({ where: { shopId: other.shop.id } })),
  ).toBe(0);
  expect(await accept({ ...other, shop: scene.shop })).toEqual({ status: "unavailable" });
});

test("a second page's offer of the same product hears what became of the first, and counts for nothing", async () => {
  const scene = await anOfferToAdd();
  const moment = aMoment([scene.chair], { surface: "thank-you", orderId: scene.order.gid });
  const { decisionId, placements } = await askForOffers(web.url, scene.shop, moment);
  expect(placements).toMatchObject([{ acceptBy: "order-edit", productId: scene.cushion.productGid }]);
  await accept(scene);
  const second = { ...scene, decisionId: decisionId! };
  expect(await accept(second)).toEqual({ status: "preparing" });
  const shopify = shopifyOrder({ price: 39.95 });
  await runJobs(shopify);
  expect(await accept(second)).toMatchObject({ status: "added-to-order", orderName: "#1001" });
  expect(shopify.added).toHaveLength(1);
  const taken = await inShop(scene.shop.id, (tx) =>
    tx.placement.count({ where: { shopId: scene.shop.id, acceptedAt: { not: null } } }),
  );
  expect(taken).toBe(1);
});

test("what the order has already is taken by code, for the next one", async () => {
  const scene = await anOfferToAdd();
  const { gid, placedAt } = scene.order;
  const line = aLine(7002, { productGid: scene.cushion.productGid, variantGid: scene.cushion.variantGid });
  const updatedAt = new Date(placedAt.getTime() + 1_000);
  await anOrder(scene.shop, { gid, placedAt, updatedAt, lines: [line] });
  expect(await accept(scene)).toEqual({ status: "preparing" });
  const counts = await inShop(scene.shop.id, async (tx) => [
    await tx.offerCode.count({ where: { shopId: scene.shop.id } }),
    await tx.offerOrderEdit.count({ where: { shopId: scene.shop.id } }),
  ]);
  expect(counts).toEqual([1, 0]);
});

test("an order that has not arrived yet is waited for", async () => {
  const scene = await anOfferToAdd();
  const unknown = { orderId: "gid://shopify/OrderIdentity/99999999", confirmationNumber: "X" };
  expect(await accept(scene, { actor: unknown })).toEqual({ status: "preparing" });
  const stored = await inShop(scene.shop.id, (tx) =>
    tx.placement.findFirstOrThrow({ where: { shopId: scene.shop.id } }),
  );
  expect(stored.acceptedAt).toBeNull();
});

test("without the permission to edit orders the offer is taken by code", async () => {
  const scene = await anOfferToAdd({ scopes: "read_orders" });
  expect(scene.placements).toMatchObject([{ acceptBy: "code" }]);
  await accept(scene);
  expect(await inShop(scene.shop.id, (tx) => tx.offerCode.count({ where: { shopId: scene.shop.id } }))).toBe(
    1,
  );
});

test("the addition counts for the offer once its balance is paid", async () => {
  const scene = await anOfferToAdd();
  const { shop, order, cushion } = scene;
  await accept(scene);
  await runJobs(shopifyOrder({ price: 39.95 }));
  const line = aLine(7001, {
    productGid: cushion.productGid,
    variantGid: cushion.variantGid,
    priceMinor: 3_995,
    discountMinor: 599,
  });
  const tell = async (financialStatus: string, seconds: number) => {
    const updatedAt = new Date(order.placedAt.getTime() + seconds * 1_000);
    const { gid, placedAt } = order;
    const snapshot = anOrderSnapshot({ gid, placedAt, updatedAt, financialStatus, lines: [line] });
    await inShop(shop.id, (tx) => recordOrder(tx, shop.id, snapshot, updatedAt));
    await drainOnly({
      "offers.attribute-order": ({ shopId, orderGid }) =>
        inShop(shopId, (tx) => attributeOrder(tx, shopId, orderGid)),
    });
    return inShop(shop.id, (tx) => tx.placement.findFirstOrThrow({ where: { shopId: shop.id } }));
  };
  expect(await tell("partially_paid", 10)).toMatchObject({ convertedAt: null, revenueMinor: 0 });
  expect(await tell("paid", 20)).toMatchObject({ orderGid: order.gid, revenueMinor: 3_396 });
});

test("what was declined in the checkout is not offered on the thank-you page, nor later", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop, { priceMinor: 12_900 });
  const cushion = await aProduct(shop, { priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop, { surfaces: ["checkout", "thank-you", "order-status"] });
  const checkoutToken = "visit-declined";
  const { orderId: _, ...inCheckout } = aMoment([chair], { surface: "checkout", checkoutToken });
  const shown = await askForOffers(web.url, shop, inCheckout);
  const outcome = { decisionId: shown.decisionId, position: 1, outcome: "dismissal" };
  await callAsExtension(web.url, shop, "/api/outcomes", outcome);
  expect((await askForOffers(web.url, shop, inCheckout)).placements).toEqual([]);

  const placed = aMoment([chair], { checkoutToken });
  expect((await askForOffers(web.url, shop, placed)).placements).toEqual([]);
  const orderId = placed.orderId.replace("OrderIdentity", "Order");
  await anOrder(shop, { gid: orderId, checkoutToken, placedAt: new Date(), updatedAt: new Date() });
  await inShop(shop.id, (tx) => joinOrder(tx, shop.id, orderId));
  const later = aMoment([chair], { surface: "order-status", orderId });
  expect((await askForOffers(web.url, shop, later)).placements).toEqual([]);
  const stranger = await askForOffers(web.url, shop, aMoment([chair], { checkoutToken: "another" }));
  expect(stranger.placements).toHaveLength(1);
});

test("in the checkout an offer can be taken at the usual price, which then is the one charged", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop, { priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Cushion", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop, { discountPercent: 15, surfaces: ["checkout"] });
  const { orderId: _, ...moment } = aMoment([chair], { surface: "checkout", checkoutToken: "visit-1" });
  const shown = await askForOffers(web.url, shop, moment);
  expect(shown.placements).toMatchObject([{ acceptBy: "cart", priceMinor: 3_995, discountedMinor: 3_396 }]);
  expect(await askForOffers(web.url, shop, moment)).toEqual(shown);
  const body = { decisionId: shown.decisionId!, position: 1, atFullPrice: true };
  const { body: taken } = await callAsExtension<AcceptOfferResponse>(
    web.url,
    shop,
    "/api/offers/accept",
    body,
  );
  expect(taken).toMatchObject({ status: "accepted", code: null, discountedMinor: 3_995 });

  const placedAt = new Date(Date.now() + 1_000);
  const line = aLine(8001, { productGid: cushion.productGid, priceMinor: 3_995 });
  const order = { checkoutToken: "visit-1", lines: [line], placedAt, updatedAt: placedAt };
  const { gid } = await anOrder(shop, order, placedAt);
  await inShop(shop.id, (tx) => attributeOrder(tx, shop.id, gid));
  const [placement] = await inShop(shop.id, (tx) => tx.placement.findMany({ where: { shopId: shop.id } }));
  expect(placement).toMatchObject({ orderGid: gid, revenueMinor: 3_995 });
});

test("an addition that Shopify refused uses nothing up: the next shopper may have it", async () => {
  const scene = await anOfferToAdd();
  const { shop } = scene;
  const shopify = shopifyOrder({ price: 39.95 });
  await inShop(shop.id, (tx) => tx.offer.updateMany({ where: { shopId: shop.id }, data: { capTotal: 1 } }));
  await accept(scene);
  Object.assign(shopify.state, { open: false });
  await runJobs(shopify);
  expect(await accept(scene)).toEqual({ status: "unavailable" });
  const { taken } = await inShop(shop.id, (tx) => tx.offer.findFirstOrThrow({ where: { shopId: shop.id } }));
  expect(taken).toBe(0);
});
