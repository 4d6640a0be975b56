import { afterAll, beforeAll, expect, test } from "vitest";
import { recordTouch } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { createFromStarter } from "#app/surveys/surveys.server";
import { hears, messagesOf, sweepJourneys } from "../../tests/factories/journeys";
import { anOrderToTell, aParcelToTell } from "../../tests/factories/messages";
import { aShop } from "../../tests/factories/shop";

const NOW = new Date("2026-11-22T12:00:00Z");
const LATER = new Date("2026-11-22T14:00:00Z");
const delivered = { status: "delivered", deliveredAt: NOW } as const;

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

test("an order is thanked for at once and once", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const order = await anOrderToTell(shop);
  await hears(shop, { fact: "order.placed", orderGid: order.gid }, NOW);
  await hears(shop, { fact: "order.placed", orderGid: order.gid }, NOW);
  expect(await messagesOf(shop)).toEqual(["thank-you queued"]);
  await hears(other, { fact: "order.placed", orderGid: order.gid }, NOW);
  expect(await messagesOf(other)).toEqual([]);
});

test("test orders and orders from history get no mail", async () => {
  const shop = await aShop();
  for (const kind of [{ test: true }, { imported: true }]) {
    const order = await anOrderToTell(shop, kind);
    await hears(shop, { fact: "order.placed", orderGid: order.gid }, NOW);
    const parcel = await aParcelToTell(shop, order, delivered);
    await hears(shop, { fact: "parcel.shipped", parcelId: parcel.id }, NOW);
    await hears(shop, { fact: "parcel.delivered", parcelId: parcel.id }, NOW);
  }
  await sweepJourneys(LATER);
  expect(await messagesOf(shop)).toEqual([]);
});

test("each parcel is announced; the delivered check comes two hours after the last one", async () => {
  const shop = await aShop();
  const order = await anOrderToTell(shop);
  const first = await aParcelToTell(shop, order, delivered);
  const second = await aParcelToTell(shop, order);
  await hears(shop, { fact: "parcel.shipped", parcelId: first.id }, NOW);
  await hears(shop, { fact: "parcel.shipped", parcelId: second.id }, NOW);
  await hears(shop, { fact: "parcel.delivered", parcelId: first.id }, NOW);
  await sweepJourneys(LATER);
  expect(await messagesOf(shop)).toEqual(["shipped queued", "shipped queued"]); // the other one is still on its way

  const deliveredAt = new Date("2026-11-23T10:00:00Z");
  await inShop(shop.id, (tx) =>
    tx.parcel.update({
      where: { shopId_id: { shopId: shop.id, id: second.id } },
      data: { status: "delivered", deliveredAt },
    }),
  );
  await hears(shop, { fact: "parcel.delivered", parcelId: second.id }, deliveredAt);
  await hears(shop, { fact: "parcel.delivered", parcelId: second.id }, deliveredAt);
  await sweepJourneys(new Date("2026-11-23T11:59:59Z"));
  expect(await messagesOf(shop)).toHaveLength(2);
  await sweepJourneys(new Date("2026-11-23T12:00:00Z"));
  await sweepJourneys(new Date("2026-11-24T12:00:00Z"));
  expect(await messagesOf(shop)).toEqual(["shipped queued", "shipped queued", "delivered queued"]);
});

test("an order that was cancelled or refunded in full is not asked about", async () => {
  const shop = await aShop();
  const cancelled = await anOrderToTell(shop);
  const one = await aParcelToTell(shop, cancelled, delivered);
  await hears(shop, { fact: "parcel.delivered", parcelId: one.id }, NOW);
  await inShop(shop.id, (tx) =>
    tx.order.updateMany({ where: { gid: cancelled.gid }, data: { cancelledAt: NOW } }),
  );
  await hears(shop, { fact: "order.cancelled", orderGid: cancelled.gid }, NOW);

  const refunded = await anOrderToTell(shop);
  const two = await aParcelToTell(shop, refunded, delivered);
  await hears(shop, { fact: "parcel.delivered", parcelId: two.id }, NOW);
  await inShop(shop.id, (tx) =>
    tx.order.updateMany({ where: { gid: refunded.gid }, data: { refundedMinor: refunded.totalMinor } }),
  );
  const waiting = () => inShop(shop.id, (tx) => tx.enrolment.count({ where: { state: "waiting" } }));
  expect(await waiting()).toBe(1); // the cancelled one left at once
  await sweepJourneys(LATER);
  expect(await messagesOf(shop)).toEqual([]);
  const ends = await inShop(shop.id, (tx) =>
    tx.enrolment.findMany({ select: { state: true, reason: true } }),
  );
  expect(ends).toEqual(
    expect.arrayContaining([
      { state: "left", reason: "order-cancelled" },
      { state: "left", reason: "order-refunded" },
    ]),
  );
});

test("the delivered check asks the NPS question where the survey is live and the person was not asked lately", async () => {
  const shop = await aShop();
  await inShop(shop.id, async (tx) => {
    const survey = await createFromStarter(tx, shop.id, "nps", NOW);
    await tx.survey.update({
      where: { shopId_id: { shopId: shop.id, id: survey.id } },
      data: { status: "live" },
    });
  });
  const fresh = await anOrderToTell(shop);
  const askedLately = await anOrderToTell(shop);
  await inShop(shop.id, (tx) =>
    recordTouch(tx, shop.id, {
      personKey: askedLately.customerGid!,
      channel: "order-status",
      kind: "nps",
      marketing: false,
      sourceKey: "earlier",
      happenedAt: new Date("2026-10-01T12:00:00Z"),
    }),
  );
  for (const order of [fresh, askedLately]) {
    const parcel = await aParcelToTell(shop, order, delivered);
    await hears(shop, { fact: "parcel.delivered", parcelId: parcel.id }, NOW);
  }
  await sweepJourneys(LATER);
  expect(await npsOf(shop, fresh)).toHaveLength(11);
  expect((await npsOf(shop, fresh))![9]).toMatch(/^http:\/\/localhost:4710\/s\/[\w.-]+\?score=9$/);
  expect(await npsOf(shop, askedLately)).toBeUndefined();
});

async function npsOf(shop: Shop, order: Order): Promise<string[] | undefined> {
  const message = await inShop(shop.id, (tx) =>
    tx.message.findFirstOrThrow({ where: { orderGid: order.gid }, select: { variables: true } }),
  );
  return (message.variables as { nps?: string[] }).nps;
}
