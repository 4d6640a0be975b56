import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import type { Shop } from "#app/generated/prisma/client";
import { aShop } from "../../tests/factories/shop";
import { analyticsOf } from "./analytics.server";
import { calendarDays } from "./period";

const NOW = new Date("2026-11-22T12:00:00Z");

async function figures(shop: Shop) {
  return inShop(shop.id, (tx) => analyticsOf(tx, shop.id, { days: 7, now: NOW, timezone: shop.timezone }));
}

type Outcomes = {
  impressionAt?: Date;
  acceptedAt?: Date;
  convertedAt?: Date;
  revenueMinor?: number;
  refundedMinor?: number;
};

async function anOfferShown(shop: Shop, outcomes: Outcomes) {
  const decisionId = newId(NOW);
  await inShop(shop.id, async (tx) => {
    const shared = { shopId: shop.id, surface: "thank-you", personKey: "order:1", decidedAt: NOW };
    await tx.decision.create({
      data: {
        ...shared,
        id: decisionId,
        block: "offers",
        locale: "en",
        context: {},
        candidates: Buffer.from("[]"),
        seed: "1",
        modelVersion: "1",
      },
    });
    await tx.placement.create({
      data: {
        ...shared,
        decisionId,
        position: 0,
        kind: "offer",
        candidateId: "o",
        score: 1,
        propensity: 1,
        ...outcomes,
      },
    });
  });
}

test("a shop without events has zeros for every day", async () => {
  const { days, series, nps } = await figures(await aShop());
  expect(days).toEqual([
    "2026-11-16",
    "2026-11-17",
    "2026-11-18",
    "2026-11-19",
    "2026-11-20",
    "2026-11-21",
    "2026-11-22",
  ]);
  expect(series.views).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(nps).toEqual({ current: null, previous: null });
});

test("outcomes count on their day in the shop's zone, revenue net of refunds, beside the days before", async () => {
  const shop = await aShop({ timezone: "Pacific/Auckland" });
  // 11:30 UTC on the 21st is half past midnight on the 22nd in Auckland.
  await anOfferShown(shop, {
    impressionAt: new Date("2026-11-21T11:30:00Z"),
    acceptedAt: new Date("2026-11-21T11:40:00Z"),
  });
  await anOfferShown(shop, { impressionAt: new Date("2026-11-12T00:00:00Z") });
  await anOfferShown(shop, {
    convertedAt: new Date("2026-11-20T00:00:00Z"),
    revenueMinor: 5000,
    refundedMinor: 1500,
  });
  const { series, totals } = await figures(shop);
  expect(series.views.at(-1)).toBe(0);
  expect(series.views.at(-2)).toBe(1);
  expect(totals.views).toEqual({ current: 1, previous: 1 });
  expect(totals.accepts).toEqual({ current: 1, previous: 0 });
  expect(totals.netRevenue).toEqual({ current: 3500, previous: 0 });
});

test("NPS comes from finished answers to 0-10 questions only", async () => {
  const shop = await aShop();
  await inShop(shop.id, async (tx) => {
    const shared = { shopId: shop.id, name: "s", surfaces: [], createdAt: NOW, updatedAt: NOW };
    const nps = await tx.survey.create({
      data: { ...shared, id: newId(NOW), key: "nps", questions: [{ id: "q", type: "nps" }] },
    });
    const csat = await tx.survey.create({
      data: { ...shared, id: newId(NOW), key: "csat", questions: [{ id: "q", type: "csat" }] },
    });
    const answer = (surveyId: string, score: number, complete = true) =>
      tx.surveyResponse.create({
        data: {
          shopId: shop.id,
          id: newId(NOW),
          surveyId,
          respondentKey: newId(NOW),
          personKey: "p",
          channel: "email",
          locale: "en",
          answers: {},
          score,
          complete,
          startedAt: NOW,
          answeredAt: NOW,
        },
      });
    for (const score of [10, 9, 8, 3]) await answer(nps.id, score);
    await answer(nps.id, 0, false);
    await answer(csat.id, 1);
  });
  const { nps, totals } = await figures(shop);
  expect(nps.current).toBe(25); // (2 promoters − 1 detractor) of 4
  expect(totals.responses.current).toBe(5);
});

test("figures of one shop leave another's alone", async () => {
  const [one, other] = [await aShop(), await aShop()];
  await anOfferShown(one, { impressionAt: NOW });
  expect((await figures(other)).totals.views.current).toBe(0);
});

test("calendar days follow the zone, also over the end of summer time", () => {
  expect(calendarDays(2, new Date("2026-10-25T23:30:00Z"), "Europe/Berlin")).toEqual([
    "2026-10-25",
    "2026-10-26",
  ]);
  expect(calendarDays(1, new Date("2026-11-22T23:30:00Z"), "Asia/Tokyo")).toEqual(["2026-11-23"]);
});
