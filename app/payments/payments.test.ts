/** The order of payment methods, from past orders to Shopify's metafield and back to the orders it led to. */
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { Tx } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import { completeInstall, recordInstall, recordUninstall } from "#app/shops/shops.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { paymentsJobs, paymentsSweeps } from "#app/worker/payments-jobs.server";
import { PRIMARY_SHOP, SECOND_SHOP } from "../../demo/config";
import type { RunningDemo } from "../../demo/main";
import { aDemo, appWithScopes } from "../../demo/testing";
import { bucketOf } from "../../extensions/payment-ranking/src/bucket";
import { readConfig, type PaymentConfig } from "../../extensions/payment-ranking/src/config";
import { planOrder } from "../../extensions/payment-ranking/src/rank";
import { drainOnly } from "../../tests/factories/jobs";
import { anOrder } from "../../tests/factories/orders";
import { demoAdmin, pastPayments } from "../../tests/factories/payments";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import type { RankingForm } from "./learnt";
import { configOf, learntOf } from "./learnt";
import { beginFiguresAnew, rankingOf, saveRanking } from "./payments.server";
import { paymentEffect } from "./results.server";

let demo: RunningDemo;
let shop: Shop;
let admin: ReturnType<typeof demoAdmin>;
const NOW = new Date("2026-11-20T09:00:00Z");

beforeAll(async () => {
  await startQueue("web");
  demo = await aDemo({ generatedOrders: 10 });
});
afterAll(async () => {
  await demo.stop();
  await stopQueue();
});
beforeEach(async () => {
  for (const store of demo.stores.values()) {
    for (const { id } of store.paymentCustomizations()) store.removePaymentCustomization(id);
  }
  shop = await aShopAt(PRIMARY_SHOP);
  admin = demoAdmin(demo, PRIMARY_SHOP);
});

async function aShopAt(domain: string): Promise<Shop> {
  await prisma.shop.deleteMany({ where: { domain } });
  return aShop({ domain });
}

function jobs(now = NOW, port = admin) {
  return paymentsJobs(testPorts({ now: () => now, adminFor: async () => port }));
}

/** Germans pay by invoice, above all those who return; Americans by card; PayPal is for small sums. */
async function aShopWithPast(of = shop): Promise<void> {
  await pastPayments(of, [
    { gateway: "klarna", orders: 60, isFirst: false },
    { gateway: "klarna", orders: 25, isFirst: true },
    { gateway: "paypal", orders: 30, isFirst: true },
    { gateway: "paypal", orders: 40, totalMinor: 1500, isFirst: true },
    { gateway: "shopify_payments", orders: 12, isFirst: true },
    { gateway: "shopify_payments", orders: 90, country: "US" },
    { gateway: "paypal", orders: 20, country: "US" },
    { gateway: "gift_card", orders: 40 },
    { gateway: "manual", orders: 40 },
  ]);
  await jobs()["payments.learn"]({ shopId: of.id });
}

const ON: RankingForm = { enabled: true, holdoutPercent: 10, rules: [] };

async function save(form: Partial<RankingForm> = {}, of = shop, now = NOW): Promise<void> {
  await inShop(of.id, (tx) => saveRanking(tx, of.id, { ...ON, ...form }, now));
}

const stored = (of = shop) => inShop(of.id, (tx) => rankingOf(tx, of.id));

/** What Shopify hands to the function. */
function metafield(domain = PRIMARY_SHOP): { enabled: boolean; config: PaymentConfig } | null {
  const store = demo.stores.get(domain)!;
  const [customization] = store.paymentCustomizations();
  if (!customization) return null;
  const [field] = store.metafields(`gid://shopify/PaymentCustomization/${customization.id}`);
  return { enabled: customization.enabled, config: readConfig(JSON.parse(field!.value))! };
}

const METHODS = ["Credit card", "PayPal", "Klarna - Pay later"];

function order(config: PaymentConfig, country: string, total: number, returning: boolean): string[] {
  const { visible } = planOrder(config, METHODS, { country, total, returning, device: "" }, true);
  return visible.map((index) => METHODS[index]!);
}

test("the past decides the order, and strangers get the shop's overall habits", async () => {
  await aShopWithPast();
  const ranking = await stored();
  expect(
    learntOf(ranking)!
      .methods.map(({ key }) => key)
      .toSorted(),
  ).toEqual(["card", "klarna", "paypal"]);
  const config = configOf(ranking);
  expect(order(config, "DE", 80, true)[0]).toBe("Klarna - Pay later");
  expect(order(config, "DE", 15, false)[0]).toBe("PayPal");
  expect(order(config, "US", 80, false)).toEqual(["Credit card", "PayPal", "Klarna - Pay later"]);
  expect(config.weights!.country).not.toHaveProperty("JP");
});

