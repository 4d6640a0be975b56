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
  shippingMinor: number;
  totalMinor: number;
  refundedMinor: number;
  lines: { quantity: number; refundedQuantity: number; priceMinor: number; discountMinor: number }[];
  paidAt: Date | null;
  cancelledAt: Date | null;
  test: boolean;
  imported: boolean;
};

/**
 * What an order is worth at this moment: points on the goods, less what of them was given back. The same state always
 * gives the same number, whatever the order in which payments, refunds and cancellations became known.
 */
export function pointsEarned(order: EarningOrder, pointsPerUnit: number): number {
  if (!order.paidAt || order.cancelledAt || order.test || order.imported) return 0;
  // Rounded first, or a share such as 0.7 of 100 would lose a cent to binary fractions.
  return pointsFor(Math.round(order.subtotalMinor * shareKept(order)), order.currency, pointsPerUnit);
}

/**
 * The part of the goods that the buyer keeps and has paid: without the units that were refunded, and without what was paid back
 * beyond them. Shipping brought no points, so its refund takes none.
 */
function shareKept({ lines, shippingMinor, totalMinor, refundedMinor }: EarningOrder): number {
  if (totalMinor <= 0 || refundedMinor >= totalMinor) return 0;
  const worth = (units: (line: EarningOrder["lines"][number]) => number) =>
    lines.reduce((sum, line) => {
      const { quantity, priceMinor, discountMinor } = line;
      return quantity > 0 ? sum + (priceMinor - discountMinor / quantity) * units(line) : sum;
    }, 0);
  const goods = worth(({ quantity }) => quantity);
  const sentBack =
    goods > 0 ? worth(({ quantity, refundedQuantity }) => Math.min(quantity, refundedQuantity)) / goods : 0;
  // With the taxes on goods, where they come on top.
  const paidForGoods = totalMinor - shippingMinor;
  const beyond = refundedMinor - sentBack * paidForGoods - shippingMinor;
  const goodwill = paidForGoods > 0 ? Math.max(0, beyond) / paidForGoods : 0;
  return Math.max(0, 1 - sentBack - goodwill);
}
