import { currencyExponent } from "#app/orders/money";

/**
 * Points for an amount of money: a number per whole currency unit, rounded down. 50.90 € at 2 points are 101.
 * @param amountMinor minor units of `currency`
 */
export function pointsFor(amountMinor: number, currency: string, pointsPerUnit: number): number {
  return Math.max(0, Math.floor((amountMinor * pointsPerUnit) / 10 ** currencyExponent(currency)));
}

export type EarningOrder = {
  currency: string;
  /** Goods after discounts, before shipping. */
  subtotalMinor: number;
  totalMinor: number;
  refundedMinor: number;
  paidAt: Date | null;
  cancelledAt: Date | null;
  test: boolean;
  imported: boolean;
};

/**
 * What an order is worth at this moment: points on the goods, less the share that was refunded. The same state always
 * gives the same number, whatever the order in which payments, refunds and cancellations became known.
 */
export function pointsEarned(order: EarningOrder, pointsPerUnit: number): number {
  if (!order.paidAt || order.cancelledAt || order.test || order.imported) return 0;
  const kept = order.totalMinor > 0 ? Math.max(0, 1 - order.refundedMinor / order.totalMinor) : 0;
  // Rounded first, or a share such as 0.7 of 100 would lose a cent to binary fractions.
  return pointsFor(Math.round(order.subtotalMinor * kept), order.currency, pointsPerUnit);
}
