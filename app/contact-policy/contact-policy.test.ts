import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { JOBS } from "#app/queue/jobs";
import { drainJobs, startQueue, stopQueue, type JobHandlers } from "#app/queue/queue.server";
import { aShop } from "../../tests/factories/shop";
import { testPorts } from "../../tests/factories/ports";
import {
  consentOf,
  joinPerson,
  mayContact,
  newestConsent,
  placeHold,
  recordConsent,
  recordTouch,
  releaseHold,
  setPreference,
  suppress,
  type ConsentChange,
  type ContactQuestion,
} from "./contact-policy.server";
import { endOfQuietHours } from "./quiet-hours";

const NOON = new Date("2026-11-22T12:00:00Z");
const DAY = 24 * 60 * 60 * 1000;
const keys = { secret: testPorts().secret };
const ada = { channel: "email", address: "Ada@buyer.example" } as const;

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

let reports = 0;
function consent(shop: Shop, change: Partial<ConsentChange>) {
  const all: ConsentChange = {
    ...ada,
    customerGid: "gid://shopify/Customer/1",
    state: "subscribed",
    source: "thank-you",
    changedAt: NOON,
    sourceKey: `report-${++reports}`,
    ...change,
  };
  return inShop(shop.id, (tx) => recordConsent(tx, shop.id, all, keys));
}

function state(shop: Shop) {
  return inShop(shop.id, async (tx) => (await consentOf(tx, shop.id, ada, keys))?.state);
}

function ask(shop: Shop, question: Partial<ContactQuestion> = {}) {
  return inShop(shop.id, (tx) =>
    mayContact(
      tx,
      shop.id,
      {
        personKey: "gid://shopify/Customer/1",
        address: ada.address,
        channel: "email",
        purpose: "marketing",
        messageType: "offers",
        now: NOON,
        timezone: "UTC",
        ...question,
      },
      keys,
    ),
  );
}

function touch(shop: Shop, hoursAgo: number, kind = "offers") {
  return inShop(shop.id, (tx) =>
    recordTouch(tx, shop.id, {
      personKey: "gid://shopify/Customer/1",
      channel: "email",
      kind,
      marketing: kind === "offers",
      sourceKey: `${kind}-${hoursAgo}`,
      happenedAt: new Date(NOON.getTime() - hoursAgo * 3_600_000),
    }),
  );
}

/** Consents that wait to be told to Shopify. */
async function toldToShopify(): Promise<number> {
  let told = 0;
  const nothing = Object.fromEntries(Object.keys(JOBS).map((name) => [name, async () => {}]));
  await drainJobs({
    ...nothing,
    "contact-policy.write-back-consent": async () => void told++,
  } as unknown as JobHandlers);
  return told;
}

test("the newest change counts, in whatever order the reports come, and every report is kept as proof", async () => {
  const shop = await aShop();
  await consent(shop, { state: "unsubscribed", changedAt: NOON });
  expect(await consent(shop, { state: "subscribed", changedAt: new Date(NOON.getTime() - 1) })).toEqual({
    status: "older",
  });
  expect(await state(shop)).toBe("unsubscribed");
  await consent(shop, { state: "subscribed", changedAt: new Date(NOON.getTime() + 1) });
  expect(await state(shop)).toBe("subscribed");
  expect(await inShop(shop.id, (tx) => tx.consentEvent.count())).toBe(3);
});

test("a report told twice counts once; at the same moment leaving wins", async () => {
  const shop = await aShop();
  await consent(shop, { sourceKey: "same" });
  expect(await consent(shop, { sourceKey: "same", state: "unsubscribed" })).toEqual({
    status: "already-recorded",
  });
  await consent(shop, { state: "unsubscribed" });
  await consent(shop, { state: "subscribed" });
  expect(await state(shop)).toBe("unsubscribed");
});

test("nobody who left is subscribed again without an act of their own", async () => {
  const shop = await aShop();
  await consent(shop, { state: "unsubscribed" });
  const later = new Date(NOON.getTime() + DAY);
  for (const source of ["import", "staff"] as const) {
    expect(await consent(shop, { source, changedAt: later })).toEqual({ status: "refused" });
  }
  expect(await state(shop)).toBe("unsubscribed");
  expect(await consent(shop, { source: "preference-page", changedAt: later })).toEqual({
    status: "recorded",
  });
});

