import { afterAll, beforeAll, expect, test } from "vitest";
import {
  placeHold,
  recordConsent,
  recordTouch,
  saveContactSettings,
  setPreference,
  suppress,
} from "#app/contact-policy/contact-policy.server";
import { DEFAULT_LIMITS } from "#app/contact-policy/contact";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { messagesSweeps } from "#app/worker/messages-jobs.server";
import { NOW } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { createTemplate, queueCampaign, queueMessage, type NewCampaign } from "./messages.server";
import type { TemplateKey } from "./default-templates";

const keys = { secret: testPorts().secret };
const gidOf = (n: number) => `gid://shopify/Customer/${1000 + n}`;
const addressOf = (n: number) => `buyer-${n}@buyer.example`;

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

/** Customers who all agreed to marketing. */
async function aShopWithBuyers(count: number, country = "DE"): Promise<Shop> {
  const shop = await aShop();
  await inShop(shop.id, async (tx) => {
    const row = { shopId: shop.id, createdAt: new Date("2026-01-01T00:00:00Z"), firstName: "Ada", country };
    await tx.customer.createMany({
      data: Array.from({ length: count }, (_, n) => ({ ...row, gid: gidOf(n), email: addressOf(n) })),
    });
    for (let n = 0; n < count; n++) await agree(shop, n, tx);
  });
  return shop;
}

type InTx = Parameters<typeof recordConsent>[0];
function agree(shop: Shop, n: number, tx: InTx) {
  const whose = { channel: "email", address: addressOf(n), customerGid: gidOf(n) } as const;
  const told = { state: "subscribed", source: "shopify", changedAt: NOW, sourceKey: `agreed-${n}` } as const;
  return recordConsent(tx, shop.id, { ...whose, ...told }, keys);
}

async function aMarketingTemplate(shop: Shop): Promise<TemplateKey> {
  const wanted = { name: "News", purpose: "marketing", from: null } as const;
  const made = await inShop(shop.id, (tx) =>
    createTemplate(tx, shop.id, wanted, { author: "Ada", now: NOW }),
  );
  if (made.status !== "created") throw new Error(JSON.stringify(made));
  return made.key;
}

async function plan(now = NOW): Promise<void> {
  const sweep = messagesSweeps.find(({ name }) => name === "messages.plan-campaigns")!;
  while ((await sweep.run(testPorts({ now: () => now }))) > 0);
}

function campaign(shop: Shop, templateKey: TemplateKey, more: Partial<NewCampaign> = {}) {
  const asked: NewCampaign = {
    dedupeKey: "news-1",
    templateKey,
    channels: ["email"],
    audience: {},
    dueAt: NOW,
    ...more,
  };
  return inShop(shop.id, (tx) => queueCampaign(tx, shop.id, asked, NOW));
}

const messagesOf = (shop: Shop) =>
  inShop(shop.id, (tx) => tx.message.findMany({ orderBy: { customerGid: "asc" } }));

