import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type { OrderSnapshot } from "#app/orders/order";
import { recordOrder } from "#app/orders/orders.server";
import { recordFulfillment, recordScan } from "#app/parcels/fulfillments.server";
import { noteScan } from "#app/parcels/scans.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { anOrderSnapshot } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";
import { carrierScores, deliveryOverview, listExceptions, npsOf, shareOf } from "./deliveries.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const NOW = new Date("2026-11-16T09:00:00Z");
const DAY = 24 * 60 * 60 * 1000;
const later = (days: number) => new Date(NOW.getTime() + days * DAY);
const PERIOD = { from: later(-1), to: later(30) };

let count = 0;

/** A parcel that the carrier promised for the third day, delivered after so many. */
async function deliver(
  shop: Shop,
  carrier: string,
  country: string,
  took: number,
  attempts = 0,
  order = anOrderSnapshot({ placedAt: NOW, updatedAt: NOW, country }),
): Promise<OrderSnapshot> {
  const fulfillmentGid = `gid://shopify/Fulfillment/${++count}`;
  const parcel = {
    gid: fulfillmentGid,
    orderGid: order.gid,
    name: `${order.name}.1`,
    status: "success",
    trackings: [{ carrier, number: `P${count}`, url: null }],
    shipmentStatus: null,
    estimatedDeliveryAt: later(3),
    shippedAt: NOW,
    updatedAt: NOW,
  };
  const scan = (status: string, happenedAt: Date) => ({
    gid: `gid://shopify/FulfillmentEvent/${++count}`,
    orderGid: order.gid,
    fulfillmentGid,
    status,
    message: null,
    city: null,
    country: null,
    happenedAt,
    estimatedDeliveryAt: null,
  });
  await inShop(shop.id, async (tx) => {
    await recordOrder(tx, shop.id, order, NOW);
    await recordFulfillment(tx, shop.id, parcel, NOW);
    for (let attempt = 0; attempt < attempts; attempt++) {
      await recordScan(tx, shop.id, scan("attempted_delivery", later(1)), later(1));
    }
    if (took < 30) await recordScan(tx, shop.id, scan("delivered", later(took)), later(took));
  });
  return order;
}

/** What a shopper says about their order, from 0 to 10, in a survey that asks to rate something before. */
async function recommend(shop: Shop, orderGid: string, score: number): Promise<void> {
  const asked = { shopId: shop.id, id: newId(NOW) };
  await inShop(shop.id, async (tx) => {
    const questions = [
      { id: "stars", type: "rating" },
      { id: "nps", type: "nps" },
    ];
    await tx.survey.create({
      data: { ...asked, key: asked.id, name: "s", surfaces: [], questions, createdAt: NOW, updatedAt: NOW },
    });
    const respondent = { respondentKey: `order:${orderGid}`, personKey: "p", orderGid };
    const said = {
      answers: { stars: 5, nps: score },
      score,
      complete: true,
      startedAt: NOW,
      answeredAt: NOW,
    };
    await tx.surveyResponse.create({
      data: {
        shopId: shop.id,
        id: newId(NOW),
        surveyId: asked.id,
        channel: "email",
        locale: "en",
        ...respondent,
        ...said,
      },
    });
  });
}

test("carriers are compared per lane, by what was told, in the own shop only", async () => {
  const [shop, other] = [await aShop({ country: "DE" }), await aShop({ country: "DE" })];
  for (const took of [1, 2, 5]) await deliver(shop, "Postway", "DE", took);
  await deliver(shop, "Postway", "FR", 2, 1);
  await deliver(other, "Swift", "DE", 9);
  const scores = await inShop(shop.id, (tx) => carrierScores(tx, shop.id, PERIOD));
  expect(scores.map(({ carrier, lane, delivered }) => [carrier, lane, delivered])).toEqual([
    ["Postway", "DE>DE", 3],
    ["Postway", "DE>FR", 1],
  ]);
  expect(scores[0]!.onTime).toMatchObject({ value: 2 / 3, of: 3 });
  expect(scores[0]!.exceptions.value).toBe(0);
  expect(scores[1]!.exceptions.value).toBe(1);
});

