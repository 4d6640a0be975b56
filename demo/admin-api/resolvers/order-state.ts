// What follows from an order's facts: its statuses and its amounts after refunds.
import { outstandingOf } from "../../store/order-edits.ts";
import type { Fulfillment, LineItem, Minor, Order } from "../../store/types.ts";

export function refundedAmount(order: Order): Minor {
  return order.refunds.reduce((total, refund) => total + refund.amount, 0);
}

/** Discounts of added lines stand after the codes of the order. */
export function manualIndex(order: Order, line: Pick<LineItem, "id">): number {
  const manual = order.lines.filter((each) => each.manualDiscount);
  return order.discounts.length + manual.findIndex(({ id }) => id === line.id);
}

export function displayFinancialStatus(order: Order): string {
  if (outstandingOf(order) > 0) return "PARTIALLY_PAID";
  const refunded = refundedAmount(order);
  if (refunded === 0) return "PAID";
  return refunded >= order.total ? "REFUNDED" : "PARTIALLY_REFUNDED";
}

export function displayFulfillmentStatus(order: Order): string {
  const fulfilled = order.lines.some((line) => line.fulfilled > 0);
  if (!fulfilled) return "UNFULFILLED";
  return order.lines.every((line) => line.fulfilled + line.removed >= line.quantity)
    ? "FULFILLED"
    : "PARTIALLY_FULFILLED";
}

export function fulfillableQuantity(line: LineItem): number {
  return Math.max(0, line.quantity - line.removed - line.fulfilled);
}

export function currentQuantity(line: LineItem): number {
  return line.quantity - line.removed;
}

/** The line's share of its price after discounts for the units that are still ordered. */
export function currentLineTotal(line: LineItem): Minor {
  return Math.round(((line.price * line.quantity - line.discount) * currentQuantity(line)) / line.quantity);
}

export function displayStatus(fulfillment: Fulfillment): string {
  if (fulfillment.status === "CANCELLED") return "CANCELED";
  return fulfillment.shipmentStatus ?? "FULFILLED";
}
