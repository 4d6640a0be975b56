/** Money between partners: whatever is charged, taken back, paid or cut to what was offered, both ledgers say the same. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { sponsoredJobs } from "#app/worker/sponsored-jobs.server";
import {
  aPartnerShop,
  answer,
  campaignAt,
  carry,
  invite,
  partners,
  share,
} from "../../tests/factories/partners";
import { testPorts } from "../../tests/factories/ports";
import { anAdvertiser, ledgerOf } from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import { listAdvertisers } from "./advertisers.server";
import { balances, charge, recordPayout, reverse, type Payment } from "./ledger.server";
import { hearEntry } from "./partner-money.server";
import { statementOf } from "./statement.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

/** What each other shop owes this one, minor units. */
const owed = async (shop: Shop) =>
  [...(await inShop(shop.id, (tx) => balances(tx, shop.id))).values()].reduce((sum, one) => sum + one, 0);

/** `shop` charges its partner for an offer that it showed. */
async function bill(shop: Shop, amountMinor: number, cause: string): Promise<void> {
  const { id: campaignId, advertiserId } = await campaignAt(shop);
  const terms = {
    advertiserId,
    campaignId,
    amountMinor,
    currency: "EUR",
    sharePercent: 85,
    cause,
    note: "Beans",
  };
  await inShop(shop.id, (tx) => charge(tx, shop.id, terms, new Date()));
}

const takeBack = (shop: Shop, cause: string, kept: number) =>
  inShop(shop.id, (tx) => reverse(tx, shop.id, { cause, kept, note: "Refunded" }, new Date()));

/** Everything of the shop's ledger is told again, as after a crash. */
async function tellAgain(shop: Shop): Promise<void> {
  const entries = await inShop(shop.id, (tx) =>
    tx.sponsoredEntry.findMany({
      where: { kind: { in: ["charge", "payout"] }, NOT: { sourceKey: { startsWith: "partner:" } } },
    }),
  );
  const jobs = sponsoredJobs(testPorts({ now: () => new Date() }));
  for (const { id: entryId } of entries) await jobs["sponsored.tell-charge"]({ shopId: shop.id, entryId });
}

const totals = async (shop: Shop) => {
  const month = new Date().toISOString().slice(0, 7);
  return (await inShop(shop.id, (tx) => statementOf(tx, shop.id, { month, timezone: "UTC" }))).totals;
};

