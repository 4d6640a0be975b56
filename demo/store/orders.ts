// Placing and announcing orders.
import { openCheckout, priceCheckout, discountByCode, changeCheckout } from "./checkout.ts";
import { confirmationNumber, secretToken } from "./ids.ts";
import { lineTax, sameCode } from "./pricing.ts";
import { PICKUP } from "./shipping.ts";
import { newId, type StoreState } from "./state.ts";
import { CheckoutError } from "./store.ts";
import type { Checkout, CheckoutTotals, Customer, Iso, LineItem, Order } from "./types.ts";

export function placeOrder(state: StoreState, token: string): Order {
  const checkout = openCheckout(state, token);
  const placed = checkout.orderId === null ? undefined : state.orders.get(checkout.orderId);
  if (placed) return placed;
  const { contact, shippingAddress } = checkout;
  if (!contact?.email) throw new CheckoutError("email", "Enter an e-mail address.");
  if (!shippingAddress) throw new CheckoutError("address", "Enter a shipping address.");
  const totals = priceCheckout(state, checkout);
  if (totals.lines.length === 0) throw new CheckoutError("lines", "The basket is empty.");
  for (const line of totals.lines) {
    if (line.variant.inventory < line.quantity) {
      throw new CheckoutError("lines", `Only ${line.variant.inventory} of "${line.product.title}" are left.`);
    }
  }
  const now = state.clock.now();
  const customer = knownBuyer(state, checkout, now);
  const order = recordSale(state, { checkout, totals, customer, sourceName: "web", now });
  changeCheckout(state, token, { orderId: order.id });
  announceOrders(state, state.clock.now());
  return order;
}

export type Sale = {
  checkout: Checkout;
  totals: CheckoutTotals;
  /** Null where nobody knows who bought. */
  customer: Customer | null;
  sourceName: string;
  /** One moment for the order and for who is new with it: by that the customer is announced as new. */
  now: Date;
};

/** Books what was sold: the order, the goods, the codes, and what the buyer has spent. */
export function recordSale(state: StoreState, sale: Sale): Order {
  const { checkout, totals, customer } = sale;
  const order = orderFrom(state, sale);
  takeFromInventory(state, totals);
  redeemCodes(state, order);
  if (customer) {
    customer.numberOfOrders += 1;
    customer.amountSpent += order.total;
    customer.defaultAddress = checkout.shippingAddress ?? customer.defaultAddress;
    customer.updatedAt = order.createdAt;
    state.customers.put(customer);
  }
  state.orders.put(order);
  return order;
}

/** The customer of this contact: known, or new. */
export function knownBuyer(state: StoreState, checkout: Checkout, at: Date): Customer {
  const now: Iso = at.toISOString();
  const contact = checkout.contact!;
  const known =
    (checkout.customerId === null ? undefined : state.customers.get(checkout.customerId)) ??
    state.customerByEmail.get(contact.email.toLowerCase());
  const customer: Customer = known ?? {
    id: newId(state),
    firstName: contact.firstName ?? checkout.shippingAddress?.firstName ?? "",
    lastName: contact.lastName ?? checkout.shippingAddress?.lastName ?? "",
    email: contact.email,
    phone: contact.phone ?? null,
    locale: checkout.locale,
    emailMarketing: { state: "NOT_SUBSCRIBED", optInLevel: "UNKNOWN", updatedAt: null },
    defaultAddress: null,
    tags: [],
    numberOfOrders: 0,
    amountSpent: 0,
    createdAt: now,
    updatedAt: now,
  };
  // A ticked box subscribes; an unticked one is no withdrawal.
  if (contact.acceptsMarketing && customer.emailMarketing.state !== "SUBSCRIBED") {
    customer.emailMarketing = { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: now };
    if (known) state.emit({ topic: "customers_email_marketing_consent/update", customer });
  }
  return customer;
}

