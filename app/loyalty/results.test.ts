import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { recordRefund } from "#app/orders/orders.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { submitResponse } from "#app/surveys/surveys.server";
import { loyaltyJobs } from "#app/worker/loyalty-jobs.server";
import { drainOnly } from "../../tests/factories/jobs";
import { aProgram, onlyBalance } from "../../tests/factories/loyalty";
import { anOrder } from "../../tests/factories/orders";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey } from "../../tests/factories/surveys";
import { accountOf, joinLoyalty, listMembers, loyaltyResults } from "./loyalty.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const NOW = new Date("2026-11-22T12:00:00Z");
const NOVEMBER = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
const work = () => drainOnly(loyaltyJobs(testPorts()));

async function joined(shop: Shop, customer: number, now = NOW): Promise<void> {
  const person = {
    orderGid: "gid://shopify/Order/1",
    customerGid: `gid://shopify/Customer/${customer}`,
    claim: null,
  };
  await inShop(shop.id, (tx) =>
    joinLoyalty(tx, shop.id, { person, joinedVia: "thank-you", consentText: "Yes." }, now),
  );
}

test("what was given, taken back and is owed; and only in this shop", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  for (const one of [shop, other]) await aProgram(one);
  await joined(other, 9);
  await joined(shop, 7);
  const order = await anOrder(shop);
  await work();
  const refund = {
    gid: "gid://shopify/Refund/1",
    amountMinor: 2250,
    currency: "EUR",
    refundedAt: NOW,
    lines: [],
  };
  await inShop(shop.id, (tx) => recordRefund(tx, shop.id, order.gid, refund));
  await work();

  const results = await inShop(shop.id, (tx) => loyaltyResults(tx, shop.id, NOVEMBER));
  expect(results).toEqual({
    members: 1,
    joined: 1,
    earned: 140,
    approved: 100,
    clawedBack: 18,
    liability: { approved: 100, pending: 22 },
  });
  const december = { from: NOVEMBER.to, to: new Date("2027-01-01T00:00:00Z") };
  const later = await inShop(shop.id, (tx) => loyaltyResults(tx, shop.id, december));
  expect(later).toMatchObject({ joined: 0, earned: 0, liability: { approved: 100, pending: 22 } });

  const [member, ...rest] = await inShop(shop.id, (tx) => listMembers(tx, shop.id, { limit: 10 }));
  expect(rest).toEqual([]);
  expect(member).toMatchObject({ name: "Ada Lovelace", points: 100, pendingPoints: 22 });
  const account = await inShop(shop.id, (tx) => accountOf(tx, shop.id, member!.id));
  const lines = account!.entries.map(({ kind, points, orderName }) => [kind, points, orderName]);
  expect(lines.toSorted()).toEqual([
    ["join", 100, null],
    ["order", 40, order.name],
    ["refund", -18, order.name],
  ]);
  expect(await inShop(other.id, (tx) => accountOf(tx, other.id, member!.id))).toBeNull();
});

test("who joins with an order is told first of the joining, however the ids of one moment fell", async () => {
  const shop = await aShop();
  await aProgram(shop);
  for (let person = 0; person < 8; person++) {
    const { gid: orderGid } = await anOrder(shop, { customer: null });
    const joining = { person: { orderGid, customerGid: null, claim: null }, joinedVia: "thank-you" };
    await inShop(shop.id, (tx) => joinLoyalty(tx, shop.id, { ...joining, consentText: "Yes." }, NOW));
  }
  const told = await inShop(shop.id, async (tx) => {
    const members = await listMembers(tx, shop.id, { limit: 10 });
    return Promise.all(members.map(({ id }) => accountOf(tx, shop.id, id)));
  });
  const newestFirst = told.map((account) => account!.entries.map(({ kind }) => kind));
  expect(newestFirst).toEqual(Array(8).fill(["order", "join"]));
});

test("members are listed page by page, the newest first", async () => {
  const shop = await aShop();
  await aProgram(shop);
  for (let day = 1; day <= 5; day++) await joined(shop, day, new Date(`2026-11-0${day}T12:00:00Z`));
  const page = (before?: { joinedAt: Date; id: string }) =>
    inShop(shop.id, (tx) => listMembers(tx, shop.id, { limit: 3, before }));
  const first = await page();
  const second = await page(first.at(-1));
  expect([...first, ...second].map(({ joinedAt }) => joinedAt.getUTCDate())).toEqual([5, 4, 3, 2, 1]);
});

test("a finished survey brings points once, where the programme gives any", async () => {
  const shop = await aShop();
  await aProgram(shop, { joinBonus: 0, surveyPoints: 15 });
  const survey = await aLiveSurvey(shop);
  await joined(shop, 7);
  const by = { orderGid: "gid://shopify/Order/1", customerGid: "gid://shopify/Customer/7", claim: null };
  const submission = {
    surveyId: survey.id,
    by,
    channel: "email",
    locale: "en",
    answers: { recommend: 3 },
  } as const;
  for (let time = 0; time < 2; time++) {
    await inShop(shop.id, (tx) => submitResponse(tx, shop.id, { ...submission, complete: true }, NOW));
    await work();
  }
  expect(await onlyBalance(shop)).toEqual({ points: 15, pendingPoints: 0 });
});