test("too few orders, or one way to pay, teach nothing", async () => {
  await pastPayments(shop, [{ gateway: "paypal", orders: 29 }]);
  await jobs()["payments.learn"]({ shopId: shop.id });
  expect(learntOf(await stored())).toBeNull();
  await pastPayments(shop, [{ gateway: "paypal", orders: 100 }]);
  await jobs()["payments.learn"]({ shopId: shop.id });
  expect(learntOf(await stored())).toBeNull();
  expect((await stored()).learntAt).toEqual(NOW);
});

test("switching on makes one customization with the metafield, and switching off deactivates it", async () => {
  await aShopWithPast();
  expect(metafield()).toBeNull();
  await save();
  await drainOnly(jobs());
  expect(metafield()).toMatchObject({ enabled: true, config: { holdout: 0.1, salt: (await stored()).salt } });
  expect(await stored()).toMatchObject({ syncState: "done", startedAt: NOW, syncedAt: NOW });
  await save({ rules: [{ key: "klarna", place: "hidden", countries: ["US"] }] });
  await drainOnly(jobs());
  expect(metafield()!.config.rules).toHaveLength(1);
  await save({ enabled: false });
  await drainOnly(jobs());
  expect(metafield()!.enabled).toBe(false);
  expect(await stored()).toMatchObject({ startedAt: NOW, pausedAt: NOW });
  expect(demo.store.paymentCustomizations()).toHaveLength(1);
});

test("a lost answer or a second job makes no second customization", async () => {
  await aShopWithPast();
  await save();
  admin.breakAt = "CreatePaymentCustomization";
  await expect(jobs()["payments.sync"]({ shopId: shop.id })).rejects.toThrow("the connection broke");
  expect((await stored()).syncState).toBe("unknown");
  await jobs()["payments.sync"]({ shopId: shop.id });
  expect(demo.store.paymentCustomizations()).toHaveLength(1);
  expect(metafield()!.enabled).toBe(true);

  await save({ holdoutPercent: 20 });
  const both = await Promise.allSettled([1, 2].map(() => jobs()["payments.sync"]({ shopId: shop.id })));
  expect(both.some(({ status }) => status === "fulfilled")).toBe(true);
  expect(demo.store.paymentCustomizations()).toHaveLength(1);
  expect(metafield()!.config.holdout).toBe(0.2);
});

test("a customization that somebody deleted is made anew", async () => {
  await aShopWithPast();
  await save();
  await drainOnly(jobs());
  demo.store.removePaymentCustomization(demo.store.paymentCustomizations()[0]!.id);
  await save({ holdoutPercent: 5 });
  await drainOnly(jobs());
  expect(metafield()).toMatchObject({ enabled: true, config: { holdout: 0.05 } });
});

test("a shop that has not granted the permission is told so", async () => {
  await aShopWithPast();
  const poor = await aDemo({ generatedOrders: 1, app: appWithScopes(["read_orders"]) });
  await save();
  await drainOnly(jobs(NOW, demoAdmin(poor, PRIMARY_SHOP)));
  await poor.stop();
  expect(await stored()).toMatchObject({ syncState: "failed" });
  expect((await stored()).syncError).toMatch(/accept the new permission/);
  // With the permission, trying again is enough.
  await save();
  await drainOnly(jobs());
  expect(await stored()).toMatchObject({ syncState: "done", syncError: null });
});

test("what was learnt anew is told to Shopify once, and by the sweep every week", async () => {
  await aShopWithPast();
  await save();
  await drainOnly(jobs());
  const { revision } = await stored();
  await jobs()["payments.learn"]({ shopId: shop.id });
  expect((await stored()).revision).toBe(revision);
  await pastPayments(shop, [{ gateway: "twint", orders: 50, country: "CH" }]);
  const later = new Date(NOW.getTime() + 8 * 86_400_000);
  await paymentsSweeps[0]!.run(testPorts({ now: () => later }));
  await drainOnly(jobs(later));
  expect(metafield()!.config.methods).toContain("twint");
});

