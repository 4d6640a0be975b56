/** What the calendar tells, and what sets it anew. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { JourneyClock, Order, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { journeysJobs } from "#app/worker/journeys-jobs.server";
import { hears, sweepJourneys } from "../../tests/factories/journeys";
import { anOrderToTell } from "../../tests/factories/messages";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { seedLapses } from "./journeys.server";

const NOW = new Date("2026-11-22T12:00:00Z");
const DAY = 24 * 60 * 60_000;
const after = (days: number) => new Date(NOW.getTime() + days * DAY);

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

/** An order, of a known buyer where one is given; not told yet. */
async function orders(shop: Shop, placedAt: Date, by?: Order): Promise<Order> {
  const order = await anOrderToTell(shop, { placedAt, ...(by && { customerGid: null }) });
  const { customerGid } = by ?? order;
  await inShop(shop.id, (tx) => tx.order.updateMany({ where: { gid: order.gid }, data: { customerGid } }));
  return { ...order, customerGid };
}

async function told(shop: Shop, order: Order, now = order.placedAt): Promise<void> {
  await hears(shop, { fact: "order.placed", orderGid: order.gid }, now);
}

function clocksOf(shop: Shop): Promise<JourneyClock[]> {
  return inShop(shop.id, (tx) =>
    tx.journeyClock.findMany({ orderBy: [{ kind: "asc" }, { subject: "asc" }] }),
  );
}

/** After how many days without an order something was told, in the order of telling. */
async function lapsesTold(shop: Shop): Promise<number[]> {
  const rows = await prisma.$queryRaw<{ days: number }[]>`
    SELECT (data->>'days')::int AS days FROM pgboss.job
    WHERE name = 'journeys.hear' AND (data->>'shopId')::int = ${shop.id} AND data->>'fact' = 'customer.lapsed'
    ORDER BY created_on`;
  return rows.map(({ days }) => days);
}

test("an order in a long pause begins a new one, and an older order told late changes nothing", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const first = await orders(shop, NOW);
  const elsewhere = await orders(other, NOW);
  await told(shop, first);
  await told(other, elsewhere);
  for (const days of [30, 60, 90, 120, 180]) await sweepJourneys(after(days));
  await told(shop, await orders(shop, after(210), first));
  await told(shop, await orders(shop, after(100), first), after(211));
  await told(shop, first, after(212));
  expect(await clocksOf(shop)).toMatchObject([{ days: 30, dueAt: after(240) }]);
  expect(await clocksOf(other)).toMatchObject([{ days: 365, dueAt: after(365) }]);

  for (const days of [240, 270, 300, 330, 365]) await sweepJourneys(after(days));
  expect(await lapsesTold(shop)).toEqual([30, 60, 90, 120, 180, 30, 60, 90, 120]);
  expect(await lapsesTold(other)).toEqual([30, 60, 90, 120, 180, 365]);
});

test("learning winds clocks that rest on an older order than the customer's last, and no others", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  for (const one of [shop, other]) {
    const stale = await orders(one, NOW);
    const fresh = await orders(one, after(200));
    await told(one, stale);
    await told(one, fresh);
    await inShop(one.id, async (tx) => {
      const late = { days: 365, dueAt: after(365) };
      await tx.journeyClock.updateMany({ where: { customerGid: stale.customerGid! }, data: late });
      await tx.customer.updateMany({ where: { gid: stale.customerGid! }, data: { lastOrderAt: after(210) } });
      await tx.customer.updateMany({ where: { gid: fresh.customerGid! }, data: { lastOrderAt: after(190) } });
    });
  }
  await inShop(shop.id, (tx) => seedLapses(tx, shop.id, after(215), ""));
  const dueDays = async (of: Shop) =>
    (await clocksOf(of)).map(({ days, dueAt }) => [days, (dueAt.getTime() - NOW.getTime()) / DAY]).sort();
  const fresh = [30, 230];
  expect(await dueDays(shop)).toEqual([fresh, [30, 240]]);
  expect(await dueDays(other)).toEqual([fresh, [365, 365]]);
});