function orderFrom(state: StoreState, { checkout, totals, customer, sourceName, now }: Sale): Order {
  const number = state.nextOrderNumber++;
  const isFetched = totals.shippingRate.id === PICKUP.id;
  return {
    id: newId(state),
    number,
    name: `#${number}`,
    confirmationNumber: confirmationNumber(),
    checkoutToken: checkout.token,
    cartToken: checkout.cartToken,
    statusKey: secretToken(),
    transactionId: newId(state),
    customerId: customer?.id ?? null,
    email: checkout.contact?.email ?? "",
    phone: checkout.contact?.phone ?? null,
    locale: checkout.locale,
    currency: totals.currency,
    lines: totals.lines.map((line) => lineItem(state, line)),
    discounts: totals.discounts,
    subtotal: totals.subtotal - totals.totalDiscounts,
    shippingPrice: totals.shipping,
    shippingMethod: totals.shippingRate.title,
    tax: totals.tax,
    total: totals.total,
    totalDiscounts: totals.totalDiscounts,
    // As at Shopify: what is fetched is sent nowhere.
    shippingAddress: isFetched ? null : checkout.shippingAddress,
    billingAddress: checkout.shippingAddress,
    gateway: checkout.gateway,
    landingSite: checkout.landingSite,
    referringSite: checkout.referringSite,
    sourceName,
    userAgent: checkout.userAgent,
    acceptsMarketing: checkout.contact?.acceptsMarketing ?? false,
    note: checkout.note,
    noteAttributes: Object.entries(checkout.attributes ?? {}).map(([name, value]) => ({ name, value })),
    tags: [],
    test: false,
    ...(isFetched && { pickup: { fulfillmentOrderId: newId(state), readyAt: null } }),
    fulfillments: [],
    refunds: [],
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    readableAt: new Date(now.getTime() + state.orderDelayMs).toISOString(),
    announced: false,
  };
}

/** A priced line as the order keeps it. */
export function lineItem(state: StoreState, line: CheckoutTotals["lines"][number]): LineItem {
  return {
    id: newId(state),
    productId: line.product.id,
    variantId: line.variant.id,
    title: line.product.title,
    variantTitle: line.variant.title,
    sku: line.variant.sku,
    vendor: line.product.vendor,
    quantity: line.quantity,
    price: line.price,
    discount: line.discount,
    tax: lineTax(line, state.shop.taxRate),
    grams: line.variant.grams,
    removed: 0,
    fulfilled: 0,
  };
}

function takeFromInventory(state: StoreState, totals: CheckoutTotals): void {
  for (const { product, variant, quantity } of totals.lines) {
    variant.inventory -= quantity;
    state.products.put(product);
  }
}

function redeemCodes(state: StoreState, order: Order): void {
  for (const applied of order.discounts) {
    const discount = discountByCode(state, applied.code);
    const entry = discount?.codes.find((code) => sameCode(code.code, applied.code));
    if (!discount || !entry) continue;
    entry.used += 1;
    if (order.customerId !== null) discount.usedBy.push(order.customerId);
    discount.updatedAt = order.createdAt;
    state.discounts.put(discount);
  }
}

/** Sends what Shopify sends for new orders, as soon as the Admin API knows them. */
export function announceOrders(state: StoreState, now: Date): void {
  for (const order of state.unannounced) {
    if (new Date(order.readableAt) > now) continue;
    state.unannounced.delete(order);
    order.announced = true;
    state.orders.put(order);
    const customer = order.customerId === null ? undefined : state.customers.get(order.customerId);
    if (customer) {
      state.emit({
        topic: customer.createdAt === order.createdAt ? "customers/create" : "customers/update",
        customer,
      });
    }
    state.emit({ topic: "orders/create", order });
    state.emit({ topic: "orders/paid", order });
    state.emit({ topic: "orders/updated", order });
    state.changed();
  }
}

/** Marks an order as changed and says so. */
export function touchOrder(state: StoreState, order: Order): void {
  order.updatedAt = state.clock.iso();
  state.orders.put(order);
  state.emit({ topic: "orders/updated", order });
  state.changed();
}

export function knownOrder(state: StoreState, orderId: number): Order {
  const order = state.orders.get(orderId);
  if (!order) throw new Error(`There is no order ${orderId}.`);
  return order;
}
