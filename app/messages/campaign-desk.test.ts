import { afterAll, beforeAll, expect, test } from "vitest";
import { campaignResults } from "#app/analytics/campaign-results.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import {
  aMarketingTemplate,
  aShopWithBuyers,
  buyerGid,
  sweepMessages,
} from "../../tests/factories/campaigns";
import { aMailServer, type TestMailServer } from "../../tests/factories/messages";
import { NOW } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { campaignState } from "./campaign-state";
import {
  campaignById,
  campaignsOf,
  closeSmtp,
  previewCampaign,
  queueCampaign,
  stopCampaign,
  type NewCampaign,
} from "./messages.server";

const config = { secret: testPorts().secret, now: NOW };
const HOUR = 3_600_000;

let server: TestMailServer;
beforeAll(async () => {
  await startQueue("web");
  server = await aMailServer();
});
afterAll(async () => {
  closeSmtp();
  await server.stop();
  await stopQueue();
});

async function aCampaign(shop: Shop, more: Partial<NewCampaign> = {}) {
  const templateKey = await aMarketingTemplate(shop);
  const usual = { channels: ["email"], audience: {}, dueAt: NOW, dedupeKey: "news", name: "News" } as const;
  const asked: NewCampaign = { ...usual, templateKey, ...more };
  const queued = await inShop(shop.id, (tx) => queueCampaign(tx, shop.id, asked, NOW));
  if (queued.status !== "queued") throw new Error(queued.status);
  return { id: queued.campaignId, asked };
}

const messagesOf = (shop: Shop) => inShop(shop.id, (tx) => tx.message.findMany());
const stop = (shop: Shop, id: string, now = NOW) =>
  inShop(shop.id, (tx) => stopCampaign(tx, shop.id, id, now));
const resultsOf = (shop: Shop, id: string) =>
  inShop(shop.id, async (tx) => {
    const campaign = await campaignById(tx, shop.id, id);
    return (await campaignResults(tx, shop.id, [campaign!])).get(id)!;
  });

test("what the preview says is what the planner does, and the preview leaves nothing behind", async () => {
  const [shop, other] = [await aShopWithBuyers(6, { agreed: 4 }), await aShopWithBuyers(3)];
  const templateKey = await aMarketingTemplate(shop);
  const asked = { templateKey, channels: ["email"], audience: {}, dueAt: NOW } as const;
  const preview = await inShop(shop.id, (tx) => previewCampaign(tx, shop.id, asked, config));
  expect(preview).toMatchObject({ audience: 6, lookedAt: 6, getIt: 4, reasons: { "no-consent": 2 } });
  expect(preview.examples.not.map(({ customerGid, reason }) => [customerGid, reason])).toEqual([
    [buyerGid(4), "no-consent"],
    [buyerGid(5), "no-consent"],
  ]);
  expect(await messagesOf(shop)).toEqual([]);
  expect(await inShop(shop.id, (tx) => campaignsOf(tx, shop.id))).toEqual({ campaigns: [], more: false });

  const { id } = await aCampaign(shop);
  await sweepMessages("plan-campaigns");
  const results = await resultsOf(shop, id);
  expect(results).toMatchObject({ waiting: 4, notSent: { "no-consent": 2 } });
  expect(await messagesOf(other)).toEqual([]);
  // Channels other than mail are judged one by one.
  const both = { ...asked, channels: ["sms", "email"] as const };
  const second = await inShop(shop.id, (tx) => previewCampaign(tx, shop.id, both, config));
  expect(second.getIt + Object.values(second.reasons).reduce((a, b) => a + b)).toBe(6);
});

test("a campaign that is cancelled before its time writes to nobody; another shop cannot cancel it", async () => {
  const [shop, other] = [await aShopWithBuyers(3), await aShopWithBuyers(1)];
  const dueAt = new Date(NOW.getTime() + 2 * HOUR);
  const { id } = await aCampaign(shop, { dueAt });
  await sweepMessages("plan-campaigns");
  // Not planned yet: only shortly before it goes out.
  expect(await messagesOf(shop)).toEqual([]);
  expect(await stop(other, id)).toEqual({ status: "unknown" });
  expect(await inShop(other.id, (tx) => campaignById(tx, other.id, id))).toBeNull();

  const soon = new Date(dueAt.getTime() - 10 * 60_000);
  await sweepMessages("plan-campaigns", { now: () => soon });
  expect(await messagesOf(shop)).toHaveLength(3);
  expect(await stop(shop, id, soon)).toEqual({ status: "cancelled" });
  await sweepMessages("send-campaigns", { now: () => dueAt });
  for (const message of await messagesOf(shop))
    expect(message).toMatchObject({ state: "suppressed", reason: "campaign-stopped", sentAt: null });
  const row = (await inShop(shop.id, (tx) => campaignById(tx, shop.id, id)))!;
  expect(campaignState({ ...row, waiting: 0 })).toBe("cancelled");
  expect(await stop(shop, id, soon)).toEqual({ status: "over" });
});

test("the holdout is drawn among those who may get it, and what both sides buy is compared, net", async () => {
  const shop = await aShopWithBuyers(60, { agreed: 50 });
  const { id } = await aCampaign(shop, { holdoutPercent: 50 });
  await sweepMessages("plan-campaigns");
  await sweepMessages("send-campaigns", { smtpUrl: server.url });
  const messages = await messagesOf(shop);
  const sent = messages.filter(({ sentAt }) => sentAt !== null);
  const heldOut = messages.filter(({ reason }) => reason === "holdout");
  expect(sent.length + heldOut.length).toBe(50);
  expect(heldOut.length).toBeGreaterThan(10);
  expect(sent.length).toBeGreaterThan(10);

  const buys = (customerGid: string | null, totalMinor: number, hours: number, more: object = {}) =>
    inShop(shop.id, (tx) => {
      const placedAt = new Date(NOW.getTime() + hours * HOUR);
      const gid = `gid://shopify/Order/${totalMinor}${hours}`;
      const row = { shopId: shop.id, gid, name: "#1", currency: "EUR", placedAt, shopifyUpdatedAt: placedAt };
      return tx.order.create({ data: { ...row, customerGid, totalMinor, ...more } });
    });
  await buys(sent[0]!.customerGid, 5_000, 24, { refundedMinor: 1_000 });
  await buys(sent[0]!.customerGid, 2_000, 48);
  await buys(sent[1]!.customerGid, 9_000, 24, { cancelledAt: NOW });
  await buys(sent[1]!.customerGid, 8_000, 24 * 8);
  await buys(sent[1]!.customerGid, 7_000, -1);
  await buys(heldOut[0]!.customerGid, 1_000, 24);
  const results = await resultsOf(shop, id);
  expect(results).toMatchObject({
    ...{ sent: sent.length, delivered: sent.length, heldOut: heldOut.length, waiting: 0 },
    ...{ orders: 2, netMinor: 6_000, notSent: { "no-consent": 10 } },
  });
  expect(results.effect!.treated).toBeCloseTo(6_000 / sent.length);
  expect(results.effect!.control).toBeCloseTo(1_000 / heldOut.length);
  expect(results.effect!.verdict.state).toBe("too-early");
});
