// Loads a past from files in Shopify's order-export format (orders.csv, also gzipped): one row per line item, the
// order's own columns on its first row. Products and customers are derived from the orders.
// Dates are moved forward by whole weeks when the newest order is older than a month, so that the shop looks alive.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { confirmationNumber } from "../store/ids.ts";
import { pictureForTitle } from "../store/pictures.ts";
import { newId, type StoreState } from "../store/state.ts";
import type { Address, Customer, LineItem, Order, Product, Variant } from "../store/types.ts";
import { handleOf } from "./catalogue.ts";
import { csvRows } from "./csv.ts";
import { createRandom, type Random } from "./random.ts";

const WEEK = 7 * 86_400_000;
const STALE_AFTER = 31 * 86_400_000;
/** Order exports say nothing about stock; the storefront needs some. */
const ASSUMED_INVENTORY = 250;

const COUNTRY_NAMES = new Intl.DisplayNames("en", { type: "region" });

type Row = (column: string) => string;

/** Reads every *.csv and *.csv.gz of the folder. Throws when there is none or a column is missing. */
export function loadOrderExport(state: StoreState, folder: string, anchor: Date): void {
  const files = readdirSync(folder)
    .filter((name) => /\.csv(\.gz)?$/.test(name))
    .toSorted();
  if (files.length === 0) throw new Error(`There is no .csv or .csv.gz file in ${folder}.`);
  const groups = new Map<string, Row[]>();
  for (const file of files) collectRows(path.join(folder, file), groups);
  const orders = [...groups.values()].map((rows) => ({ rows, at: timeOf(rows[0]!("Created at")) }));
  orders.sort((a, b) => a.at - b.at);
  const newest = orders.at(-1)?.at ?? 0;
  const age = anchor.getTime() - newest;
  const shift = age > STALE_AFTER ? Math.floor(age / WEEK) * WEEK : 0;
  setShopFrom(state, orders[0]!.rows[0]!);
  const random = createRandom(1);
  const productsByKey = new Map<string, Product>();
  for (const { rows, at } of orders) {
    const time = new Date(at + shift).toISOString();
    const lines = rows.map((row) => lineFrom(state, row, productsByKey, time));
    state.orders.seed(orderFrom(state, rows[0]!, lines, time, random));
  }
  for (const product of productsByKey.values()) state.products.seed(product);
}

function collectRows(file: string, groups: Map<string, Row[]>): void {
  const bytes = readFileSync(file);
  const rows = csvRows((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
  const header = (rows.next().value as string[] | undefined) ?? [];
  const columns = new Map(header.map((name, index) => [name.replace(/^\uFEFF/, ""), index]));
  for (const needed of ["Name", "Created at", "Lineitem name", "Lineitem quantity", "Lineitem price"]) {
    if (!columns.has(needed))
      throw new Error(`${file} has no column "${needed}": not a Shopify order export.`);
  }
  for (const cells of rows) {
    const row: Row = (column) => cells[columns.get(column) ?? -1] ?? "";
    const name = row("Name");
    const known = groups.get(name);
    if (known) known.push(row);
    else groups.set(name, [row]);
  }
}

/** "2010-12-01 08:26:00 +0000" in milliseconds. */
function timeOf(value: string): number {
  const match = /^(\S+) (\S+) ([+-]\d\d):?(\d\d)$/.exec(value);
  return match ? Date.parse(`${match[1]}T${match[2]}${match[3]}:${match[4]}`) : Date.parse(value);
}

function minor(value: string): number {
  return Math.round(Number(value || 0) * 100);
}

const HOME_COUNTRY: Record<string, string> = { GBP: "GB", USD: "US", EUR: "DE", CAD: "CA", AUD: "AU" };

function setShopFrom(state: StoreState, first: Row): void {
  const currency = first("Currency") || state.shop.currency;
  state.shop.currency = currency;
  state.shop.countryCode = HOME_COUNTRY[currency] ?? state.shop.countryCode;
  const taxed = minor(first("Taxes"));
  state.shop.taxRate = taxed === 0 ? 0 : Math.round((taxed / minor(first("Subtotal"))) * 100) / 100;
}

function lineFrom(state: StoreState, row: Row, products: Map<string, Product>, time: string): LineItem {
  const price = minor(row("Lineitem price"));
  const product = productOf(state, row, products, price, time);
  const variant = product.variants[0]!;
  const quantity = Number(row("Lineitem quantity")) || 1;
  return {
    id: newId(state),
    productId: product.id,
    variantId: variant.id,
    title: product.title,
    variantTitle: variant.title,
    sku: variant.sku,
    vendor: product.vendor,
    quantity,
    price,
    discount: minor(row("Lineitem discount")),
    tax: 0,
    grams: 0,
    removed: 0,
    fulfilled: row("Lineitem fulfillment status") === "fulfilled" ? quantity : 0,
  };
}

function productOf(
  state: StoreState,
  row: Row,
  products: Map<string, Product>,
  price: number,
  time: string,
): Product {
  const title = row("Lineitem name");
  const sku = row("Lineitem sku");
  const known = products.get(sku || title);
  if (known) {
    if (price > 0) known.variants[0]!.price = price; // the newest price is today's price
    known.updatedAt = time;
    return known;
  }
  const id = newId(state);
  const variant: Variant = {
    id: newId(state),
    productId: id,
    inventoryItemId: newId(state),
    title: "Default Title",
    options: [{ name: "Title", value: "Default Title" }],
    sku,
    price,
    compareAtPrice: null,
    unitCost: null,
    inventory: ASSUMED_INVENTORY,
    grams: 0,
  };
  const product: Product = {
    id,
    title,
    handle: handleOf(sku ? `${title} ${sku}` : title),
    description: "",
    vendor: row("Vendor"),
    productType: "",
    tags: [],
    status: "ACTIVE",
    picture: pictureForTitle(title),
    variants: [variant],
    createdAt: time,
    updatedAt: time,
  };
  products.set(sku || title, product);
  return product;
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

function addressFrom(row: Row, kind: "Shipping" | "Billing"): Address | null {
  const countryCode = row(`${kind} Country`);
  if (!countryCode) return null;
  const [firstName = "", ...rest] = row(`${kind} Name`).split(" ");
  return {
    firstName,
    lastName: rest.join(" "),
    company: row(`${kind} Company`) || undefined,
    address1: row(`${kind} Address1`) || row(`${kind} Street`),
    address2: row(`${kind} Address2`) || undefined,
    city: row(`${kind} City`),
    provinceCode: row(`${kind} Province`) || undefined,
    zip: row(`${kind} Zip`).replace(/^'/, ""),
    country: COUNTRY_NAMES.of(countryCode) ?? countryCode,
    countryCode,
    phone: row(`${kind} Phone`) || undefined,
  };
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
    lastOrderId: null,
    createdAt: time,
    updatedAt: time,
  };
  state.customers.seed(customer);
  return customer;
}

function countOrder(customer: Customer, order: Order): void {
  customer.numberOfOrders += 1;
  customer.amountSpent += order.total - order.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  customer.lastOrderId = order.id;
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
