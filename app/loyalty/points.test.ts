import { expect, test } from "vitest";
import { pointsEarned, type EarningOrder } from "./points";

/** Two mugs for 9.00, shipping 4.90, taxes of 1.44 on top: 24.34. */
const ORDER: EarningOrder = {
  currency: "USD",
  subtotalMinor: 1800,
  shippingMinor: 490,
  totalMinor: 2434,
  refundedMinor: 0,
  lines: [{ quantity: 2, refundedQuantity: 0, priceMinor: 1000, discountMinor: 200 }],
  paidAt: new Date("2026-11-20T10:00:00Z"),
  cancelledAt: null,
  test: false,
  imported: false,
};

const sentBack = (refundedQuantity: number) => [{ ...ORDER.lines[0]!, refundedQuantity }];

test.each<[string, Partial<EarningOrder>, number]>([
  ["nothing refunded", {}, 18],
  ["all goods, with their taxes", { lines: sentBack(2), refundedMinor: 1944 }, 0],
  ["one of two", { lines: sentBack(1), refundedMinor: 972 }, 9],
  ["goods less a fee for taking them back", { lines: sentBack(2), refundedMinor: 1500 }, 0],
  ["shipping alone", { refundedMinor: 490 }, 18],
  ["half of what the goods cost, as goodwill, and shipping", { refundedMinor: 490 + 972 }, 9],
  ["everything, without naming the goods", { refundedMinor: 2434 }, 0],
  ["cancelled", { cancelledAt: new Date() }, 0],
  ["a test", { test: true }, 0],
])("points of an order with %s", (_, change, points) => {
  expect(pointsEarned({ ...ORDER, ...change }, 1)).toBe(points);
});