test("a product's clock follows the newest order, whatever was learnt of its rhythm between the two", async () => {
  const shop = await aShop();
  const variantGid = "gid://shopify/ProductVariant/1";
  const rhythm = (days: number) =>
    inShop(shop.id, async (tx) => {
      const learnt = { earlyDays: days, lateDays: days, intervals: 9, learntAt: NOW };
      const data = { shopId: shop.id, variantGid, productGid: "gid://shopify/Product/1", ...learnt };
      await tx.reorderRhythm.deleteMany({});
      await tx.reorderRhythm.create({ data });
      await tx.lineItem.updateMany({ data: { variantGid } });
    });
  const dueAt = async () =>
    (await clocksOf(shop)).filter(({ kind }) => kind === "replenishment.due").map((clock) => clock.dueAt);
  const first = await orders(shop, NOW);
  const older = await orders(shop, after(-5), first);
  const newer = await orders(shop, after(10), first);
  await rhythm(60);
  await told(shop, first);
  expect(await dueAt()).toEqual([after(60)]);
  await rhythm(20);
  await told(shop, newer);
  expect(await dueAt()).toEqual([after(30)]);
  await rhythm(60);
  await told(shop, older, after(11));
  expect(await dueAt()).toEqual([after(30)]);
});

/** Customers from before the installation who ordered yesterday and told their birthday. */
async function customersFromBefore(shop: Shop, howMany: number): Promise<void> {
  const data = Array.from({ length: howMany }, (_, number) => ({
    shopId: shop.id,
    gid: `gid://shopify/Customer/${100_000 + number}`,
    createdAt: NOW,
    lastOrderAt: after(-1),
    attributes: { birthday: number === 0 ? "some day in May" : "1990-12-24" },
  }));
  await inShop(shop.id, (tx) => tx.customer.createMany({ data }));
}

function learns(shop: Shop): Promise<void> {
  return journeysJobs(testPorts({ now: () => NOW }))["journeys.learn"]({ shopId: shop.id });
}

async function countsOf(shop: Shop): Promise<Record<string, number>> {
  const kinds = (await clocksOf(shop)).map(({ kind }) => kind);
  return Object.fromEntries(
    [...new Set(kinds)].map((kind) => [kind, kinds.filter((k) => k === kind).length]),
  );
}

test("learning goes on where it was interrupted: what a batch has set stays, and is set once", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await customersFromBefore(shop, 2_500);
  await customersFromBefore(other, 3);
  // Somebody else sets the last birthday's clock and is not done: the last batch waits for them, then fails with them.
  const last = `gid://shopify/Customer/${100_000 + 2_499}`;
  const birthday = { kind: "customer.birthday", subject: last, customerGid: last, dueAt: after(32) };
  let letGo = () => {};
  const holds = new Promise<void>((resolve) => (letGo = resolve));
  const holding = inShop(shop.id, async (tx) => {
    await tx.journeyClock.create({ data: { shopId: shop.id, ...birthday } });
    await holds;
  });
  const learning = learns(shop);
  await expect
    .poll(() => countsOf(shop), { timeout: 15_000 })
    .toEqual({ "customer.lapsed": 2_500, "customer.birthday": 1_999 });
  const breakWhoWaits = () => prisma.$queryRaw<unknown[]>`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%JourneyClock%'`;
  await expect.poll(async () => (await breakWhoWaits()).length, { timeout: 10_000 }).toBe(1);
  await expect(learning).rejects.toThrow();
  letGo();
  await holding;

  for (let time = 0; time < 2; time++) await learns(shop);
  expect(await countsOf(shop)).toEqual({ "customer.lapsed": 2_500, "customer.birthday": 2_499 });
  expect(await clocksOf(other)).toEqual([]);
});

test("where birthdays cannot be reckoned, pauses are still told", async () => {
  const shop = await aShop({ timezone: "Nowhere/At all" });
  await customersFromBefore(shop, 2);
  await expect(learns(shop)).rejects.toThrow("Nowhere/At all");
  expect(await countsOf(shop)).toEqual({ "customer.lapsed": 2 });
});
