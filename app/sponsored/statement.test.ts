import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aLiveCampaign, anAdvertiser, ledgerOf } from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import { balances, charge, recordPayout, reverse } from "./ledger.server";
import { statementMonths, statementOf } from "./statement.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const OCTOBER = new Date("2026-10-31T22:30:00Z"); // 23:30 in Berlin
const NOVEMBER = new Date("2026-10-31T23:30:00Z"); // 00:30 of the first, in Berlin

async function aLedger(shop: Shop) {
  const coffee = await anAdvertiser(shop);
  const tea = await anAdvertiser(shop, { name: "Tea House", domain: "northwind.example" });
  const campaigns = {
    [coffee.id]: await aLiveCampaign(shop, coffee),
    [tea.id]: await aLiveCampaign(shop, tea),
  };
  await inShop(shop.id, async (tx) => {
    const bill = (advertiserId: string, amountMinor: number, cause: string, at: Date) =>
      charge(
        tx,
        shop.id,
        {
          advertiserId,
          campaignId: campaigns[advertiserId]!,
          amountMinor,
          currency: "EUR",
          sharePercent: 85,
          cause,
          note: "Autumn",
        },
        at,
      );
    await bill(coffee.id, 333, "click:1", OCTOBER);
    await bill(coffee.id, 101, "click:2", NOVEMBER);
    await bill(tea.id, 77, "conversion:3", NOVEMBER);
    await reverse(tx, shop.id, { cause: "conversion:3", kept: 0, note: "Refunded" }, NOVEMBER);
    const payment = {
      advertiserId: coffee.id,
      amountMinor: 400,
      currency: "EUR",
      note: "Bank",
      key: "form-1",
    };
    await recordPayout(tx, shop.id, payment, NOVEMBER);
    await recordPayout(tx, shop.id, payment, NOVEMBER);
  });
  return { coffee, tea };
}

test("a month's statement adds up to the ledger, in the shop's time zone, and carries the balance over", async () => {
  const shop = await aShop();
  const other = await aShop();
  const { coffee, tea } = await aLedger(shop);
  await inShop(shop.id, async (tx) => {
    const of = (month: string, advertiserId?: string) =>
      statementOf(tx, shop.id, { month, timezone: "Europe/Berlin", advertiserId });
    const october = await of("2026-10");
    const november = await of("2026-11");
    expect(october).toMatchObject({
      openingMinor: 0,
      closingMinor: 333,
      totals: { billed: 333, earned: 283 },
    });
    expect(november.openingMinor).toBe(october.closingMinor);
    expect(november.totals).toMatchObject({
      charge: 178,
      reversal: -77,
      payout: -400,
      billed: 101,
      earned: 85,
    });
    expect(november.closingMinor).toBe(34);
    const whole = [...october.entries, ...november.entries].map(({ kind, amountMinor }) => [
      kind,
      amountMinor,
    ]);
    expect(whole.sort()).toEqual((await ledgerOf(shop)).sort());
    expect((await of("2026-11", tea.id)).closingMinor).toBe(0);
    expect((await of("2026-11", coffee.id)).entries.map(({ advertiser }) => advertiser)).toEqual(
      Array(3).fill("Northwind Coffee"),
    );
    const owed = await balances(tx, shop.id);
    expect([owed.get(coffee.id), owed.get(tea.id)]).toEqual([34, 0]);
    expect(await statementMonths(tx, shop.id, "Europe/Berlin")).toEqual(["2026-11", "2026-10"]);
  });
  await inShop(other.id, async (tx) => {
    const nothing = await statementOf(tx, other.id, {
      month: "2026-11",
      timezone: "Europe/Berlin",
      advertiserId: coffee.id,
    });
    expect(nothing).toMatchObject({ entries: [], openingMinor: 0, closingMinor: 0 });
    expect(
      await recordPayout(
        tx,
        other.id,
        { advertiserId: coffee.id, amountMinor: 1, currency: "EUR", note: "", key: "x" },
        NOVEMBER,
      ),
    ).toBe(false);
  });
});

test("the database refuses to change an entry", async () => {
  const shop = await aShop();
  await aLedger(shop);
  const change = inShop(shop.id, (tx) => tx.sponsoredEntry.updateMany({ data: { amountMinor: 1 } }));
  await expect(change).rejects.toThrow(/permission denied/);
  expect((await ledgerOf(shop)).some(([, amount]) => amount === 1)).toBe(false);
});

test("the shares of odd amounts never exceed what was charged", async () => {
  const shop = await aShop();
  const { coffee } = await aLedger(shop);
  await inShop(shop.id, async (tx) => {
    for (const amountMinor of [1, 7, 99, 10_001]) {
      const cause = `odd:${amountMinor}`;
      const terms = {
        advertiserId: coffee.id,
        campaignId: crypto.randomUUID(),
        amountMinor,
        currency: "EUR",
        sharePercent: 85,
        cause,
        note: "",
      };
      const earned = await charge(tx, shop.id, terms, NOVEMBER);
      expect(earned).toBeLessThanOrEqual(amountMinor * 0.85);
      // Told again, nothing is added.
      expect(await charge(tx, shop.id, terms, NOVEMBER)).toBe(earned);
    }
    const { totals } = await statementOf(tx, shop.id, {
      month: "2026-11",
      timezone: "Europe/Berlin",
      advertiserId: coffee.id,
    });
    expect(totals.charge).toBe(101 + 1 + 7 + 99 + 10_001);
    expect(totals.earned).toBe(85 + 0 + 5 + 84 + 8_500);
  });
});
