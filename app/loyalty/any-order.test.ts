/** Payments, refunds, cancellations, joining and the passing of time, heard of in any order and more than once. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { recordOrder, recordRefund } from "#app/orders/orders.server";
import type { OrderSnapshot } from "#app/orders/order";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { loyaltyJobs, loyaltySweeps } from "#app/worker/loyalty-jobs.server";
import { drainOnly } from "../../tests/factories/jobs";
import { aProgram, entriesOf, onlyBalance } from "../../tests/factories/loyalty";
import { anOrderSnapshot } from "../../tests/factories/orders";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { joinLoyalty } from "./loyalty.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const CUSTOMER = "gid://shopify/Customer/7";
const DAY_0 = new Date("2026-11-20T10:00:00Z");
const later = (minutes: number) => new Date(DAY_0.getTime() + minutes * 60_000);

type Step = "told" | "paid" | "refund-1" | "refund-2" | "cancelled" | "join" | "work" | "sweep";
const STEPS: Step[] = ["told", "paid", "refund-1", "refund-2", "cancelled", "join", "work", "sweep"];
const REFUNDS = { "refund-1": 1500, "refund-2": 777 };

const plans = fc.record({
  steps: fc.array(fc.constantFrom(...STEPS), { minLength: 4, maxLength: 14 }),
  pointsPerUnit: fc.integer({ min: 1, max: 7 }),
});

test("the balance follows from the order as it is, not from how it became so", async () => {
  await fc.assert(
    fc.asyncProperty(plans, async ({ steps, pointsPerUnit }) => {
      const shop = await aShop();
      await aProgram(shop, { pointsPerUnit, joinBonus: 0 });
      const snapshot = anOrderSnapshot({ financialStatus: "pending", updatedAt: DAY_0 });
      for (const [index, step] of steps.entries()) await play(shop, snapshot, step, index + 1);

      // Everything that was missing so far is heard of in the end, and worked off.
      for (const step of ["told", "paid", "join", "work"] as const) await play(shop, snapshot, step, 50);
      const heard = new Set(steps);
      const refunded = (["refund-1", "refund-2"] as const).reduce(
        (sum, name) => sum + (refundWasHeard(steps, name) ? REFUNDS[name] : 0),
        0,
      );
      // Shipping was 5.00; what goes beyond it is paid back for goods.
      const goods = heard.has("cancelled") ? 0 : 4000 - Math.max(0, refunded - 500);
      const { points, pendingPoints } = await onlyBalance(shop);
      expect(points + pendingPoints).toBe(Math.floor((Math.round(goods) * pointsPerUnit) / 100));
      expect(Math.min(points, pendingPoints)).toBe(0);

      await play(shop, snapshot, "sweep", 51);
      expect((await onlyBalance(shop)).points).toBe(points + pendingPoints);
      const keys = (await entriesOf(shop)).map((entry) => entry.sourceKey);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 25 },
  );
}, 120_000);

/** A refund of an order we have not heard of is asked for again later; here it is not. */
function refundWasHeard(steps: Step[], name: Step): boolean {
  const firstTelling = steps.findIndex((step) => step === "told" || step === "paid" || step === "cancelled");
  return firstTelling >= 0 && steps.lastIndexOf(name) > firstTelling;
}

async function play(shop: Shop, snapshot: OrderSnapshot, step: Step, minutes: number): Promise<void> {
  const now = later(minutes);
  const tell = (change: Partial<OrderSnapshot>) =>
    inShop(shop.id, (tx) => recordOrder(tx, shop.id, { ...snapshot, ...change }, now));
  switch (step) {
    case "told":
      return void (await tell({}));
    case "paid":
      return void (await tell({ financialStatus: "paid", updatedAt: later(1) }));
    case "cancelled":
      return void (await tell({ cancelledAt: later(2), updatedAt: later(2) }));
    case "refund-1":
    case "refund-2": {
      const refund = {
        gid: `${snapshot.gid}/${step}`,
        amountMinor: REFUNDS[step],
        currency: "EUR",
        refundedAt: now,
        lines: [],
      };
      return void (await inShop(shop.id, (tx) => recordRefund(tx, shop.id, snapshot.gid, refund)));
    }
    case "join": {
      const person = { orderGid: snapshot.gid, customerGid: CUSTOMER, claim: null };
      const joining = { person, joinedVia: "thank-you", consentText: "Yes." };
      return void (await inShop(shop.id, (tx) => joinLoyalty(tx, shop.id, joining, now)));
    }
    case "work":
      return drainOnly(loyaltyJobs(testPorts({ now: () => now })));
    case "sweep":
      for (const sweep of loyaltySweeps) await sweep.run(testPorts({ now: () => later(60 * 24 * 31) }));
  }
}
