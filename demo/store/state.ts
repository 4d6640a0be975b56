// The rows of one shop with their indexes. Only the modules in this folder touch it; everybody else uses `Store`.
import type { Clock } from "../clock.ts";
import type { StoreChange } from "./store.ts";
import { createTable, type Table, type TableChanges } from "./table.ts";
import type { Discount } from "./discount.ts";
import type { Metafield } from "./metafield.ts";
import type { PaymentCustomization } from "./payments.ts";
import type { Checkout, Customer, Order, Product, Shop, Variant } from "./types.ts";

export type StoreState = {
  clock: Clock;
  orderDelayMs: number;
  shop: Shop;
  products: Table<Product>;
  customers: Table<Customer>;
  orders: Table<Order>;
  discounts: Table<Discount>;
  metafields: Table<Metafield>;
  paymentCustomizations: Table<PaymentCustomization>;
  checkouts: Map<string, Checkout>;
  variantIndex: Map<number, { product: Product; variant: Variant }>;
  customerByEmail: Map<string, Customer>;
  /** Oldest first. */
  ordersOfCustomer: Map<number, Order[]>;
  orderByCheckout: Map<string, Order>;
  orderOfFulfillment: Map<number, Order>;
  /** Orders whose orders/create is still to come. */
  unannounced: Set<Order>;
  /** Orders with a parcel that has scans to come. */
  moving: Set<Order>;
  nextId: number;
  nextOrderNumber: number;
  emit: (change: StoreChange) => void;
  /** Something has to be saved. */
  changed: () => void;
};

export type StoreSnapshot = {
  shop: Shop;
  nextId: number;
  nextOrderNumber: number;
  products: TableChanges<Product>;
  customers: TableChanges<Customer>;
  orders: TableChanges<Order>;
  discounts: TableChanges<Discount>;
  metafields: TableChanges<Metafield>;
  paymentCustomizations: TableChanges<PaymentCustomization>;
  checkouts: Checkout[];
};

export function createState(options: {
  clock: Clock;
  orderDelayMs: number;
  shop: Shop;
  firstId: number;
}): StoreState {
  const variantIndex: StoreState["variantIndex"] = new Map();
  const customerByEmail: StoreState["customerByEmail"] = new Map();
  const ordersOfCustomer: StoreState["ordersOfCustomer"] = new Map();
  const orderByCheckout: StoreState["orderByCheckout"] = new Map();
  const orderOfFulfillment: StoreState["orderOfFulfillment"] = new Map();
  const unannounced: StoreState["unannounced"] = new Set();
  const moving: StoreState["moving"] = new Set();

  const products = createTable<Product>({
    added: (product) =>
      product.variants.forEach((variant) => variantIndex.set(variant.id, { product, variant })),
    removed: (product) => product.variants.forEach((variant) => variantIndex.delete(variant.id)),
  });
  const customers = createTable<Customer>({
    added: (customer) => customerByEmail.set(customer.email.toLowerCase(), customer),
    removed: (customer) => customerByEmail.delete(customer.email.toLowerCase()),
  });
  const orders = createTable<Order>({
    added(order) {
      if (order.customerId !== null) listAt(ordersOfCustomer, order.customerId).push(order);
      // Staff sell without a checkout.
      if (order.checkoutToken) orderByCheckout.set(order.checkoutToken, order);
      for (const fulfillment of order.fulfillments) {
        orderOfFulfillment.set(fulfillment.id, order);
        if (fulfillment.planned.length > 0) moving.add(order);
      }
      if (!order.announced) unannounced.add(order);
    },
    removed(order) {
      const siblings = order.customerId === null ? undefined : ordersOfCustomer.get(order.customerId);
      siblings?.splice(siblings.indexOf(order), 1);
      moving.delete(order);
      unannounced.delete(order);
    },
  });

  return {
    ...options,
    products,
    customers,
    orders,
    discounts: createTable<Discount>(),
    metafields: createTable<Metafield>(),
    paymentCustomizations: createTable<PaymentCustomization>(),
    checkouts: new Map(),
    variantIndex,
    customerByEmail,
    ordersOfCustomer,
    orderByCheckout,
    orderOfFulfillment,
    unannounced,
    moving,
    nextId: options.firstId,
    nextOrderNumber: 1001,
    emit: () => {},
    changed: () => {},
  };
}

function listAt<Value>(map: Map<number, Value[]>, key: number): Value[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

export function newId(state: StoreState): number {
  return state.nextId++;
}

const KEPT_CHECKOUTS = 200;

export function snapshotOf(state: StoreState): StoreSnapshot {
  return {
    shop: state.shop,
    nextId: state.nextId,
    nextOrderNumber: state.nextOrderNumber,
    products: state.products.changes(),
    customers: state.customers.changes(),
    orders: state.orders.changes(),
    discounts: state.discounts.changes(),
    metafields: state.metafields.changes(),
    paymentCustomizations: state.paymentCustomizations.changes(),
    checkouts: [...state.checkouts.values()].slice(-KEPT_CHECKOUTS),
  };
}

export function restoreSnapshot(state: StoreState, snapshot: StoreSnapshot): void {
  state.shop = snapshot.shop;
  state.nextId = Math.max(state.nextId, snapshot.nextId);
  state.nextOrderNumber = Math.max(state.nextOrderNumber, snapshot.nextOrderNumber);
  state.products.restore(snapshot.products);
  state.customers.restore(snapshot.customers);
  state.orders.restore(snapshot.orders);
  state.discounts.restore(snapshot.discounts);
  state.metafields.restore(snapshot.metafields);
  // A snapshot of an older demo has none.
  state.paymentCustomizations.restore(snapshot.paymentCustomizations ?? { rows: [], removed: [] });
  for (const checkout of snapshot.checkouts) state.checkouts.set(checkout.token, checkout);
}