test("damage, promises and who was told first, per carrier and lane", async () => {
  const [shop, other] = [await aShop({ country: "DE" }), await aShop({ country: "DE" })];
  // Promised by the carrier for the third day: both come on the fifth.
  for (const one of [shop, other]) for (const took of [5, 5]) await deliver(one, "Postway", "DE", took);
  await inShop(shop.id, async (tx) => {
    const [told, silent] = await tx.parcel.findMany({ orderBy: { id: "asc" } });
    const promise = (parcelId: string, day: number, latest: number) => ({
      shopId: shop.id,
      id: crypto.randomUUID(),
      parcelId,
      orderGid: told!.orderGid,
      channel: "email",
      earliestAt: later(latest - 1),
      latestAt: later(latest),
      saidAt: later(day),
    });
    await tx.deliveryPromise.createMany({
      data: [promise(told!.id, 0, 3), promise(told!.id, 2, 6), promise(silent!.id, 0, 3)],
    });
    await noteScan(
      tx,
      shop.id,
      silent!.id,
      { status: "noted", handover: null, trouble: "damaged", message: null },
      "1",
      later(6),
    );
  });
  const [score] = await inShop(shop.id, (tx) => carrierScores(tx, shop.id, PERIOD));
  expect(score).toMatchObject({
    onTime: { value: 0, of: 2 },
    toldFirst: { value: 0.5, of: 2 },
    damaged: { value: 0.5, of: 2 },
  });
  const [elsewhere] = await inShop(other.id, (tx) => carrierScores(tx, other.id, PERIOD));
  expect(elsewhere).toMatchObject({ damaged: { value: 0 }, toldFirst: { value: 0 } });
});

test("a carrier's NPS counts each order's answer once, wherever its survey asks for it, in the own shop only", async () => {
  const [shop, other] = [await aShop({ country: "DE" }), await aShop({ country: "DE" })];
  const split = await deliver(shop, "Postway", "DE", 2);
  await deliver(shop, "Postway", "DE", 3, 0, split);
  await deliver(shop, "Swift", "DE", 3, 0, split);
  const whole = await deliver(shop, "Postway", "DE", 4);
  await recommend(shop, split.gid, 10);
  await recommend(shop, whole.gid, 3);
  // The same order's name in another shop says nothing here.
  await deliver(other, "Postway", "DE", 2, 0, split);
  await recommend(other, split.gid, 0);
  const scores = await inShop(shop.id, (tx) => carrierScores(tx, shop.id, PERIOD));
  expect(scores).toMatchObject([
    { carrier: "Postway", delivered: 3, nps: { score: 0, answers: 2 } },
    { carrier: "Swift", delivered: 1, nps: { score: 100, answers: 1 } },
  ]);
});

test("an NPS of few answers has a wide interval within its bounds", () => {
  const few = npsOf({ promoters: 3, detractors: 0, answers: 3 });
  expect(few).toMatchObject({ score: 100, answers: 3, high: 100 });
  expect(few.low).toBeLessThan(40);
  const many = npsOf({ promoters: 600, detractors: 200, answers: 1000 });
  expect(many.score).toBe(40);
  expect(many.high - many.low).toBeLessThan(12);
});

test("the overview counts what is on the road, what is wrong and how long parcels take", async () => {
  const [shop, other] = [await aShop({ country: "DE" }), await aShop({ country: "DE" })];
  await deliver(shop, "Postway", "DE", 2);
  await deliver(shop, "Postway", "DE", 4, 1);
  await deliver(shop, "Postway", "DE", 99, 1);
  const overview = await inShop(shop.id, (tx) => deliveryOverview(tx, shop.id, PERIOD));
  expect(overview).toEqual({
    onTheRoad: 1,
    openExceptions: 1,
    exceptions: { current: 2, previous: 0 },
    told: 0,
    medianDays: 3,
  });
  const list = (open: boolean) =>
    inShop(shop.id, (tx) => listExceptions(tx, shop.id, { open, kind: null, limit: 10 }));
  expect((await list(true)).exceptions).toMatchObject([{ kind: "failed-attempt", carrier: "Postway" }]);
  expect((await list(false)).exceptions).toHaveLength(1);
  const empty = await inShop(other.id, (tx) => deliveryOverview(tx, other.id, PERIOD));
  expect(empty).toMatchObject({ onTheRoad: 0, openExceptions: 0, medianDays: null });
});

test("a share of few parcels has a wide interval that stays within 0 and 1", () => {
  expect(shareOf(3, 3)).toMatchObject({ value: 1, high: 1 });
  expect(shareOf(3, 3).low).toBeLessThan(0.5);
  expect(shareOf(300, 300).low).toBeGreaterThan(0.98);
  expect(shareOf(0, 5).low).toBe(0);
});
