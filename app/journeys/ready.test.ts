/** Each ready journey, from its fact to its message, by the clock. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import type { Message, Order, Parcel, Shop } from "#app/generated/prisma/client";
import { LIBRARY_KEYS } from "#app/messages/library/library";
import { DEFAULT_TEMPLATES } from "#app/messages/default-templates";
import { checkContent } from "#app/messages/check-content";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { shownMoment } from "#app/shops/local-day";
import { BrandSchema, LOCALES } from "#app/shops/settings";
import {
  agreesToMarketing,
  anException,
  hears,
  messagesOf,
  onlyJourneys,
  shopifyWrites,
  sweepAndHear,
  sweepJourneys,
} from "../../tests/factories/journeys";
import { aProgram } from "../../tests/factories/loyalty";
import { anOrderToTell, aParcelToTell } from "../../tests/factories/messages";
import { aShop } from "../../tests/factories/shop";
import { checkDefinition } from "./definition-schema";
import { ensureReadyJourneys } from "./library.server";
import { READY_JOURNEYS, READY_KEYS, type ReadyKey } from "./ready/ready-journeys";

/** A Sunday, 13:00 in the shop. */
const NOW = new Date("2026-11-22T12:00:00Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const after = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const delivered = { status: "delivered", deliveredAt: NOW } as const;

let other: Shop;
beforeAll(async () => {
  await startQueue("web");
  other = await aShop();
});
afterAll(async () => {
  // Whatever happened in other shops, this one has heard nothing of it.
  expect(await messagesOf(other)).toEqual([]);
  await stopQueue();
});

type Stage = { shop: Shop; order: Order };

/** A shop with these journeys only, and an order whose buyer agreed to marketing. */
async function stage(...keys: ReadyKey[]): Promise<Stage> {
  const shop = await aShop({}, { brand: BrandSchema.parse({ reviewUrl: "https://reviews.example/shop" }) });
  await onlyJourneys(shop, ...keys);
  const order = await anOrderToTell(shop, { isFirst: true });
  await agreesToMarketing(shop, order);
  return { shop, order };
}

async function arrives({ shop, order }: Stage, columns: Partial<Parcel> = {}): Promise<void> {
  const parcel = await aParcelToTell(shop, order, { ...delivered, ...columns });
  await hears(shop, { fact: "parcel.delivered", parcelId: parcel.id }, NOW);
}

/** Nothing until a moment before, then this. */
async function comesAt(shop: Shop, at: Date, template: string): Promise<void> {
  await sweepJourneys(new Date(at.getTime() - 1));
  expect(await messagesOf(shop)).toEqual([]);
  await sweepJourneys(at);
  await sweepJourneys(new Date(at.getTime() + DAY));
  expect(await messagesOf(shop)).toEqual([`${template} queued`]);
}

function onlyMessage(shop: Shop): Promise<Message> {
  return inShop(shop.id, (tx) => tx.message.findFirstOrThrow());
}

test.each(READY_KEYS)("%s can be edited as it is", (key) => {
  const { definition } = READY_JOURNEYS[key];
  expect(checkDefinition(JSON.parse(JSON.stringify(definition)))).toEqual({ status: "valid", definition });
});

test("a shop that was erased and is back gets them again", async () => {
  const shop = await aShop();
  const keysAt = (now: Date) =>
    inShop(shop.id, async (tx) => {
      await ensureReadyJourneys(tx, shop.id, now);
      return (await tx.journey.findMany({ where: { shopId: shop.id } })).length;
    });
  expect(await keysAt(NOW)).toBe(READY_KEYS.length);
  // Seen to be complete.
  await keysAt(NOW);
  await inShop(shop.id, (tx) => tx.journey.deleteMany({ where: { shopId: shop.id } }));
  expect(await keysAt(after(2 * DAY))).toBe(READY_KEYS.length);
});

test.each(LIBRARY_KEYS)("the words of %s stand in every language", (key) => {
  const { content } = DEFAULT_TEMPLATES[key];
  expect(checkContent(content)).toEqual([]);
  const texts = [
    content.subject,
    content.preheader,
    ...content.blocks.flatMap((block) =>
      Object.entries(block.fields).flatMap(([name, text]) => (name === "url" ? [] : [text])),
    ),
  ];
  for (const text of texts) expect(Object.keys(text).sort()).toEqual([...LOCALES].sort());
});

test.each<[ReadyKey, string]>([
  ["thank-you", "order.placed"],
  ["order-confirmed", "order.paid"],
])("%s: at once, once", async (key, fact) => {
  const { shop, order } = await stage(key);
  for (let time = 0; time < 2; time++) await hears(shop, { fact, orderGid: order.gid }, NOW);
  await hears(other, { fact, orderGid: order.gid }, NOW);
  expect(await messagesOf(shop)).toEqual([`${key} queued`]);
});

test.each<[ReadyKey, string]>([
  ["shipped", "parcel.shipped"],
  ["out-for-delivery", "parcel.out-for-delivery"],
  ["pickup", "parcel.ready-for-pickup"],
])("%s: for each parcel, once", async (key, fact) => {
  const { shop, order } = await stage(key);
  for (const parcel of [await aParcelToTell(shop, order), await aParcelToTell(shop, order)]) {
    for (let time = 0; time < 2; time++) await hears(shop, { fact, parcelId: parcel.id }, NOW);
    await hears(other, { fact, parcelId: parcel.id }, NOW);
  }
  expect(await messagesOf(shop)).toEqual([`${key} queued`, `${key} queued`]);
});

test.each<[ReadyKey, string]>([
  ["not-shipped", "not-shipped"],
  ["delayed", "stalled"],
  ["attempted", "failed-attempt"],
  ["pickup-reminder", "not-collected"],
  ["not-delivered", "not-delivered"],
])("%s: told when it happens, and not again within three days", async (key, kind) => {
  const { shop, order } = await stage(key);
  const parcelId = kind === "not-shipped" ? null : (await aParcelToTell(shop, order)).id;
  const happens = async (at: Date) => {
    const exceptionId = await anException(shop, kind, { orderGid: order.gid, parcelId }, at);
    await hears(shop, { fact: "delivery.exception-opened", exceptionId }, at);
    await hears(other, { fact: "delivery.exception-opened", exceptionId }, at);
    await inShop(shop.id, (tx) => tx.deliveryException.updateMany({ data: { closedAt: at } }));
  };
  await happens(NOW);
  await happens(after(2 * DAY));
  expect(await messagesOf(shop)).toEqual([`${key} queued`]);
  const [first] = await inShop(shop.id, (tx) =>
    tx.deliveryException.findMany({ orderBy: { openedAt: "asc" } }),
  );
  expect(first!.toldAt).toEqual(NOW);
  await happens(after(4 * DAY));
  expect(await messagesOf(shop)).toEqual([`${key} queued`, `${key} queued`]);
});

test.each<[handover: string, minutes: number, template: string]>([
  ["signed", 10, "delivered"],
  ["neighbour", 10, "found-it"],
  ["safe-place", 10, "found-it"],
  ["unknown", 120, "delivered"],
])("delivered-check: %s is followed after %i minutes by %s", async (handover, minutes, template) => {
  const on = await stage("delivered-check");
  await arrives(on, { handover });
  await comesAt(on.shop, after(minutes * MINUTE), template);
});

test("delivered-check: how it was handed over may be told after the delivery", async () => {
  const on = await stage("delivered-check");
  await arrives(on, { handover: "unknown" });
  await inShop(on.shop.id, (tx) => tx.parcel.updateMany({ data: { handover: "neighbour" } }));
  await comesAt(on.shop, after(10 * MINUTE), "found-it");
});

test("refund: told for each refund, also of an order that is refunded in full", async () => {
  const { shop, order } = await stage("refund");
  await inShop(shop.id, (tx) => tx.order.updateMany({ data: { refundedMinor: order.totalMinor } }));
  for (const refundGid of ["gid://shopify/Refund/1", "gid://shopify/Refund/1", "gid://shopify/Refund/2"]) {
    await hears(shop, { fact: "order.refunded", orderGid: order.gid, refundGid }, NOW);
  }
  expect(await messagesOf(shop)).toEqual(["refunded queued", "refunded queued"]);
});

test.each<[ReadyKey, string, string]>([
  ["quick-start", "2026-11-23T09:00:00Z", "quick-start"],
  ["welcome", "2026-11-26T09:00:00Z", "welcome"],
  ["nps", "2026-11-30T09:00:00Z", "nps"],
  ["review", "2026-12-07T09:00:00Z", "review"],
  ["care", "2026-12-14T09:00:00Z", "care"],
  ["back-to-site", "2026-12-23T09:00:00Z", "back-to-site"],
])("%s: at ten in the morning of its day, %s", async (key, at, template) => {
  const on = await stage(key);
  await arrives(on);
  await comesAt(on.shop, new Date(at), template);
});

test("marketing goes to nobody who did not agree, and to nobody who has ordered again", async () => {
  const { shop, order } = await stage("back-to-site");
  const silent = await anOrderToTell(shop);
  await arrives({ shop, order: silent });
  await arrives({ shop, order });
  const again = await anOrderToTell(shop, { customerGid: null });
  await inShop(shop.id, (tx) =>
    tx.order.updateMany({ where: { gid: again.gid }, data: { customerGid: order.customerGid } }),
  );
  await hears(shop, { fact: "order.placed", orderGid: again.gid }, after(DAY));
  await sweepJourneys(after(32 * DAY));
  expect(await messagesOf(shop)).toEqual([]);
  const ways = await inShop(shop.id, (tx) => tx.enrolment.findMany());
  expect(ways).toMatchObject([{ state: "left", reason: "ordered-again", customerGid: order.customerGid }]);
});

test("win-back: after ninety days without an order, with a code that Shopify has made", async () => {
  const { shop, order } = await stage("win-back");
  const shopify = shopifyWrites();
  await inShop(shop.id, (tx) => tx.customer.updateMany({ data: { lastOrderAt: order.placedAt } }));
  await hears(shop, { fact: "order.placed", orderGid: order.gid }, NOW);
  for (const days of [30, 60, 90, 91]) await sweepAndHear(after(days * DAY), shopify.ports);
  await sweepAndHear(after(91 * DAY + MINUTE), shopify.ports);
  expect(await messagesOf(shop)).toEqual(["win-back queued"]);
  const [code] = shopify.codes;
  const { variables } = await onlyMessage(shop);
  expect(variables).toMatchObject({ code: { code, percent: 10 } });
  // To the end of a day in the shop's zone, at least thirty days from then.
  const endsAt = new Date((variables as { code: { endsAt: string } }).code.endsAt);
  expect(shownMoment(endsAt, shop.timezone)).toMatch(/T00:00$/);
  expect(endsAt.getTime()).toBeGreaterThanOrEqual(after(120 * DAY).getTime());
  expect(endsAt.getTime()).toBeLessThan(after(123 * DAY).getTime());
  for (const days of [120, 180]) await sweepAndHear(after(days * DAY), shopify.ports);
  expect(await messagesOf(shop)).toHaveLength(1);
});

test("birthday: a greeting with a code in the morning, every year", async () => {
  const { shop, order } = await stage("birthday");
  const shopify = shopifyWrites();
  await inShop(shop.id, (tx) => tx.customer.updateMany({ data: { attributes: { birthday: "1990-12-24" } } }));
  await hears(shop, { fact: "order.placed", orderGid: order.gid }, NOW);
  for (const year of [2026, 2027]) {
    await sweepAndHear(new Date(`${year}-12-24T07:59:59Z`), shopify.ports);
    expect(await messagesOf(shop)).toHaveLength(year - 2026);
    await sweepAndHear(new Date(`${year}-12-24T08:00:00Z`), shopify.ports);
    await sweepAndHear(new Date(`${year}-12-24T08:01:00Z`), shopify.ports);
  }
  expect(await messagesOf(shop)).toEqual(["birthday queued", "birthday queued"]);
  expect(shopify.codes.size).toBe(2);
});

test("points-ready: when points of an order can be spent", async () => {
  const { shop, order } = await stage("points-ready");
  await aProgram(shop);
  const memberId = newId(NOW);
  const member = { shopId: shop.id, personKey: order.customerGid!, customerGid: order.customerGid };
  await inShop(shop.id, async (tx) => {
    await tx.loyaltyMember.create({
      data: { ...member, id: memberId, joinedVia: "thank-you", consentText: "Yes", joinedAt: NOW },
    });
    await tx.ledgerEntry.create({
      data: {
        ...{ shopId: shop.id, id: newId(NOW), memberId, kind: "order", points: 25, state: "approved" },
        ...{ availableAt: NOW, approvedAt: NOW, sourceKey: "order", createdAt: NOW },
      },
    });
  });
  for (let time = 0; time < 2; time++) await hears(shop, { fact: "loyalty.points-approved", memberId }, NOW);
  await comesAt(shop, new Date("2026-11-23T09:00:00Z"), "points-ready");
  expect((await onlyMessage(shop)).variables).toMatchObject({ points: { available: 25 } });
});

test("referral: who would recommend the shop gets a code for a friend", async () => {
  const { shop, order } = await stage("referral");
  const shopify = shopifyWrites();
  for (const score of [6, 9]) {
    const responseId = newId(NOW);
    await inShop(shop.id, async (tx) => {
      const surveyId = newId(NOW);
      await tx.survey.create({
        data: {
          ...{ shopId: shop.id, id: surveyId, key: `s-${score}`, name: "S", questions: [] },
          ...{ createdAt: NOW, updatedAt: NOW },
        },
      });
      await tx.surveyResponse.create({
        data: {
          ...{ shopId: shop.id, id: responseId, surveyId, respondentKey: `order:${order.gid}`, score },
          ...{ personKey: order.customerGid!, orderGid: order.gid, customerGid: order.customerGid },
          ...{ channel: "email", locale: "en", answers: {}, complete: true, startedAt: NOW },
        },
      });
    });
    await hears(shop, { fact: "survey.answered", responseId }, NOW);
  }
  for (const days of [1, 2, 3]) await sweepAndHear(after(days * DAY), shopify.ports);
  expect(await messagesOf(shop)).toEqual(["referral queued"]);
  expect(shopify.codes.size).toBe(1);
});
