// Giving money and goods back: refunds and cancellations.
import { knownOrder, touchOrder } from "./orders.ts";
import { sum } from "./pricing.ts";
import { newId, type StoreState } from "./state.ts";
import type { Store } from "./store.ts";
import type { LineItem, Order, Refund, RefundLine } from "./types.ts";

export function refundOrder(
  state: StoreState,
  orderId: number,
  input: Parameters<Store["refund"]>[1],
): Refund {
  const order = knownOrder(state, orderId);
  const lines = input.lines.map((line) => refundLine(state, order, line));
  const shipping = Math.min(
    input.shipping ?? 0,
    order.shippingPrice - sum(order.refunds.map((r) => r.shipping)),
  );
  const refund: Refund = {
    id: newId(state),
    transactionId: newId(state),
    orderId,
    note: input.note ?? null,
    lines,
    shipping,
    amount: sum(lines.map((line) => line.subtotal + line.tax)) + shipping,
    createdAt: state.clock.iso(),
  };
  order.refunds.push(refund);
  const customer = order.customerId === null ? undefined : state.customers.get(order.customerId);
  if (customer) {
    customer.amountSpent -= refund.amount;
    state.customers.put(customer);
  }
  state.emit({ topic: "refunds/create", order, refund });
  touchOrder(state, order);
  return refund;
}

function refundLine(
  state: StoreState,
  order: Order,
  input: { lineItemId: number; quantity: number; restock?: boolean },
): RefundLine {
  const line = order.lines.find((item) => item.id === input.lineItemId);
  if (!line) throw new Error(`Order ${order.name} has no line ${input.lineItemId}.`);
  const quantity = Math.min(input.quantity, line.quantity - line.removed);
  if (quantity <= 0) throw new Error(`"${line.title}" was refunded already.`);
  const restock = input.restock ?? true;
  line.removed += quantity;
  if (restock) returnToInventory(state, line, quantity);
  return {
    id: newId(state),
    lineItemId: line.id,
    quantity,
    restock,
    subtotal: Math.round(((line.price * line.quantity - line.discount) * quantity) / line.quantity),
    tax: Math.round((line.tax * quantity) / line.quantity),
  };
}

function returnToInventory(state: StoreState, line: LineItem, quantity: number): void {
  const known = state.variantIndex.get(line.variantId);
  if (!known) return;
  known.variant.inventory += quantity;
  state.products.put(known.product);
}

/** Cancels and gives everything back that was not given back yet. */
export function cancelOrder(
  state: StoreState,
  orderId: number,
  reason: NonNullable<Order["cancelReason"]>,
): Order {
  const order = knownOrder(state, orderId);
  if (order.cancelledAt) return order;
  if (order.fulfillments.some((fulfillment) => fulfillment.status === "SUCCESS")) {
    throw new Error(`Order ${order.name} is on its way and cannot be cancelled.`);
  }
  order.cancelledAt = state.clock.iso();
  order.cancelReason = reason;
  order.closedAt = order.cancelledAt;
  const left = order.lines.filter((line) => line.quantity > line.removed);
  refundOrder(state, orderId, {
    lines: left.map((line) => ({ lineItemId: line.id, quantity: line.quantity - line.removed })),
    shipping: order.shippingPrice,
    note: "Cancelled",
  });
  state.emit({ topic: "orders/cancelled", order });
  return order;
}
