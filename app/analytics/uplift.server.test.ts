import { expect, test } from "vitest";
import { newId } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { foldAll } from "../../tests/factories/experiments";
import { aLiveOffer } from "../../tests/factories/offers";
import { aShop } from "../../tests/factories/shop";
import { simulateShoppers, trueUplift, type Simulated } from "../../tests/factories/simulated-shop";
import { shopUplift } from "./uplift.server";

const FROM = new Date("2026-08-01T00:00:00Z");
const NOW = new Date("2026-11-22T12:00:00Z");
const PLAN: Simulated = {
  people: 2_500,
  taken: 0.2,
  addedMinor: 2_000,
  returning: 0.15,
  broughtBack: 0.03,
  returningMinor: 5_000,
  holdoutPercent: 20,
  from: FROM,
  days: 60,
};

async function aSimulatedShop(plan: Partial<Simulated>, seed: string) {
  const whole = { ...PLAN, ...plan };
  const shop = await aShop({}, { holdoutPercent: whole.holdoutPercent });
  const offer = await aLiveOffer(shop);
  await simulateShoppers(shop, offer.id, whole, seed);
  await foldAll(shop, NOW);
  return { shop, plan: whole };
}

function uplift(shop: Shop) {
  return inShop(shop.id, (tx) => shopUplift(tx, shop.id, { now: NOW, timezone: shop.timezone }));
}

test(
  "the dashboard's interval holds the truth of a shop where offers work, and of one where they do nothing",
  { timeout: 120_000 },
  async () => {
    const good = await aSimulatedShop({}, "good");
    const idle = await aSimulatedShop({ people: 1_500, taken: 0, broughtBack: 0 }, "idle");
    const [found, none] = [(await uplift(good.shop))!, (await uplift(idle.shop))!];

    // Refunds and cancellations take 2.5 % and 2 % off what was added.
    const truth = trueUplift(good.plan) * 0.975 * 0.98;
    expect(found.own.interval.low).toBeLessThan(truth);
    expect(found.own.interval.high).toBeGreaterThan(truth);
    expect(found.own.alwaysValid.low).toBeGreaterThan(0);
    expect(found.own.verdict).toEqual({ state: "better" });
    expect(found.shown + found.heldOut).toBe(2_500);
    expect(found.sampleRatio.isOff).toBe(false);
    // Every look along the way held the truth: safe to look each day.
    expect(found.days.length).toBeGreaterThan(40);
    for (const { low, high } of found.days) expect([low < truth, high > truth]).toEqual([true, true]);

    expect(none.own.alwaysValid.low).toBeLessThan(0);
    expect(none.own.alwaysValid.high).toBeGreaterThan(0);
    expect(none.own.verdict.state).toBe("unclear");
    expect(none.sponsored!.difference).toBe(0);
  },
);

test("a shop in which nobody was asked for a year has nothing to compare, and its pages open", async () => {
  const { shop } = await aSimulatedShop({ people: 20, days: 5 }, "asleep");
  const later = new Date(NOW.getTime() + 500 * 24 * 60 * 60 * 1000);
  const found = await inShop(shop.id, (tx) =>
    shopUplift(tx, shop.id, { now: later, timezone: shop.timezone }),
  );
  expect(found).toBeNull();
});

test(
  "through the door, the 95 % interval holds the truth of shop after shop as often as it says",
  { timeout: 120_000 },
  async () => {
    const SHOPS = 20;
    let held = 0;
    for (let number = 0; number < SHOPS; number++) {
      const { shop, plan } = await aSimulatedShop({ people: 500, holdoutPercent: 40 }, `shop ${number}`);
      const { interval } = (await uplift(shop))!.own;
      const truth = trueUplift(plan) * 0.975 * 0.98;
      if (interval.low < truth && truth < interval.high) held++;
    }
    // An interval that keeps its word misses more than 5 of 20 once in 3,000 times.
    expect(held).toBeGreaterThanOrEqual(SHOPS - 5);
  },
);

test("what advertisers paid stands apart, at the shop's share, without reversed sales", async () => {
  const { shop } = await aSimulatedShop({ people: 400, holdoutPercent: 50 }, "sponsored");
  await inShop(shop.id, async (tx) => {
    const { personKey } = await tx.exposure.findFirstOrThrow({
      where: { shopId: shop.id, trialKey: "holdout", variant: "shown" },
    });
    const { id: decisionId, decidedAt } = await tx.decision.findFirstOrThrow({
      where: { shopId: shop.id, personKey },
    });
    const seen = { kind: "sponsored", candidateId: "c", personKey, surface: "thank-you", decidedAt };
    const ids = { campaignId: newId(NOW), advertiserId: newId(NOW) };
    for (const [conversionId, chargedMinor, reversedAt] of [
      ["kept", 3_000, null],
      ["reversed", 9_000, decidedAt],
    ] as const) {
      const place = { shopId: shop.id, decisionId, position: reversedAt ? 2 : 1 };
      await tx.placement.create({ data: { ...place, ...seen, score: 1, propensity: 1 } });
      const click = { ...place, ...ids, id: newId(NOW), happenedAt: decidedAt };
      await tx.sponsoredClick.create({ data: { ...click, chargedMinor: 500 } });
      const sale = { shopId: shop.id, id: newId(NOW), clickId: click.id, ...ids, happenedAt: decidedAt };
      await tx.sponsoredConversion.create({ data: { ...sale, conversionId, chargedMinor, reversedAt } });
    }
  });
  const { sponsored, shown } = (await uplift(shop))!;
  expect(sponsored!.treated * shown).toBeCloseTo(4_000 * 0.85, 6);
  expect(sponsored!.control).toBe(0);
});

test("lost decisions of one side raise the alarm", async () => {
  const { shop } = await aSimulatedShop({ people: 1_000, lost: 0.4 }, "lost");
  expect((await uplift(shop))!.sampleRatio.isOff).toBe(true);
});

test("a small shop is told how many more orders it takes; one that holds nobody out gets no figure", async () => {
  const { shop } = await aSimulatedShop({ people: 200 }, "small");
  const { own, heldOut } = (await uplift(shop))!;
  expect(own.verdict).toEqual({ state: "too-early", more: (100 - heldOut) * 5 });
  const { shop: without } = await aSimulatedShop({ people: 50, holdoutPercent: 0 }, "none");
  expect(await uplift(without)).toBeNull();
});

test("a holdout of another size starts a new comparison", async () => {
  const { shop } = await aSimulatedShop({ people: 300 }, "before");
  await inShop(shop.id, async (tx) => {
    await tx.shopSettings.update({ where: { shopId: shop.id }, data: { holdoutPercent: 50 } });
    await tx.exposure.updateMany({
      where: {
        shopId: shop.id,
        personKey: { in: ["gid://shopify/Customer/298", "gid://shopify/Customer/299"] },
      },
      data: { share: 0.5 },
    });
  });
  const { shown, heldOut, share } = (await uplift(shop))!;
  expect({ people: shown + heldOut, share }).toEqual({ people: 2, share: 0.5 });
});