test("everybody is judged as if they were asked for alone, each with the reason", async () => {
  const shop = await aShopWithBuyers(12);
  const other = await aShopWithBuyers(1);
  const key = await aMarketingTemplate(shop);
  await inShop(shop.id, async (tx) => {
    const { id } = shop;
    const left = { channel: "email", address: addressOf(1), customerGid: gidOf(1) } as const;
    const now = NOW;
    const told = { state: "unsubscribed", source: "one-click", changedAt: NOW, sourceKey: "left" } as const;
    await recordConsent(tx, id, { ...left, ...told }, keys);
    await suppress(tx, id, { channel: "email", address: addressOf(2), reason: "complaint", now }, keys);
    const choice = { channel: "email", address: addressOf(3), messageType: key, wanted: false, now } as const;
    await setPreference(tx, id, choice, keys);
    await placeHold(tx, id, { personKey: gidOf(4), reason: "late-parcel", sourceKey: "h", startsAt: NOW });
    const hour = 3_600_000;
    const touch = { channel: "sms", kind: "news", marketing: true };
    const seen = (n: number, sourceKey: string, hours: number) => {
      const happenedAt = new Date(NOW.getTime() - hours * hour);
      return recordTouch(tx, id, { ...touch, personKey: gidOf(n), sourceKey, happenedAt });
    };
    await seen(5, "today", 2);
    for (const hours of [30, 60, 90]) await seen(6, `week-${hours}`, hours);
    await tx.customer.updateMany({ where: { gid: gidOf(7) }, data: { email: "no address" } });
    await tx.customer.updateMany({ where: { gid: gidOf(8) }, data: { country: "JP" } });
    await tx.customer.updateMany({ where: { gid: gidOf(9) }, data: { country: "AT" } });
    const countries = { AT: "confirmed" } as const;
    await saveContactSettings(tx, id, { limits: DEFAULT_LIMITS, doubleOptIn: "nobody", countries }, NOW);
    await tx.customer.updateMany({ where: { gid: gidOf(10) }, data: { redactedAt: NOW, email: null } });
  });
  expect((await campaign(shop, key)).status).toBe("queued");
  expect((await campaign(shop, key)).status).toBe("already-queued");
  await plan();
  await plan();

  const rows = await messagesOf(shop);
  const byPerson = new Map(rows.map((row) => [row.customerGid, row]));
  const reasons = Array.from({ length: 12 }, (_, n) => byPerson.get(gidOf(n))?.reason);
  expect(reasons).toEqual([
    null,
    "no-consent",
    "suppressed",
    "type-unwanted",
    "hold",
    "marketing-cap-day",
    "marketing-cap-week",
    "no-address",
    null,
    "country",
    undefined,
    null,
  ]);
  // 12:00 UTC is nine in the evening in Tokyo: there it waits for the morning.
  expect(byPerson.get(gidOf(8))).toMatchObject({ state: "queued", dueAt: new Date("2026-11-22T23:00:00Z") });
  // Asked for one by one, the answers are the same.
  for (const row of rows) {
    const { customerGid, locale } = row;
    const alone = {
      dedupeKey: `alone-${customerGid}`,
      templateKey: key,
      customerGid,
      orderGid: null,
      locale,
    };
    const result = await inShop(shop.id, (tx) => queueMessage(tx, shop.id, alone, { ...keys, now: NOW }));
    expect("reason" in result ? result.reason : null).toBe(row.reason);
  }
  expect(await messagesOf(other)).toEqual([]);
  const [done] = await inShop(shop.id, (tx) => tx.messageCampaign.findMany());
  expect(done).toMatchObject({ planned: 3, suppressed: 8, finishedAt: NOW });
});

test("two planners at once plan nobody twice", async () => {
  const shop = await aShopWithBuyers(30);
  const key = await aMarketingTemplate(shop);
  await campaign(shop, key);
  await Promise.all([plan(), plan(), plan()]);
  const rows = await messagesOf(shop);
  expect(new Set(rows.map(({ customerGid }) => customerGid)).size).toBe(30);
  expect(rows).toHaveLength(30);
});

test("only the audience is written to", async () => {
  const shop = await aShopWithBuyers(4);
  const key = await aMarketingTemplate(shop);
  await inShop(shop.id, async (tx) => {
    await tx.customer.updateMany({ where: { gid: gidOf(0) }, data: { country: "FR" } });
    const lastOrderAt = new Date("2026-10-01T00:00:00Z");
    await tx.customer.updateMany({ where: { gid: gidOf(1) }, data: { lastOrderAt, ordersCount: 2 } });
  });
  const audience = { countries: ["DE"], leastOrders: 1, orderedBefore: "2026-11-01T00:00:00Z" };
  await campaign(shop, key, { audience });
  await plan();
  expect((await messagesOf(shop)).map(({ customerGid }) => customerGid)).toEqual([gidOf(1)]);
});