test("a charge above what was offered is cut in both ledgers, with the host's share, once", async () => {
  const [cups, coffee] = await partners();
  await share(coffee, { bidMinor: 500, budgetMinor: 700 });
  await bill(cups, 900, "click:a");
  await bill(cups, 500, "click:b");
  await bill(cups, 500, "click:c");
  await carry();
  expect([await owed(cups), await owed(coffee)]).toEqual([700, -700]);
  expect((await totals(cups)).earned).toBe(595);
  for (const shop of [cups, coffee]) await tellAgain(shop);
  await carry();
  expect([await owed(cups), await owed(coffee)]).toEqual([700, -700]);
  // Which of them found the budget used up depends on which was told first.
  const cuts = await inShop(cups.id, (tx) => tx.sponsoredEntry.findMany({ where: { kind: "reversal" } }));
  expect(cuts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(700 - 1_900);
  expect(new Set(cuts.map((cut) => cut.note))).toEqual(new Set(["The partner agreed to less"]));
});

test.each([
  ["after it was told", true],
  ["before it was told", false],
])("a refund of a cut charge, %s, leaves both ledgers the same", async (_when, isTold) => {
  const [cups, coffee] = await partners();
  await share(coffee, { bidMinor: 500, budgetMinor: 10_000 });
  await bill(cups, 900, "conversion:a");
  await bill(cups, 400, "conversion:b");
  if (isTold) await carry();
  await takeBack(cups, "conversion:a", 0.5);
  await takeBack(cups, "conversion:b", 0.5);
  await carry();
  expect([await owed(cups), await owed(coffee)]).toEqual([450, -450]);
  expect((await totals(cups)).earned).toBe(383);
  await takeBack(cups, "conversion:a", 0);
  await carry();
  expect([await owed(cups), await owed(coffee)]).toEqual([200, -200]);
  expect((await totals(cups)).earned).toBe(170);
});

test("a refund that is told before its charge takes nothing back that is not there, and is not lost", async () => {
  const [cups, coffee] = await partners();
  await share(coffee);
  await bill(cups, 400, "conversion:a");
  await takeBack(cups, "conversion:a", 0);
  const reversal = await inShop(cups.id, (tx) =>
    tx.sponsoredEntry.findFirstOrThrow({ where: { kind: "reversal" } }),
  );
  const jobs = sponsoredJobs(testPorts({ now: () => new Date() }));
  await jobs["sponsored.tell-charge"]({ shopId: cups.id, entryId: reversal.id });
  expect([await owed(cups), await owed(coffee)]).toEqual([0, 0]);
  await carry();
  expect((await ledgerOf(coffee)).sort()).toEqual([
    ["charge", -400],
    ["reversal", 400],
  ]);
});

test.each([
  ["before", true],
  ["after", false],
])(
  "a sale that is told %s the refund of an earlier one finds the budget that the refund gave back",
  async (_when, overtakes) => {
    const [cups, coffee] = await partners();
    await share(coffee, { bidMinor: 500, budgetMinor: 500 });
    await bill(cups, 500, "conversion:a");
    await carry();
    await takeBack(cups, "conversion:a", 0);
    if (!overtakes) await carry();
    await bill(cups, 500, "conversion:b");
    await tellNow(cups, "charge:conversion:b");
    await carry();
    expect([await owed(cups), await owed(coffee)]).toEqual([500, -500]);
    expect((await ledgerOf(coffee)).length).toBe(3);
  },
);

test("what is told in any order and again leaves both ledgers the same, each charge within what was offered", async () => {
  const [cups, coffee] = await partners();
  await share(coffee, { bidMinor: 500, budgetMinor: 1_200 });
  await bill(cups, 600, "conversion:a");
  await takeBack(cups, "conversion:a", 0.5);
  await bill(cups, 500, "conversion:b");
  await takeBack(cups, "conversion:a", 0.25);
  await bill(cups, 500, "conversion:c");
  const jobs = sponsoredJobs(testPorts({ now: () => new Date() }));
  const booked = await inShop(cups.id, (tx) =>
    tx.sponsoredEntry.findMany({ where: { kind: { not: "share" } }, orderBy: { id: "desc" } }),
  );
  await Promise.all(booked.map(({ id }) => jobs["sponsored.tell-charge"]({ shopId: cups.id, entryId: id })));
  await carry();
  // A quarter of the 500 that were agreed to, and the two others in full.
  expect([await owed(cups), await owed(coffee)]).toEqual([1_125, -1_125]);
});

async function tellNow(shop: Shop, sourceKey: string): Promise<void> {
  const { id: entryId } = await inShop(shop.id, (tx) =>
    tx.sponsoredEntry.findFirstOrThrow({ where: { sourceKey } }),
  );
  await sponsoredJobs(testPorts({ now: () => new Date() }))["sponsored.tell-charge"]({
    ...{ shopId: shop.id, entryId },
  });
}

async function pay(shop: Shop, payment: Partial<Payment>): Promise<boolean> {
  const [advertiser] = await inShop(shop.id, (tx) => listAdvertisers(tx, shop.id));
  const whole = {
    advertiserId: advertiser!.id,
    amountMinor: 100,
    currency: "EUR",
    note: "Bank",
    key: "form-1",
  };
  return inShop(shop.id, (tx) => recordPayout(tx, shop.id, { ...whole, ...payment }, new Date()));
}

test("a payment between partners stands in both ledgers, whoever records it; a third shop hears nothing", async () => {
  const [cups, coffee] = await partners();
  const third = await aPartnerShop();
  await share(coffee);
  await bill(cups, 500, "click:a");
  await carry();
  await pay(cups, { amountMinor: 200 });
  await pay(cups, { amountMinor: 200 });
  await carry();
  expect([await owed(cups), await owed(coffee)]).toEqual([300, -300]);
  await pay(coffee, { amountMinor: 100, paidBy: "us", note: "" });
  await carry();
  await tellAgain(cups);
  await tellAgain(coffee);
  expect([await owed(cups), await owed(coffee)]).toEqual([200, -200]);
  const payments = (shop: Shop) =>
    inShop(shop.id, async (tx) =>
      (await tx.sponsoredEntry.findMany({ where: { kind: "payout" }, orderBy: { id: "asc" } })).map(
        ({ amountMinor, note }) => [amountMinor, note],
      ),
    );
  expect(await payments(cups)).toEqual([
    [-200, "Bank"],
    [-100, `Recorded by ${coffee.name}`],
  ]);
  expect(await payments(coffee)).toEqual([
    [200, `Recorded by ${cups.name}: Bank`],
    [100, ""],
  ]);
  expect(await ledgerOf(third)).toEqual([]);
});

test("a mistyped payment of an advertiser is taken back; another shop's advertiser is none", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const { id: advertiserId } = await anAdvertiser(shop);
  await anAdvertiser(other);
  expect(await pay(other, { advertiserId })).toBe(false);
  expect(await pay(other, { advertiserId, paidBy: "us" })).toBe(false);
  expect(await pay(shop, { advertiserId, amountMinor: 10_000 })).toBe(true);
  expect(await pay(shop, { advertiserId, amountMinor: 9_900, paidBy: "us", key: "form-2" })).toBe(true);
  expect([await ledgerOf(shop), await ledgerOf(other)]).toEqual([
    [
      ["payout", -10_000],
      ["payout", 9_900],
    ],
    [],
  ]);
});