test("orders are noted on their side with what they would have seen, and only while it runs", async () => {
  await aShopWithPast();
  const note = jobs()["payments.note-order"];
  const before = await anOrder(shop, { gateway: "klarna", placedAt: new Date(NOW.getTime() - 1) });
  await note({ shopId: shop.id, orderGid: before.gid });
  await save({ holdoutPercent: 50 });
  await drainOnly(jobs());
  const { salt } = await stored();
  const placedAt = new Date(NOW.getTime() + 3_600_000);
  const emails = Array.from({ length: 12 }, (_, index) => `buyer-${index}@example.com`);
  for (const email of emails) {
    await anOrder(shop, { email: email.toUpperCase(), gateway: "klarna", placedAt, customer: null });
  }
  await anOrder(shop, { gateway: "paypal", placedAt, email: null, customer: null });
  await anOrder(shop, { gateway: "cash", placedAt, sourceName: "pos" });
  await anOrder(shop, { gateway: "manual", placedAt });
  await anOrder(shop, { gateway: "klarna", placedAt, test: true });
  await drainOnly(jobs());
  const noted = await inShop(shop.id, (tx) => tx.paymentOrder.findMany());
  expect(noted).toHaveLength(12);
  expect(noted.map(({ bucket }) => bucket).toSorted()).toEqual(
    emails.map((email) => bucketOf(salt, email)).toSorted(),
  );
  for (const { bucket, heldOut } of noted) expect(heldOut).toBe(bucket < 5000);
  expect(new Set(noted.map(({ firstChoice }) => firstChoice))).toEqual(new Set(["paypal"]));
  const effect = await inShop(shop.id, async (tx) =>
    paymentEffect(tx, shop.id, await rankingOf(tx, shop.id)),
  );
  expect(effect!.orders.ranked + effect!.orders.own).toBe(12);
  expect(effect!.firstChoice).toBeNull();
});

const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000);

/** Saves at that hour and tells Shopify. */
async function saveAt(hour: number, form: Partial<RankingForm>, of = shop): Promise<void> {
  await save(form, of, hours(hour));
  const port = of === shop ? admin : demoAdmin(demo, SECOND_SHOP);
  await drainOnly(jobs(hours(hour), port));
}

async function ordersAt(of: Shop, ...at: number[]): Promise<void> {
  for (const hour of at) await anOrder(of, { gateway: "klarna", placedAt: hours(hour) });
  await drainOnly(jobs(hours(99)));
}

async function counted(of = shop): Promise<number | null> {
  const effect = await inShop(of.id, async (tx) => paymentEffect(tx, of.id, await rankingOf(tx, of.id)));
  return effect && effect.orders.ranked + effect.orders.own;
}

test("the figures rest while the order is off and go on after it, with what was placed while it was on", async () => {
  const other = await aShopAt(SECOND_SHOP);
  for (const one of [shop, other]) await aShopWithPast(one);
  for (const one of [shop, other]) await saveAt(0, { holdoutPercent: 50 }, one);
  await ordersAt(shop, 1, 2);
  await ordersAt(other, 1, 5);
  await saveAt(4, { holdoutPercent: 50, enabled: false });
  expect(await counted()).toBe(2);
  // Of one that was placed before the pause Postlude hears during it, of one from the pause after it.
  await ordersAt(shop, 3, 5);
  expect(await counted()).toBe(3);
  await saveAt(8, { holdoutPercent: 50 });
  await ordersAt(shop, 6, 7.5, 9);
  expect(await counted()).toBe(4);
  expect(await stored()).toMatchObject({ startedAt: NOW, pausedAt: null });
  expect(await counted(other)).toBe(2);
});

test("the figures begin anew where the merchant asks for it, and with another holdout", async () => {
  const other = await aShopAt(SECOND_SHOP);
  for (const one of [shop, other]) await aShopWithPast(one);
  for (const one of [shop, other]) await saveAt(0, { holdoutPercent: 50 }, one);
  await ordersAt(shop, 1);
  await ordersAt(other, 1);
  await inShop(shop.id, (tx) => beginFiguresAnew(tx, shop.id, hours(2)));
  expect([await counted(), await counted(other)]).toEqual([0, 1]);
  await ordersAt(shop, 3);
  expect(await counted()).toBe(1);
  await saveAt(4, { holdoutPercent: 50, enabled: false });
  await inShop(shop.id, (tx) => beginFiguresAnew(tx, shop.id, hours(5)));
  expect(await counted()).toBeNull();
  await saveAt(6, { holdoutPercent: 50 });
  await ordersAt(shop, 5.5, 7);
  expect(await counted()).toBe(1);
  await saveAt(8, { holdoutPercent: 20 });
  expect(await counted()).toBe(0);
});

/** The merchant acts while Shopify's answer, that it has the order since then, is being noted. */
async function whileCountingBegins(since: Date, act: (tx: Tx) => Promise<void>): Promise<void> {
  let acting: Promise<void> | undefined;
  await inShop(shop.id, async (tx) => {
    await tx.paymentRanking.update({ where: { shopId: shop.id }, data: { startedAt: since } });
    acting = inShop(shop.id, act);
    await setTimeout(300);
  });
  await acting;
}