test("Shopify is told what it did not tell us", async () => {
  const shop = await aShop();
  await toldToShopify();
  await consent(shop, { source: "shopify" });
  await consent(shop, { source: "import", changedAt: new Date(NOON.getTime() + 1) });
  expect(await toldToShopify()).toBe(0);
  await consent(shop, {
    source: "one-click",
    state: "unsubscribed",
    changedAt: new Date(NOON.getTime() + 2),
  });
  await consent(shop, {
    source: "one-click",
    state: "unsubscribed",
    changedAt: new Date(NOON.getTime() + 3),
  });
  expect(await toldToShopify()).toBe(1);
});

test("Shopify is told of the customer's own address, not of another one they ordered with", async () => {
  const shop = await aShop();
  const customerGid = "gid://shopify/Customer/1";
  const owner = { customerGid, channel: "email" } as const;
  const newest = () =>
    inShop(shop.id, async (tx) => (await newestConsent(tx, shop.id, owner, keys))?.state ?? null);
  await consent(shop, { address: "work@buyer.example", state: "subscribed" });
  expect(await newest()).toBe("subscribed");
  await inShop(shop.id, (tx) =>
    tx.customer.create({
      data: { shopId: shop.id, gid: customerGid, email: "ada@buyer.example", createdAt: NOON },
    }),
  );
  expect(await newest()).toBeNull();
  await consent(shop, { state: "unsubscribed", changedAt: new Date(NOON.getTime() - DAY) });
  expect(await newest()).toBe("unsubscribed");
});

test("marketing needs consent; a pending double opt-in is none", async () => {
  const shop = await aShop();
  expect(await ask(shop)).toMatchObject({ allowed: false, reason: "no-consent" });
  await consent(shop, { state: "pending" });
  expect(await ask(shop)).toMatchObject({ reason: "no-consent" });
  await consent(shop, { changedAt: new Date(NOON.getTime() + 1) });
  expect(await ask(shop)).toEqual({ allowed: true });
});

test("one marketing touch a day, three a week", async () => {
  const shop = await aShop();
  await consent(shop, {});
  await touch(shop, 23);
  expect(await ask(shop)).toEqual({
    allowed: false,
    reason: "marketing-cap-day",
    until: new Date(NOON.getTime() + 3_600_000),
  });
  const tomorrow = { now: new Date(NOON.getTime() + DAY) };
  expect(await ask(shop, tomorrow)).toEqual({ allowed: true });
  await touch(shop, 50);
  await touch(shop, 80);
  expect(await ask(shop, tomorrow)).toMatchObject({ reason: "marketing-cap-week" });
});

test("transactional mail needs neither consent nor budget, but never passes a suppression or the person's choice", async () => {
  const shop = await aShop();
  await touch(shop, 1);
  const shipped = {
    purpose: "transactional",
    messageType: "shipped",
    now: new Date("2026-11-22T23:00:00Z"),
  } as const;
  expect(await ask(shop, shipped)).toEqual({ allowed: true });
  const choice = { ...ada, messageType: "shipped", wanted: false, now: NOON };
  await inShop(shop.id, (tx) => setPreference(tx, shop.id, choice, keys));
  expect(await ask(shop, shipped)).toMatchObject({ reason: "type-unwanted" });
  await inShop(shop.id, (tx) =>
    suppress(tx, shop.id, { ...ada, address: " ada@BUYER.example", reason: "complaint", now: NOON }, keys),
  );
  expect(await ask(shop, { ...shipped, messageType: "thank-you" })).toMatchObject({ reason: "suppressed" });
});

test("a hold stops marketing until it is released, and only marketing", async () => {
  const shop = await aShop();
  await consent(shop, {});
  const hold = {
    personKey: "gid://shopify/Customer/1",
    reason: "open-case",
    sourceKey: "case-1",
    startsAt: NOON,
  };
  await inShop(shop.id, (tx) => placeHold(tx, shop.id, hold));
  await inShop(shop.id, (tx) => placeHold(tx, shop.id, hold));
  expect(await ask(shop)).toMatchObject({ reason: "hold" });
  expect(await ask(shop, { address: null, channel: "thank-you" })).toMatchObject({ reason: "hold" });
  expect(await ask(shop, { purpose: "transactional" })).toEqual({ allowed: true });
  await inShop(shop.id, (tx) => releaseHold(tx, shop.id, { sourceKey: "case-1", now: NOON }));
  expect(await ask(shop)).toEqual({ allowed: true });
});

