/** Generated pasts of made-up shops (demo/history): who bought what for how much, and how they paid. */
import { createClock } from "../../demo/clock.ts";
import { likeliestGateway } from "../../demo/history/gateways.ts";
import { generateHistory } from "../../demo/history/generate.ts";
import { createStore } from "../../demo/store/create-store.ts";

export type PastOrder = {
  country: string;
  totalMinor: number;
  returning: boolean;
  gateway: string;
  /** What the generator held likeliest: nobody can know better. */
  likeliest: string;
};

const ANCHOR = new Date("2026-11-22T12:00:00Z");

/** Oldest first. */
export function generatePast(orders: number, seed: number): PastOrder[] {
  const at = ANCHOR.toISOString();
  const store = createStore({
    clock: createClock(undefined, () => ANCHOR.getTime()),
    orderDelayMs: 0,
    firstId: 1_000_000,
    shop: {
      id: 1,
      domain: "bench.myshopify.com",
      name: "Bench",
      email: "owner@example.test",
      ownerName: "Sam Owner",
      currency: "USD",
      timezone: "UTC",
      countryCode: "US",
      taxRate: 0.08,
      createdAt: at,
      updatedAt: at,
    },
  });
  generateHistory(store.state, { orders, seed, anchor: ANCHOR });
  const known = new Set<number>();
  return store
    .orders()
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .map((order) => {
      const buyer = {
        countryCode: order.shippingAddress?.countryCode ?? "",
        total: order.total,
        returning: known.has(order.customerId!),
      };
      known.add(order.customerId!);
      return {
        country: buyer.countryCode,
        totalMinor: order.total,
        returning: buyer.returning,
        gateway: order.gateway,
        likeliest: likeliestGateway(buyer),
      };
    });
}
