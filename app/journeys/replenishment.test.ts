/** When products are used up: learnt from reorders, told by the calendar, stopped by a reorder. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aProduct, type TestProduct } from "../../tests/factories/catalogue";
import {
  agreesToMarketing,
  hears,
  messagesOf,
  onlyJourneys,
  sweepAndHear,
} from "../../tests/factories/journeys";
import { anOrderToTell } from "../../tests/factories/messages";
import { aShop } from "../../tests/factories/shop";
import { learnReplenishment } from "./journeys.server";
import { learnRhythms, type Interval } from "./rhythm";

const NOW = new Date("2026-11-22T12:00:00Z");
const DAY = 24 * 60 * 60_000;
const after = (days: number) => new Date(NOW.getTime() + days * DAY);

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

/** An order of one product; of a known buyer, where one is given. */
async function buys(
  shop: Shop,
  { productGid, variantGid }: TestProduct,
  at: Date,
  by?: Order,
): Promise<Order> {
  const order = await anOrderToTell(shop, { placedAt: at, ...(by && { customerGid: null }) });
  const { customerGid } = by ?? order;
  await inShop(shop.id, async (tx) => {
    await tx.order.updateMany({ where: { gid: order.gid }, data: { customerGid } });
    await tx.lineItem.updateMany({ where: { orderGid: order.gid }, data: { productGid, variantGid } });
  });
  return { ...order, customerGid };
}

/** Ten people bought it twice, 28 to 37 days apart. */
async function hasBeenReordered(shop: Shop, product: TestProduct): Promise<void> {
  for (let person = 0; person < 10; person++) {
    const first = await buys(shop, product, after(-200 + person));
    await buys(shop, product, after(-200 + person + 28 + person), first);
  }
}

async function placed(shop: Shop, order: Order): Promise<void> {
  await hears(shop, { fact: "order.placed", orderGid: order.gid }, order.placedAt);
}

test("reminded when it is due, again when it is overdue, and not any more after the reorder", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await onlyJourneys(shop, "replenishment", "replenishment-late");
  const coffee = await aProduct(shop, { title: "Coffee" });
  await hasBeenReordered(shop, coffee);
  await inShop(shop.id, (tx) => learnReplenishment(tx, shop.id, NOW));
  const [rhythm] = await inShop(shop.id, (tx) => tx.reorderRhythm.findMany());
  expect(rhythm).toMatchObject({ variantGid: coffee.variantGid, intervals: 10 });
  expect(rhythm!.earlyDays).toBeGreaterThan(31);
  expect(rhythm!.earlyDays).toBeLessThan(33);
  expect(rhythm!.lateDays).toBeGreaterThan(34);
  expect(rhythm!.lateDays).toBeLessThan(36);
  expect(await inShop(other.id, (tx) => tx.reorderRhythm.count())).toBe(0);

  const [ada, grace] = [await buys(shop, coffee, NOW), await buys(shop, coffee, NOW)];
  for (const order of [ada, grace]) {
    await agreesToMarketing(shop, order);
    await placed(shop, order);
  }
  await sweepAndHear(after(31));
  expect(await messagesOf(shop)).toEqual([]);
  await placed(shop, await buys(shop, coffee, after(31), grace));
  for (let days = 32; days < 40; days++) await sweepAndHear(after(days));
  // Once when it is due and once when it is overdue; Grace has bought and hears nothing.
  expect(await messagesOf(shop)).toEqual(["replenish queued", "replenish queued"]);
  const told = await inShop(shop.id, (tx) => tx.message.findMany());
  expect(told.map(({ customerGid }) => customerGid)).toEqual([ada.customerGid, ada.customerGid]);
  expect(told[0]!.variables).toMatchObject({ product: { title: "Coffee" } });
  expect(await messagesOf(other)).toEqual([]);
});

test("who reorders between the reminder's start and the morning gets none", async () => {
  const shop = await aShop();
  await onlyJourneys(shop, "replenishment");
  const coffee = await aProduct(shop);
  await hasBeenReordered(shop, coffee);
  await inShop(shop.id, (tx) => learnReplenishment(tx, shop.id, NOW));
  const ada = await buys(shop, coffee, NOW);
  await agreesToMarketing(shop, ada);
  await placed(shop, ada);
  await sweepAndHear(after(33)); // due at noon: waits for ten o'clock
  const waiting = () => inShop(shop.id, (tx) => tx.enrolment.findMany());
  expect(await waiting()).toMatchObject([{ state: "waiting" }]);
  await placed(shop, await buys(shop, coffee, after(33.1), ada));
  expect(await waiting()).toMatchObject([{ state: "left", reason: "reordered" }]);
  await sweepAndHear(after(35));
  expect(await messagesOf(shop)).toEqual([]);
});

test("few intervals of a variant are drawn towards its product, its type and the shop", () => {
  const many = (variantGid: string, productType: string, days: number[]): Interval[] =>
    days.map((one) => ({ variantGid, productGid: `p-${variantGid}`, productType, days: one }));
  const thirty = Array.from({ length: 40 }, (_, n) => 28 + (n % 5));
  const rhythms = learnRhythms([
    ...many("coffee", "food", thirty),
    ...many("tea", "food", [90]),
    ...many("lamp", "home", [400]),
  ]);
  const of = (variantGid: string) => rhythms.find((one) => one.variantGid === variantGid);
  expect(of("coffee")!.earlyDays).toBeCloseTo(30, 0);
  // One interval says little: nearer to its type's month than to its own quarter.
  expect(of("tea")!.earlyDays).toBeGreaterThan(30);
  expect(of("tea")!.earlyDays).toBeLessThan(45);
  expect(of("lamp")).toBeUndefined(); // nobody knows anything about lamps
  expect(learnRhythms(many("coffee", "food", [30, 31]))).toEqual([]);
});
