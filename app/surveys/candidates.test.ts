import { afterAll, beforeAll, expect, test } from "vitest";
import { recordTouch } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import type { Shop } from "#app/generated/prisma/client";
import { touchOf } from "#app/messages/message-touches.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { anOrderToTell } from "../../tests/factories/messages";
import { anOrder } from "../../tests/factories/orders";
import { messageOf, queueMail } from "../../tests/factories/outbox";
import { changeSettings } from "#app/shops/shops.server";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey } from "../../tests/factories/surveys";
import type { Survey } from "./survey";
import {
  publishSurvey,
  saveSurvey,
  stopSurvey,
  submitResponse,
  surveyById,
  surveyCandidates,
  surveyForMail,
  type SurveyMoment,
} from "./surveys.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const CUSTOMER = "gid://shopify/Customer/7";
const NOW = new Date("2026-11-20T10:10:00Z");
const daysLater = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

type Asked = { order?: number; customerGid?: string | null; now?: Date } & Partial<SurveyMoment>;

async function asked(
  shop: Shop,
  { order = 1, customerGid = null, now = NOW, ...rest }: Asked = {},
): Promise<string[]> {
  const orderId = `gid://shopify/Order/${order}`;
  const moment = {
    surface: "thank-you",
    orderId,
    checkoutToken: `checkout-${order}`,
    locale: "en",
    ...rest,
  } as const;
  const candidates = await inShop(shop.id, (tx) =>
    surveyCandidates(tx, shop.id, moment, { customerGid, now }),
  );
  return candidates.map(({ id }) => id);
}

async function answered(
  shop: Shop,
  survey: Survey,
  order: number,
  at = NOW,
  customerGid: string | null = CUSTOMER,
) {
  const by = { orderGid: `gid://shopify/Order/${order}`, customerGid, claim: null };
  const answers = { source: "friends", recommend: 9, delivery: 5 };
  const submission = {
    surveyId: survey.id,
    by,
    channel: "thank-you",
    locale: "en" as const,
    answers,
    complete: true,
  };
  await inShop(shop.id, (tx) => submitResponse(tx, shop.id, submission, at));
}

async function delivered(shop: Shop, orderGid: string): Promise<void> {
  const parcel = {
    orderGid,
    fulfillmentGid: `${orderGid}/f`,
    shippedAt: NOW,
    deliveredAt: NOW,
    status: "delivered",
  } as const;
  await inShop(shop.id, (tx) => tx.parcel.create({ data: { shopId: shop.id, id: newId(NOW), ...parcel } }));
}

test("a live survey is asked where it belongs, in the shopper's language where it is switched on, and in its own shop", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const survey = await aLiveSurvey(shop, { starter: "post-purchase" });
  expect(await asked(shop)).toEqual([survey.id]);
  expect(await asked(other)).toEqual([]);
  expect(await asked(shop, { surface: "order-status" })).toEqual([]);
  const moment = { surface: "thank-you", orderId: "gid://shopify/Order/1", locale: "fr-CA" } as const;
  const inFrench = () =>
    inShop(shop.id, (tx) => surveyCandidates(tx, shop.id, moment, { customerGid: null, now: NOW }));
  expect((await inFrench())[0]!.payload).toMatchObject({
    questions: [{ text: "How did you hear about us?" }],
  });
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, { locales: ["en", "fr"] }));
  expect((await inFrench())[0]!.payload).toMatchObject({
    kind: "survey",
    questions: [{ text: "Comment avez-vous entendu parler de nous ?" }],
  });
  await inShop(shop.id, (tx) => stopSurvey(tx, shop.id, survey.id, "paused", NOW));
  expect(await asked(shop)).toEqual([]);
});

test("what was answered, also under a claim, is not asked again", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop, { starter: "post-purchase" });
  await answered(shop, survey, 1);
  expect(await asked(shop)).toEqual([]);
  expect(await asked(shop, { order: 2 })).toEqual([survey.id]);
});

test("between orders a person is left alone for the cool-down, over all surveys", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop, { starter: "post-purchase", cooldownDays: 21 });
  const second = await aLiveSurvey(shop, {
    starter: "nps",
    surfaces: ["thank-you"],
    timing: "purchase",
    cooldownDays: 7,
  });
  await answered(shop, survey, 1);
  const later = (days: number) => asked(shop, { order: 2, customerGid: CUSTOMER, now: daysLater(days) });
  expect(await later(6)).toEqual([]);
  expect(await later(7)).toEqual([second.id]);
  expect((await later(21)).sort()).toEqual([survey.id, second.id].sort());
  expect(await asked(shop, { order: 3, customerGid: "gid://shopify/Customer/8" })).toHaveLength(2);
});

/** A mail about an order that has gone out with a question of this kind in it. */
async function askedByMail(
  shop: Shop,
  kind: "survey" | "nps",
  customerGid: string,
  at: Date,
): Promise<string> {
  const order = await anOrderToTell(shop, { customerGid });
  const queued = await queueMail(shop, order, { now: at });
  if (!("messageId" in queued)) throw new Error(queued.status);
  const message = await messageOf(shop, queued.messageId);
  await inShop(shop.id, (tx) => recordTouch(tx, shop.id, touchOf(message, kind, false, at)));
  return order.gid;
}