test("a partner's charge is never booked above the offer's bid, nor in sum above its budget", async () => {
  const [cups, coffee] = await partners();
  const shared = await share(coffee, { bidMinor: 500, budgetMinor: 1_200 });
  const other = await share(coffee, { bidMinor: 500, budgetMinor: 1_200 });
  if (shared.status !== "shared" || other.status !== "shared") throw new Error("not shared");
  const told = { fromShopId: cups.id, fromDomain: cups.domain, note: "", currency: "EUR", ofCharge: [] };
  const hear = async (amountMinor: number, overrides: Partial<Parameters<typeof hearEntry>[2]> = {}) => {
    const kind = amountMinor > 0 ? ("charge" as const) : ("reversal" as const);
    const entry = { ...told, entryId: crypto.randomUUID(), offerId: shared.id, kind, amountMinor };
    await inShop(coffee.id, (tx) => hearEntry(tx, coffee.id, { ...entry, ...overrides }, new Date()));
    return (await ledgerOf(coffee)).reduce((sum, [, amount]) => sum + amount, 0);
  };
  const first = crypto.randomUUID();
  expect(await hear(9_000, { entryId: first })).toBe(-500);
  expect(await hear(400, { offerId: null })).toBe(-500);
  expect(await hear(400, { currency: "USD" })).toBe(-500);
  expect([await hear(500), await hear(500), await hear(500)]).toEqual([-1_000, -1_200, -1_200]);
  // Each offer has a budget of its own, and what is taken back may be charged again.
  expect(await hear(300, { offerId: other.id })).toBe(-1_500);
  const ofCharge = [first];
  expect([await hear(-200, { ofCharge }), await hear(500)]).toEqual([-1_300, -1_500]);
  // Nothing is taken back that we never agreed to.
  expect(await hear(-9_000, { ofCharge: [crypto.randomUUID()] })).toBe(-1_500);
  // A stranger's charge for an offer that was shared with somebody else is none.
  const stranger = await aPartnerShop();
  await invite(coffee, stranger);
  await carry();
  await answer(stranger, "accept");
  await carry();
  expect(await hear(100, { fromShopId: stranger.id, fromDomain: stranger.domain, offerId: other.id })).toBe(
    -1_500,
  );
});

test("two charges that are told at once do not both use the rest of the budget", async () => {
  const [cups, coffee] = await partners();
  const shared = await share(coffee, { bidMinor: 500, budgetMinor: 700 });
  if (shared.status !== "shared") throw new Error(shared.status);
  const told = {
    fromShopId: cups.id,
    fromDomain: cups.domain,
    offerId: shared.id,
    note: "",
    currency: "EUR",
    ofCharge: [],
  };
  const hear = (entryId: string) =>
    inShop(coffee.id, (tx) =>
      hearEntry(tx, coffee.id, { ...told, entryId, kind: "charge", amountMinor: 500 }, new Date()),
    );
  await Promise.all(["a", "b", "c", "d"].map(hear));
  expect((await ledgerOf(coffee)).reduce((sum, [, amount]) => sum + amount, 0)).toBe(-700);
});