test("switching off, or beginning anew, at the moment in which the figures begin is not lost", async () => {
  await aShopWithPast();
  await save();
  await whileCountingBegins(NOW, (tx) => saveRanking(tx, shop.id, { ...ON, enabled: false }, hours(1)));
  expect(await stored()).toMatchObject({ enabled: false, startedAt: NOW, pausedAt: hours(1) });

  shop = await aShopAt(PRIMARY_SHOP);
  await save();
  await whileCountingBegins(NOW, (tx) => beginFiguresAnew(tx, shop.id, hours(1)));
  expect(await stored()).toMatchObject({ enabled: true, startedAt: hours(1), pausedAt: null });
});

test("the metafield stays below Shopify's limit; countries with few orders go first", async () => {
  const countries = Array.from({ length: 60 }, (_, index) =>
    String.fromCharCode(65 + (index % 26), 65 + index / 26),
  );
  const gateways = Array.from(
    { length: 15 },
    (_, index) => `Own way to pay with a long name, number ${index}`,
  );
  await pastPayments(
    shop,
    countries.flatMap((country, place) =>
      gateways.map((gateway, index) => ({
        gateway,
        country,
        orders: 1 + ((place * 7 + index * 3) % 5) + (place === 0 ? 9 : 0),
      })),
    ),
  );
  await jobs()["payments.learn"]({ shopId: shop.id });
  const keys = learntOf(await stored())!.methods.map(({ key }) => key);
  const rule = { place: "last" as const, countries: countries.slice(0, 40) };
  await save({ rules: keys.map((key) => ({ key, ...rule })) });
  const config = configOf(await stored());
  expect(JSON.stringify(config).length).toBeLessThan(9_600);
  const kept = Object.keys(config.weights!.country);
  expect(kept.length).toBeLessThan(60);
  expect(kept).toContain(countries[0]);
  expect(readConfig(JSON.parse(JSON.stringify(config)))).not.toBeNull();
});

/** Shopify removes what an app has made when the app goes. */
async function goAndComeBack(): Promise<void> {
  await inShop(shop.id, (tx) => recordUninstall(tx, shop.id, NOW, NOW));
  for (const { id } of demo.store.paymentCustomizations()) demo.store.removePaymentCustomization(id);
  await drainOnly(jobs());
  const later = new Date(NOW.getTime() + 60_000);
  expect(await stored()).toMatchObject({ customizationGid: null, startedAt: null, pausedAt: null });
  await prisma.$transaction((tx) => recordInstall(tx, shop.domain, shop.scopes, later));
  await inShop(shop.id, (tx) => completeInstall(tx, shop.id));
  await drainOnly(jobs(later));
}

test("the order comes back with the app, made anew", async () => {
  await aShopWithPast();
  await save({ holdoutPercent: 20 });
  await drainOnly(jobs());
  await goAndComeBack();
  expect(metafield()).toMatchObject({ enabled: true, config: { holdout: 0.2 } });
  const startedAt = new Date(NOW.getTime() + 60_000);
  expect(await stored()).toMatchObject({ enabled: true, syncState: "done", startedAt });
});

test("what was off stays off when the app comes back", async () => {
  await aShopWithPast();
  await save();
  await drainOnly(jobs());
  await save({ enabled: false });
  await drainOnly(jobs());
  await goAndComeBack();
  expect(metafield()).toBeNull();
  expect(await stored()).toMatchObject({ enabled: false, syncState: "idle" });
});

test("one shop's past, switch and figures stay its own", async () => {
  const other = await aShopAt(SECOND_SHOP);
  await aShopWithPast();
  await pastPayments(other, [
    { gateway: "twint", orders: 40, country: "CH" },
    { gateway: "paypal", orders: 40, country: "CH" },
  ]);
  await jobs()["payments.learn"]({ shopId: other.id });
  await save();
  await drainOnly(jobs());
  expect(metafield(SECOND_SHOP)).toBeNull();
  expect(await stored(other)).toMatchObject({ enabled: false, syncState: "idle" });
  expect(learntOf(await stored(other))!.methods.map(({ key }) => key)).toEqual(["paypal", "twint"]);
  expect((await stored(other)).salt).not.toBe((await stored()).salt);
  await anOrder(other, { gateway: "twint", placedAt: new Date(NOW.getTime() + 3_600_000) });
  await drainOnly(jobs());
  expect(await inShop(other.id, (tx) => tx.paymentOrder.count())).toBe(0);
});
