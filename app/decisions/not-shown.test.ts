/** What a shopper is not shown, and the reason that is stored for it; through the front door. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { placeHold } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import type { OfferPlacement } from "../../extensions/shared/contract";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { aFurnitureShop, NO_HOLDOUT, reasonsOf, tell } from "../../tests/factories/furniture-shop";
import { callAsExtension, startHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aShop } from "../../tests/factories/shop";
import { isHeldOut } from "./judge";

let web: Awaited<ReturnType<typeof startHotPaths>>;
beforeAll(async () => (web = await startHotPaths()));
afterAll(() => web.stop());

test("what was dismissed does not come back: not on this page, not with the next order", async () => {
  const { shop, chair } = await aFurnitureShop();
  const customer = "gid://shopify/Customer/77";
  const moment = aMoment([chair]);
  const first = await askForOffers(web.url, shop, moment, customer);
  expect(await tell(web.url, shop, first.decisionId!, "dismissal")).toBe("recorded");

  expect((await askForOffers(web.url, shop, moment, customer)).placements).toEqual([]);
  const next = await askForOffers(web.url, shop, aMoment([chair]), customer);
  expect(next.placements).toEqual([]);
  expect(await reasonsOf(shop, next.decisionId!)).toEqual(["dismissed"]);
  const stranger = await askForOffers(web.url, shop, aMoment([chair]), "gid://shopify/Customer/78");
  expect(stranger.placements).toHaveLength(1);
});

test("what was taken is shown as taken on this page, and not offered again anywhere else", async () => {
  await startQueue("web");
  try {
    const { shop, chair } = await aFurnitureShop();
    const moment = aMoment([chair]);
    const first = await askForOffers(web.url, shop, moment);
    const { decisionId } = first;
    expect(first.placements[0]).not.toHaveProperty("accepted");
    await callAsExtension(web.url, shop, "/api/offers/accept", { decisionId, position: 1 });

    const again = await askForOffers(web.url, shop, moment);
    expect(again).toEqual({ decisionId, placements: [{ ...first.placements[0], accepted: true }] });
    const elsewhere = await askForOffers(web.url, shop, { ...moment, surface: "order-status" });
    expect(elsewhere.placements).toEqual([]);
    expect(await reasonsOf(shop, elsewhere.decisionId!)).toEqual(["taken"]);
  } finally {
    await stopQueue();
  }
});

test("three offers seen in a week are enough", async () => {
  const { shop, chair } = await aFurnitureShop();
  const customer = "gid://shopify/Customer/79";
  for (let visit = 0; visit < 3; visit++) {
    const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]), customer);
    await tell(web.url, shop, decisionId!, "impression");
  }
  const fourth = await askForOffers(web.url, shop, aMoment([chair]), customer);
  expect(fourth.placements).toEqual([]);
  expect(await reasonsOf(shop, fourth.decisionId!)).toEqual(["capped"]);
});

test("a shopper with an open case sees no offer", async () => {
  const { shop, chair } = await aFurnitureShop();
  const personKey = "gid://shopify/Customer/80";
  const hold = {
    personKey,
    reason: "open-case",
    sourceKey: "case:1",
    startsAt: new Date(Date.now() - 1_000),
  };
  await inShop(shop.id, (tx) => placeHold(tx, shop.id, hold));
  const { decisionId, placements } = await askForOffers(web.url, shop, aMoment([chair]), personKey);
  expect(placements).toEqual([]);
  expect(await reasonsOf(shop, decisionId!)).toEqual(["hold"]);
});

test("nothing is shown below the floor, on a surface that is off, or to the holdout", async () => {
  const high = await aFurnitureShop({ offerFloor: 0.5 });
  const below = await askForOffers(web.url, high.shop, aMoment([high.chair]));
  expect(below.placements).toEqual([]);
  expect(await reasonsOf(high.shop, below.decisionId!)).toEqual(["below-floor"]);

  const surfaces = { "thank-you": false, "order-status": true, message: true };
  const off = await aFurnitureShop({ surfaces });
  const hidden = await askForOffers(web.url, off.shop, aMoment([off.chair]));
  expect(await reasonsOf(off.shop, hidden.decisionId!)).toEqual(["surface-off"]);
  expect(
    (await askForOffers(web.url, off.shop, aMoment([off.chair], { surface: "order-status" }))).placements,
  ).toHaveLength(1);

  const half = await aFurnitureShop({ holdoutPercent: 50 });
  for (let number = 1; number <= 12; number++) {
    const customer = `gid://shopify/Customer/${number}`;
    const { placements } = await askForOffers(web.url, half.shop, aMoment([half.chair]), customer);
    expect(placements).toHaveLength(isHeldOut(half.shop.id, customer, 50) ? 0 : 1);
  }
});

test("what is sold out, ordered already, excluded, unprofitable or in another currency is not offered", async () => {
  const shop = await aShop({}, NO_HOLDOUT);
  const chair = await aProduct(shop, { priceMinor: 5_000 });
  const soldOut = await aProduct(shop, { available: false });
  const excluded = await aProduct(shop);
  const unprofitable = await aProduct(shop, { priceMinor: 2_000, costMinor: 1_900 });
  const draft = await aProduct(shop, { status: "DRAFT" });
  for (const other of [soldOut, excluded, unprofitable, draft]) await boughtTogether(shop, chair, other);
  await aLiveOffer(shop, { excludedGids: [excluded.productGid] });
  expect((await askForOffers(web.url, shop, aMoment([chair, excluded]))).placements).toEqual([]);

  const good = await aProduct(shop);
  await boughtTogether(shop, chair, good);
  forgetShopMemory();
  expect((await askForOffers(web.url, shop, aMoment([chair], { currency: "USD" }))).placements).toEqual([]);
  expect((await askForOffers(web.url, shop, aMoment([chair]))).placements).toMatchObject([
    { productId: good.productGid },
  ]);
});

test("a product that several offers propose is shown once, with the next best beside it", async () => {
  const surfaceRules = { "thank-you": { floor: null, offersAtOnce: 3 } };
  const { shop, chair, cushion } = await aFurnitureShop({ surfaceRules, offerFloor: 0 });
  const rug = await aProduct(shop);
  await boughtTogether(shop, chair, rug, 0.01);
  await aLiveOffer(shop, { discountPercent: 15 });
  await aLiveOffer(shop, { selection: "pinned", productGid: cushion.productGid });
  for (let order = 0; order < 12; order++) {
    const { decisionId, placements } = await askForOffers(web.url, shop, aMoment([chair]));
    const shown = placements.map((placement) => (placement as OfferPlacement).productId);
    expect(shown.toSorted()).toEqual([cushion.productGid, rug.productGid].toSorted());
    const kept = await reasonsOf(shop, decisionId!);
    expect(kept.filter((reason) => reason === "not-drawn")).toHaveLength(3);
  }
});