test.each(["survey", "nps"] as const)(
  "a page keeps its distance to a mail with a question (%s) about another order",
  async (kind) => {
    const [shop, other] = [await aShop(), await aShop()];
    const options = { starter: "post-purchase", cooldownDays: 21 } as const;
    const [survey, theirs] = [await aLiveSurvey(shop, options), await aLiveSurvey(other, options)];
    const about = await askedByMail(shop, kind, CUSTOMER, NOW);
    const ask = { order: 2, customerGid: CUSTOMER };
    expect(await asked(shop, { ...ask, now: daysLater(20) })).toEqual([]);
    expect(await asked(shop, { ...ask, now: daysLater(21) })).toEqual([survey.id]);
    // About the same order the page may ask what the mail was not answered.
    expect(await asked(shop, { ...ask, orderId: about, now: daysLater(1) })).toEqual([survey.id]);
    expect(await asked(shop, { order: 2, customerGid: "gid://shopify/Customer/8" })).toEqual([survey.id]);
    expect(await asked(other, ask)).toEqual([theirs.id]);
  },
);

test("mails without a question, and what was looked at, are no survey mails", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop, { starter: "post-purchase" });
  const order = await anOrderToTell(shop, { customerGid: CUSTOMER });
  await queueMail(shop, order, { now: NOW });
  const touch = { personKey: CUSTOMER, channel: "tracking", marketing: false, happenedAt: NOW };
  await inShop(shop.id, async (tx) => {
    await recordTouch(tx, shop.id, { ...touch, kind: "tips", sourceKey: "looked" });
    await recordTouch(tx, shop.id, { ...touch, kind: "survey", sourceKey: "placement:not-an-id:1" });
  });
  expect(await asked(shop, { order: 2, customerGid: CUSTOMER })).toEqual([survey.id]);
});

test("two surveys about one order are not asked on the same day", async () => {
  const shop = await aShop();
  const first = await aLiveSurvey(shop, { starter: "post-purchase" });
  const second = await aLiveSurvey(shop, { starter: "nps", surfaces: ["thank-you"], timing: "purchase" });
  await answered(shop, first, 1);
  expect(await asked(shop, { customerGid: CUSTOMER })).toEqual([]);
  expect(await asked(shop, { customerGid: CUSTOMER, now: daysLater(1) })).toEqual([second.id]);
});

test("questions about the delivery wait for it", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop, { starter: "nps" });
  const { gid, customerGid } = await anOrder(shop);
  const order = Number(gid.split("/").at(-1));
  const inMail = (now: Date) =>
    inShop(shop.id, (tx) => surveyForMail(tx, shop.id, { orderGid: gid, customerGid, locale: "de", now }));
  expect(await asked(shop, { order, surface: "order-status" })).toEqual([]);
  expect(await inMail(NOW)).toBeNull();
  await delivered(shop, gid);
  expect(await asked(shop, { order, surface: "order-status" })).toEqual([survey.id]);
  expect(await inMail(NOW)).toMatchObject({
    surveyId: survey.id,
    questions: [{ type: "nps" }, { type: "text" }],
  });
  await answered(shop, survey, order);
  expect(await inMail(NOW)).toBeNull();
});

test("in the checkout editor there is always something to see", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop, { starter: "post-purchase" });
  await answered(shop, survey, 1);
  expect(await asked(shop, { preview: true })).toEqual([survey.id]);
});

test("a survey is only published when it can be asked, and a live one stays so", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop, { starter: "post-purchase" });
  const { name, timing, cooldownDays } = survey;
  const broken = {
    name,
    timing,
    cooldownDays,
    surfaces: [],
    questions: [{ ...survey.questions[0]!, text: {}, options: [] }],
  };
  const saved = () => inShop(shop.id, (tx) => saveSurvey(tx, shop.id, survey.id, broken, NOW));
  expect(await saved()).toEqual({
    status: "invalid",
    problems: {
      surfaces: "Choose at least one place to ask.",
      "questions.0.text": "Write the question.",
      "questions.0.options": "Give at least two answers to choose from.",
    },
  });
  await inShop(shop.id, (tx) => stopSurvey(tx, shop.id, survey.id, "paused", NOW));
  expect(await saved()).toEqual({ status: "saved" });
  // From a tab that knows an older state.
  const seen = new Date(NOW.getTime() - 1);
  expect(await inShop(shop.id, (tx) => saveSurvey(tx, shop.id, survey.id, broken, NOW, seen))).toEqual({
    status: "changed",
  });
  const published = await inShop(shop.id, (tx) => publishSurvey(tx, shop.id, survey.id, NOW));
  expect(published.status).toBe("invalid");
  expect(await inShop(shop.id, (tx) => surveyById(tx, shop.id, survey.id))).toMatchObject({
    status: "paused",
  });
});