test("surveys keep 21 days of distance, the NPS question 90", async () => {
  const shop = await aShop();
  const survey = { purpose: "transactional", messageType: "survey" } as const;
  const nps = { purpose: "transactional", messageType: "nps" } as const;
  await touch(shop, 20 * 24, "survey");
  await touch(shop, 89 * 24, "nps");
  expect(await ask(shop, survey)).toMatchObject({
    reason: "survey-gap",
    until: new Date(NOON.getTime() + DAY),
  });
  expect(await ask(shop, nps)).toMatchObject({ reason: "nps-gap" });
  const later = { now: new Date(NOON.getTime() + 2 * DAY) };
  expect(await ask(shop, { ...survey, ...later })).toEqual({ allowed: true });
  expect(await ask(shop, { ...nps, ...later })).toEqual({ allowed: true });
});

test("what an order's person was shown counts for the customer once the order tells who it is", async () => {
  const shop = await aShop();
  const customer = "gid://shopify/Customer/9";
  await inShop(shop.id, async (tx) => {
    const seen = {
      personKey: "order:gid://shopify/Order/9",
      channel: "thank-you",
      kind: "survey",
      marketing: false,
    };
    await recordTouch(tx, shop.id, { ...seen, sourceKey: "s", happenedAt: NOON });
    await joinPerson(tx, shop.id, { from: "order:gid://shopify/Order/9", to: customer });
    await joinPerson(tx, shop.id, { from: "order:gid://shopify/Order/9", to: customer });
  });
  const survey = { purpose: "transactional", messageType: "survey", personKey: customer } as const;
  expect(await ask(shop, survey)).toMatchObject({ reason: "survey-gap" });
});

test.each([
  ["in the evening", "2026-11-22T21:30:00Z", "UTC", "2026-11-23T08:00:00.000Z"],
  ["after midnight", "2026-11-23T02:15:30Z", "UTC", "2026-11-23T08:00:00.000Z"],
  ["local evening, bright day elsewhere", "2026-11-22T12:30:00Z", "Asia/Tokyo", "2026-11-22T23:00:00.000Z"],
  ["a zone with 45 minutes", "2026-11-22T09:00:00Z", "Pacific/Chatham", "2026-11-22T18:15:00.000Z"],
  ["the night clocks go back", "2026-10-24T22:30:00Z", "Europe/Berlin", "2026-10-25T07:00:00.000Z"],
  ["the night clocks go forward", "2026-03-28T22:30:00Z", "Europe/Berlin", "2026-03-29T06:00:00.000Z"],
  ["the moment they end", "2026-11-22T08:00:00Z", "UTC", null],
  ["an unknown zone counts as UTC", "2026-11-22T12:00:00Z", "Mars/Olympus", null],
])("quiet hours: %s", (_name, now, timezone, until) => {
  const end = endOfQuietHours(new Date(now), timezone, { startHour: 21, endHour: 8 });
  expect(end?.toISOString() ?? null).toBe(until);
});

test("in the quiet hours marketing waits for the morning", async () => {
  const shop = await aShop();
  await consent(shop, {});
  expect(await ask(shop, { timezone: "Asia/Tokyo", now: new Date("2026-11-22T12:30:00Z") })).toEqual({
    allowed: false,
    reason: "quiet-hours",
    until: new Date("2026-11-22T23:00:00Z"),
  });
});

test("one shop's consents, suppressions, holds and touches mean nothing to another", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await consent(shop, {});
  await consent(other, {});
  await inShop(shop.id, (tx) => suppress(tx, shop.id, { ...ada, reason: "staff", now: NOON }, keys));
  await touch(shop, 1);
  expect(await ask(shop)).toMatchObject({ allowed: false });
  expect(await ask(other)).toEqual({ allowed: true });
  const hashes = async (one: Shop) =>
    (await inShop(one.id, (tx) => tx.consent.findMany())).map((row) => row.addressHash);
  const [mine] = await hashes(shop);
  expect(mine).not.toContain("ada");
  expect(await hashes(other)).not.toContain(mine);
});
