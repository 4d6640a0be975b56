import { afterAll, beforeAll, expect, test } from "vitest";
import { openCase } from "#app/cases/cases.server";
import { placeHold, recordConsent } from "#app/contact-policy/contact-policy.server";
import { newId } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { joinLoyalty } from "#app/loyalty/loyalty.server";
import { aProgram } from "../../tests/factories/loyalty";
import { anOrderToTell } from "../../tests/factories/messages";
import { NOW, queueMail } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { customerTimeline } from "./customer-timeline.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

test("a customer's timeline tells orders, messages and holds, and what was not sent with its reason", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const order = await anOrderToTell(shop);
  const customerGid = order.customerGid!;
  await queueMail(shop, order, { recipient: "no address" });
  await queueMail(shop, order, { key: "shipped", now: new Date(NOW.getTime() + 60_000) });
  await inShop(shop.id, async (tx) => {
    const startsAt = new Date(NOW.getTime() + 120_000);
    await placeHold(tx, shop.id, { personKey: customerGid, reason: "late-parcel", sourceKey: "h", startsAt });
    const whose = { channel: "email", address: order.email!, customerGid } as const;
    const told = { state: "subscribed", source: "thank-you", changedAt: NOW, sourceKey: "c" } as const;
    await recordConsent(tx, shop.id, { ...whose, ...told }, testPorts());
  });
  const person = { orderGid: order.gid, customerGid };
  const entry = { kind: "told", text: "Broken", sourceKey: "t" } as const;
  const opened = { type: "damaged", source: "staff", person, entry } as const;
  await inShop(shop.id, (tx) => openCase(tx, shop.id, opened, new Date(NOW.getTime() + 180_000)));
  const timeline = await inShop(shop.id, (tx) => customerTimeline(tx, shop.id, customerGid));
  expect(timeline?.name).toBe("Ada Lovelace");
  expect(timeline?.entries.map(({ kind }) => kind)).toEqual([
    "case",
    "hold",
    "hold",
    "message",
    "message",
    "consent",
    "order",
  ]);
  expect(timeline?.entries[1]).toMatchObject({ kind: "hold", reason: "open-case", until: null });
  expect(timeline?.entries[4]).toMatchObject({ state: "suppressed", reason: "no-address" });
  expect(await inShop(other.id, (tx) => customerTimeline(tx, other.id, customerGid))).toBeNull();
});

test("what was shown under an id that is none is told without a name", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const { customerGid } = await anOrderToTell(shop);
  const placement = {
    ...{ shopId: shop.id, decisionId: newId(NOW), position: 1, surface: "thank-you", kind: "offer" },
    ...{
      candidateId: "-".repeat(36),
      personKey: customerGid!,
      impressionAt: NOW,
      decidedAt: NOW,
      score: 1,
      propensity: 1,
    },
  };
  await inShop(shop.id, (tx) => tx.placement.create({ data: placement }));
  const timeline = await inShop(shop.id, (tx) => customerTimeline(tx, shop.id, customerGid!));
  expect(timeline?.entries[0]).toMatchObject({ kind: "offer", title: "An offer that is gone" });
  expect(await inShop(other.id, (tx) => customerTimeline(tx, other.id, customerGid!))).toBeNull();
});

test("a customer's timeline tells when they joined the programme, and each movement of their points", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await aProgram(shop);
  const {
    gid: orderGid,
    name,
    ...order
  } = await anOrderToTell(shop, {
    financialStatus: "paid",
    subtotalMinor: 2500,
    paidAt: NOW,
  });
  const customerGid = order.customerGid!;
  const person = { orderGid, customerGid, claim: null };
  const joining = { person, joinedVia: "order-status", consentText: "Yes." };
  await inShop(shop.id, (tx) => joinLoyalty(tx, shop.id, joining, NOW));
  const timeline = await inShop(shop.id, (tx) => customerTimeline(tx, shop.id, customerGid));
  expect(timeline?.entries).toMatchObject([
    { kind: "points", cause: "order", state: "pending", orderName: name },
    { kind: "points", cause: "join", points: 100, state: "approved", orderName: null },
    { kind: "joined", via: "order-status", at: NOW },
    { kind: "order", name },
  ]);
  expect(await inShop(other.id, (tx) => customerTimeline(tx, other.id, customerGid))).toBeNull();
});
