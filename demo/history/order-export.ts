// Loads a past from files in Shopify's order-export format (orders.csv, also gzipped): one row per line item, the
// order's own columns on its first row. Products and customers are derived from the orders.
// Dates are moved forward by whole weeks when the newest order is older than a month, so that the shop looks alive.
import { confirmationNumber } from "../store/ids.ts";
import { newId, type StoreState } from "../store/state.ts";
import type { Address, Customer, LineItem, Order, Product } from "../store/types.ts";
import { lineFrom } from "./order-export-goods.ts";
import { addressFrom, minor, readOrderRows, timeOf, type Row } from "./order-export-rows.ts";
import { createRandom, type Random } from "./random.ts";

const WEEK = 7 * 86_400_000;
const STALE_AFTER = 31 * 86_400_000;

/** Fills an empty shop from the files of `folder`. Throws when there is none or a column is missing. */
export function loadOrderExport(state: StoreState, folder: string, anchor: Date): void {
  const orders = readOrderRows(folder).map((rows) => ({ rows, at: timeOf(rows.first("Created at")) }));
  orders.sort((a, b) => a.at - b.at);
  const newest = orders.at(-1)?.at ?? 0;
  const age = anchor.getTime() - newest;
  const shift = age > STALE_AFTER ? Math.floor(age / WEEK) * WEEK : 0;
  setShopFrom(state, orders[0]!.rows.first);
  const random = createRandom(1);
  const productsByKey = new Map<string, Product>();
  for (const { rows, at } of orders) {
    const time = new Date(at + shift).toISOString();
    const lines = rows.all().map((row) => lineFrom(state, row, productsByKey, time));
    state.orders.seed(orderFrom(state, rows.first, lines, time, random));
  }
  for (const product of productsByKey.values()) state.products.seed(product);
}

const HOME_COUNTRY: Record<string, string> = { GBP: "GB", USD: "US", EUR: "DE", CAD: "CA", AUD: "AU" };

function setShopFrom(state: StoreState, first: Row): void {
  const currency = first("Currency") || state.shop.currency;
  state.shop.currency = currency;
  state.shop.countryCode = HOME_COUNTRY[currency] ?? state.shop.countryCode;
  const taxed = minor(first("Taxes"));
  state.shop.taxRate = taxed === 0 ? 0 : Math.round((taxed / minor(first("Subtotal"))) * 100) / 100;
}

function orderFrom(state: StoreState, row: Row, lines: LineItem[], time: string, random: Random): Order {
  const name = row("Name");
  const digits = Number(name.replace(/\D/g, ""));
  const number = digits || state.nextOrderNumber;
  state.nextOrderNumber = Math.max(state.nextOrderNumber, number + 1);
  const exportId = Number(row("Id"));
  const shippingAddress = addressFrom(row, "Shipping");
  const total = minor(row("Total"));
  const customer = customerOf(state, row, shippingAddress, time);
  const discountAmount = minor(row("Discount Amount"));
  const order: Order = {
    id: exportId && !state.orders.get(exportId) ? exportId : newId(state),
    number,
    name,
    confirmationNumber: confirmationNumber((limit) => random.below(limit)),
    checkoutToken: random.hex(32),
    cartToken: random.hex(32),
    statusKey: random.hex(32),
    transactionId: newId(state),
    customerId: customer?.id ?? null,
    email: row("Email"),
    phone: row("Phone") || null,
    locale: customer?.locale ?? "en",
    currency: row("Currency") || state.shop.currency,
    lines,
    discounts: row("Discount Code")
      ? [
          {
            code: row("Discount Code"),
            discountId: null,
            title: row("Discount Code"),
            amount: discountAmount,
            type: "fixed_amount",
            value: discountAmount,
          },
        ]
      : [],
    subtotal: minor(row("Subtotal")),
    shippingPrice: minor(row("Shipping")),
    shippingMethod: row("Shipping Method"),
    tax: minor(row("Taxes")),
    total,
    totalDiscounts: discountAmount,
    shippingAddress,
    billingAddress: addressFrom(row, "Billing") ?? shippingAddress,
    gateway: row("Payment Method") || "manual",
    landingSite: null,
    referringSite: null,
    sourceName: row("Source") || "web",
    userAgent: null,
    acceptsMarketing: row("Accepts Marketing") === "yes",
    note: row("Notes") || null,
    noteAttributes: [],
    tags: row("Tags")
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean),
    test: false,
    fulfillments: [],
    refunds: [],
    cancelledAt: row("Cancelled at") ? time : null,
    cancelReason: row("Cancelled at") ? "OTHER" : null,
    closedAt: null,
    createdAt: time,
    updatedAt: time,
    readableAt: time,
    announced: true,
  };
  addFulfillment(state, order);
  addRefund(state, order, minor(row("Refunded Amount")));
  if (customer) countOrder(customer, order);
  return order;
}

function customerOf(
  state: StoreState,
  row: Row,
  address: Address | null,
  time: string,
): Customer | undefined {
  const email = row("Email");
  if (!email) return undefined;
  const known = state.customerByEmail.get(email.toLowerCase());
  if (known) return known;
  const subscribed = row("Accepts Marketing") === "yes";
  const customer: Customer = {
    id: newId(state),
    firstName: address?.firstName ?? "",
    lastName: address?.lastName ?? "",
    email,
    phone: row("Phone") || null,
    locale: "en",
    emailMarketing: subscribed
      ? { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: time }
      : { state: "NOT_SUBSCRIBED", optInLevel: "UNKNOWN", updatedAt: null },
    defaultAddress: address,
    tags: [],
    numberOfOrders: 0,
    amountSpent: 0,
    createdAt: time,
    updatedAt: time,
  };
  state.customers.seed(customer);
  return customer;
}

function countOrder(customer: Customer, order: Order): void {
  customer.numberOfOrders += 1;
  customer.amountSpent += order.total - order.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  customer.updatedAt = order.createdAt;
}

/** Exports say that lines were shipped, but not how: one fulfilment without tracking. */
function addFulfillment(state: StoreState, order: Order): void {
  const shipped = order.lines.filter((line) => line.fulfilled > 0);
  if (shipped.length === 0) return;
  order.fulfillments.push({
    id: newId(state),
    orderId: order.id,
    name: `${order.name}.1`,
    status: "SUCCESS",
    lines: shipped.map((line) => ({ lineItemId: line.id, quantity: line.fulfilled })),
    carrier: "",
    trackingNumber: "",
    trackingUrl: "",
    shipmentStatus: null,
    estimatedDeliveryAt: null,
    inTransitAt: null,
    deliveredAt: null,
    events: [],
    planned: [],
    createdAt: order.createdAt,
    updatedAt: order.createdAt,
  });
}

function addRefund(state: StoreState, order: Order, amount: number): void {
  if (amount === 0) return;
  order.refunds.push({
    id: newId(state),
    transactionId: newId(state),
    orderId: order.id,
    note: null,
    lines: [],
    shipping: 0,
    amount,
    createdAt: order.createdAt,
  });
}
