import { z } from "zod";

/**
 * What a customer did before this order, as a rule of an offer: how often they ordered, what they spent, how long ago they
 * ordered last. Pure.
 */

const number = (most: number, tooMuch: string) =>
  z.int("Use a whole number.").min(0, "Use zero or more.").max(most, tooMuch).nullable().default(null);
const orders = number(100_000, "Use at most 100,000.");
const amount = number(1_000_000_000_000, "This is too much.");
const days = number(3_650, "Use at most 3,650 days.");

/** Amounts in minor units of the shop's currency. What is left empty asks for nothing. */
export const HistoryRuleSchema = z
  .object({
    minimumOrders: orders,
    maximumOrders: orders,
    minimumSpentMinor: amount,
    maximumSpentMinor: amount,
    /** The last order is at least, or at most, so many days ago. */
    minimumDays: days,
    maximumDays: days,
  })
  .refine(({ minimumOrders, maximumOrders }) => isRange(minimumOrders, maximumOrders), {
    path: ["maximumOrders"],
    message: "The highest number must not be below the lowest.",
  })
  .refine(({ minimumSpentMinor, maximumSpentMinor }) => isRange(minimumSpentMinor, maximumSpentMinor), {
    path: ["maximumSpentMinor"],
    message: "The highest value must not be below the lowest.",
  })
  .refine(({ minimumDays, maximumDays }) => isRange(minimumDays, maximumDays), {
    path: ["maximumDays"],
    message: "The highest number must not be below the lowest.",
  });
export type HistoryRule = z.infer<typeof HistoryRuleSchema>;

function isRange(least: number | null, most: number | null): boolean {
  return least === null || most === null || least <= most;
}

/** This order not counted. */
export type History = {
  orders: number;
  /** Net of refunds, minor units of the shop's currency. */
  spentMinor: number;
  /** Null where there was none. */
  daysSinceLastOrder: number | null;
};

export function asksAboutHistory(rule: HistoryRule): boolean {
  return Object.values(rule).some((bound) => bound !== null);
}

/** @param history null where nobody knows: then only a rule that asks for nothing holds */
export function fitsHistory(rule: HistoryRule, history: History | null): boolean {
  if (!asksAboutHistory(rule)) return true;
  if (!history) return false;
  return (
    isWithin(history.orders, rule.minimumOrders, rule.maximumOrders) &&
    isWithin(history.spentMinor, rule.minimumSpentMinor, rule.maximumSpentMinor) &&
    isWithin(history.daysSinceLastOrder, rule.minimumDays, rule.maximumDays)
  );
}

function isWithin(value: number | null, least: number | null, most: number | null): boolean {
  if (least === null && most === null) return true;
  return value !== null && value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}
