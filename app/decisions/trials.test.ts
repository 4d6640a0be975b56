/** Variants and holdouts of single offers, through the front door. */
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lastDays } from "#app/analytics/period";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { acrossShops, inShop } from "#app/db/in-shop.server";
import { stopExperiment } from "#app/experiments/experiments.server";
import type { Shop } from "#app/generated/prisma/client";
import { offerResults } from "#app/offers/results.server";
import type { OfferPlacement } from "../../extensions/shared/contract";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { aRunningExperiment, foldAll } from "../../tests/factories/experiments";
import { startHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aShop } from "../../tests/factories/shop";
import type { DecisionContext } from "./decision";
import { foldExposures, shopsToFold } from "./fold-exposures.server";

let web: Awaited<ReturnType<typeof startHotPaths>>;
beforeAll(async () => (web = await startHotPaths()));
afterAll(() => web.stop());

async function aFurnitureShop(offerTerms = {}, settings = {}) {
  const shop = await aShop({}, { holdoutPercent: 0, ...settings });
  const chair = await aProduct(shop, { title: "Oak chair", category: "Chairs", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Wool cushion", category: "Cushions", priceMinor: 4_000 });
  await boughtTogether(shop, chair, cushion);
  const offer = await aLiveOffer(shop, offerTerms);
  return { shop, chair, cushion, offer };
}

const customer = (number: number) => `gid://shopify/Customer/${number}`;

async function exposuresOf(shop: Shop, trialKey: string) {
  return inShop(shop.id, (tx) => tx.exposure.findMany({ where: { shopId: shop.id, trialKey } }));
}

test("each person meets one variant, priced and worded as such, on every visit; another shop's shoppers none", async () => {
  const { shop, chair, offer } = await aFurnitureShop({ discountPercent: 10 });
  const other = await aFurnitureShop({ discountPercent: 10 });
  const id = await aRunningExperiment(shop, {
    subject: "offer",
    subjectId: offer.id,
    change: { discountPercent: 25, texts: { en: { headline: "A quarter off", body: "" } } },
  });
  const seen = new Map<string, number>();
  for (let number = 1; number <= 16; number++) {
    const { placements } = await askForOffers(web.url, shop, aMoment([chair]), customer(number));
    const { discountPercent, discountedMinor, headline } = placements[0] as OfferPlacement;
    expect(discountedMinor).toBe(discountPercent === 25 ? 3_000 : 3_600);
    expect(headline).toBe(discountPercent === 25 ? "A quarter off" : undefined);
    seen.set(customer(number), discountPercent);
    const again = await askForOffers(web.url, shop, aMoment([chair]), customer(number));
    expect((again.placements[0] as OfferPlacement).discountPercent).toBe(discountPercent);
  }
  expect(new Set(seen.values())).toEqual(new Set([10, 25]));
  await askForOffers(web.url, other.shop, aMoment([other.chair]), customer(1));

  const soon = new Date(Date.now() + 60_000);
  const due = () => acrossShops((tx) => shopsToFold(tx, soon));
  expect(await due()).toEqual(expect.arrayContaining([shop.id, other.shop.id]));
  await Promise.all([foldAll(shop), foldAll(other.shop)]);
  const exposures = await exposuresOf(shop, id);
  expect(exposures).toHaveLength(16);
  for (const { personKey, variant, share, valueMinor } of exposures) {
    expect(variant).toBe(seen.get(personKey) === 25 ? "b" : "a");
    expect({ share, valueMinor }).toEqual({ share: 0.5, valueMinor: 12_900 });
  }
  expect(await exposuresOf(other.shop, id)).toEqual([]);
  const chances = await inShop(shop.id, (tx) => tx.offerChance.findMany({ where: { shopId: shop.id } }));
  expect(chances).toMatchObject([{ offerId: offer.id, orders: 32, heldOut: 0 }]);
  // Read once: reading again finds nothing new.
  expect(await foldAll(shop)).toBe(0);
  expect(await due()).not.toContain(shop.id);
});

test("two workers that read at the same time count each order once, and hold up no other shop", async () => {
  const [{ shop, chair }, other] = [await aFurnitureShop(), await aFurnitureShop()];
  for (let number = 1; number <= 3; number++) {
    await askForOffers(web.url, shop, aMoment([chair]), customer(number));
    await askForOffers(web.url, other.shop, aMoment([other.chair]), customer(number));
  }
  const soon = new Date(Date.now() + 60_000);
  const fold = (of: Shop) => inShop(of.id, (tx) => foldExposures(tx, of.id, soon));
  const { second } = await inShop(shop.id, async (tx) => {
    expect(await foldExposures(tx, shop.id, soon)).toBe(3);
    // The first has counted, but not committed, while the second begins.
    const second = fold(shop);
    expect(await fold(other.shop)).toBe(3);
    await Promise.race([second, setTimeout(500)]);
    return { second };
  });
  expect(await second).toBe(0);
  expect(await fold(shop)).toBe(0);
  for (const one of [shop, other.shop]) {
    const chances = await inShop(one.id, (tx) => tx.offerChance.findMany({ where: { shopId: one.id } }));
    expect(chances).toMatchObject([{ orders: 3, heldOut: 0 }]);
  }
});

test("the orders of a period are those of its days on the shop's calendar, which its accepts are measured by", async () => {
  // On Monday at 10:00 in Berlin; "7 days" begin on Tuesday, which is 22:00 of Monday in UTC.
  const now = new Date("2026-07-13T08:00:00Z");
  const period = lastDays(7, now, "Europe/Berlin");
  const [own, other] = [await aFurnitureShop(), await aFurnitureShop()];
  const decideAt = async (of: typeof own, customerNumber: number, decidedAt: Date) => {
    const { decisionId } = await askForOffers(
      web.url,
      of.shop,
      aMoment([of.chair]),
      customer(customerNumber),
    );
    await inShop(of.shop.id, async (tx) => {
      const at = { shopId: of.shop.id };
      await tx.decision.updateMany({ where: { ...at, id: decisionId! }, data: { decidedAt } });
      const taken = { decidedAt, impressionAt: decidedAt, acceptedAt: decidedAt };
      await tx.placement.updateMany({ where: { ...at, decisionId: decisionId! }, data: taken });
    });
  };
  await decideAt(own, 1, new Date("2026-07-06T12:00:00Z"));
  await decideAt(own, 2, new Date("2026-07-06T21:59:00Z"));
  await decideAt(own, 3, new Date("2026-07-06T22:00:00Z"));
  await decideAt(own, 4, new Date("2026-07-13T07:00:00Z"));
  await decideAt(other, 5, new Date("2026-07-10T12:00:00Z"));
  await Promise.all([foldAll(own.shop), foldAll(other.shop)]);
  const [result] = await inShop(own.shop.id, (tx) => offerResults(tx, own.shop.id, period));
  expect(result).toMatchObject({ offerId: own.offer.id, accepts: 2, eligibleOrders: 2, takeRate: 1 });
});

test("signing in meanwhile does not change the price of the order in hand", async () => {
  const { shop, chair, offer } = await aFurnitureShop({ discountPercent: 10 });
  await aRunningExperiment(shop, { subject: "offer", subjectId: offer.id, change: { discountPercent: 25 } });
  for (let number = 1; number <= 10; number++) {
    const moment = aMoment([chair]);
    const before = await askForOffers(web.url, shop, moment);
    const after = await askForOffers(web.url, shop, moment, customer(number));
    expect(after.decisionId).toBe(before.decisionId);
    expect(after.placements).toEqual(before.placements);
  }
});

test("a variant may pin another product, and when the experiment ends everybody gets the offer as it is", async () => {
  const { shop, chair, cushion, offer } = await aFurnitureShop();
  const lamp = await aProduct(shop, { title: "Lamp", category: "Lamps", priceMinor: 5_000 });
  const id = await aRunningExperiment(shop, {
    subject: "offer",
    subjectId: offer.id,
    change: { selection: "pinned", productGid: lamp.productGid },
  });
  const products = async (from: number) => {
    const shown = new Set<string>();
    for (let number = from; number < from + 12; number++) {
      const { placements } = await askForOffers(web.url, shop, aMoment([chair]), customer(number));
      shown.add((placements[0] as OfferPlacement).productId);
    }
    return shown;
  };
  expect((await products(1)).has(lamp.productGid)).toBe(true);
  await inShop(shop.id, (tx) => stopExperiment(tx, shop.id, id, new Date()));
  forgetShopMemory();
  expect((await products(100)).has(cushion.productGid)).toBe(true);
});

test("an offer's own holdout keeps it from some people for good, and stores who and why", async () => {
  const { shop, chair, offer } = await aFurnitureShop({ holdoutPercent: 50 });
  const shown = new Map<string, number>();
  for (let number = 1; number <= 20; number++) {
    for (const visit of [1, 2]) {
      const { placements } = await askForOffers(web.url, shop, aMoment([chair]), customer(number));
      if (visit === 2) expect(placements.length).toBe(shown.get(customer(number)));
      shown.set(customer(number), placements.length);
    }
  }
  expect(new Set(shown.values())).toEqual(new Set([0, 1]));
  await foldAll(shop);
  const exposures = await exposuresOf(shop, `offer:${offer.id}`);
  expect(exposures).toHaveLength(20);
  for (const { personKey, variant } of exposures) {
    expect(variant).toBe(shown.get(personKey) === 1 ? "shown" : "held-out");
  }
  const [decision] = await inShop(shop.id, (tx) =>
    tx.decision.findMany({ where: { shopId: shop.id }, take: 1 }),
  );
  expect((decision!.context as unknown as DecisionContext).trials).toHaveProperty(`offer:${offer.id}`);
});

test("who is in the shop's holdout is no part of an experiment on offers", async () => {
  const { shop, chair, offer } = await aFurnitureShop({}, { holdoutPercent: 50 });
  const id = await aRunningExperiment(shop, {
    subject: "offer",
    subjectId: offer.id,
    change: { discountPercent: 25 },
  });
  for (let number = 1; number <= 20; number++) {
    await askForOffers(web.url, shop, aMoment([chair]), customer(number));
  }
  await foldAll(shop);
  const held = (await exposuresOf(shop, "holdout")).filter(({ variant }) => variant === "held-out");
  const tested = await exposuresOf(shop, id);
  expect(held.length).toBeGreaterThan(0);
  expect(held.length + tested.length).toBe(20);
});
