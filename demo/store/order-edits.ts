// What changes in an order after it was placed: lines that are added, and the balance that is then paid.
import { knownOrder, lineItem, touchOrder } from "./orders.ts";
import { lineTax } from "./pricing.ts";
import { newId, type StoreState } from "./state.ts";
import type { OrderAddition } from "./store.ts";
import type { LineItem, Minor, Order, PricedLine } from "./types.ts";

/** Why the order can't be changed any more, in Shopify's place; null where it can. */
export function editObstacle(order: Order): string | null {
  if (order.cancelledAt) return "The order has been canceled.";
  return order.closedAt ? "The order has been archived." : null;
}

/** The line as it would stand in the order. */
export function pricedAddition(state: Pick<StoreState, "variantIndex">, addition: OrderAddition): PricedLine {
  const known = state.variantIndex.get(addition.variantId);
  if (!known) throw new Error("The variant does not exist.");
  const { price } = known.variant;
  const worth = price * addition.quantity;
  const discount = Math.round((worth * (addition.discount?.percent ?? 0)) / 100);
  return { ...addition, ...known, price, discount, total: worth - discount };
}

export function addToOrder(state: StoreState, orderId: number, addition: OrderAddition): Order {
  const order = knownOrder(state, orderId);
  const obstacle = editObstacle(order);
  if (obstacle) throw new Error(obstacle);
  const priced = pricedAddition(state, addition);
  const line: LineItem = {
    ...lineItem(state, priced),
    ...(addition.discount && { manualDiscount: addition.discount }),
  };
  const tax = lineTax(priced, state.shop.taxRate);
  order.lines.push(line);
  order.subtotal += priced.total;
  order.totalDiscounts += priced.discount;
  order.tax += tax;
  order.total += priced.total + tax;
  order.outstanding = outstandingOf(order) + priced.total + tax;
  priced.variant.inventory -= priced.quantity;
  state.products.put(priced.product);
  touchOrder(state, order);
  return order;
}

export function outstandingOf(order: Order): Minor {
  return order.outstanding ?? 0;
}

export function payBalance(state: StoreState, orderId: number): Order {
  const order = knownOrder(state, orderId);
  const amount = outstandingOf(order);
  if (amount === 0) return order;
  order.payments = [...(order.payments ?? []), { id: newId(state), amount, createdAt: state.clock.iso() }];
  order.outstanding = 0;
  const customer = order.customerId === null ? undefined : state.customers.get(order.customerId);
  if (customer) {
    customer.amountSpent += amount;
    state.customers.put(customer);
  }
  order.updatedAt = state.clock.iso();
  state.emit({ topic: "orders/paid", order });
  touchOrder(state, order);
  return order;
}
