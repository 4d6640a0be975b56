// Puts the parts of one shop together behind the `Store` door.
import { addToOrder, payBalance } from "./order-edits.ts";
import type { Clock } from "../clock.ts";
import {
  applyDiscountCode,
  setCheckoutQuantity,
  changeCheckout,
  discountByCode,
  openCheckout,
  priceCheckout,
  removeDiscountCode,
  startCheckout,
} from "./checkout.ts";
import { changeCustomer, removeCustomer, setEmailMarketing } from "./customers.ts";
import {
  newId,
  restoreSnapshot,
  snapshotOf,
  createState,
  type StoreSnapshot,
  type StoreState,
} from "./state.ts";
import { announceOrders, placeOrder } from "./orders.ts";
import { cancelOrder, refundOrder } from "./refunds.ts";
import {
  findFulfillment,
  fulfil,
  moveParcels,
  moveToNextScan,
  setParcelStatus,
  stopParcel,
} from "./parcels.ts";
import { makeReady, orderOfPickup } from "./pickups.ts";
import { picturePath } from "./pictures.ts";
import { changeProduct, changeVariant, removeProduct } from "./products.ts";
import { enterOrder, sellAtTill } from "./staff-sales.ts";
import { carrierList, ratesFor } from "./shipping.ts";
import type { Store, StoreChange } from "./store.ts";
import type { Metafield } from "./metafield.ts";
import type { Shop } from "./types.ts";

/** What only the demo store itself may do with a shop; pages and resolvers get the `Store` part. */
export type RunningStore = Store & {
  /** The rows of now; another value after `reset`. */
  readonly state: StoreState;
  /** Forgets everything; the caller fills in a history again. */
  reset(): void;
  /** Announces orders and moves parcels that are due. */
  tick(now: Date): void;
  snapshot(): StoreSnapshot;
  restore(snapshot: StoreSnapshot): void;
  onSave(listener: () => void): void;
};

export type StoreOptions = { clock: Clock; shop: Shop; firstId: number; orderDelayMs: number };

export function createStore(options: StoreOptions): RunningStore {
  const listeners = new Set<(change: StoreChange) => void>();
  let onSave = () => {};
  let state = freshState();

  function freshState(): StoreState {
    const fresh = createState({ ...options, shop: { ...options.shop } });
    fresh.emit = (change) => listeners.forEach((listener) => listener(change));
    fresh.changed = () => onSave();
    return fresh;
  }

  // Plain comparison: localeCompare is ten times slower, and there may be 12,000 orders.
  const newestFirst = (a: { createdAt: string }, b: { createdAt: string }) =>
    a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0;

  return {
    get state() {
      return state;
    },
    reset() {
      state = freshState();
    },
    clock: options.clock,
    shop: () => state.shop,
    updateShop(changes) {
      Object.assign(state.shop, changes, { updatedAt: state.clock.iso() });
      state.emit({ topic: "shop/update", shop: state.shop });
      state.changed();
      return state.shop;
    },

    products: () => state.products.all(),
    product: (idOrHandle) =>
      typeof idOrHandle === "number"
        ? state.products.get(idOrHandle)
        : state.products.all().find((product) => product.handle === idOrHandle),
    variant: (id) => state.variantIndex.get(id),
    picturePath,
    updateProduct: (productId, changes) => changeProduct(state, productId, changes),
    updateVariant: (variantId, changes) => changeVariant(state, variantId, changes),
    deleteProduct: (productId) => removeProduct(state, productId),

    customers: () => state.customers.all().toSorted(newestFirst),
    customer: (id) => state.customers.get(id),
    customerByEmail: (email) => state.customerByEmail.get(email.trim().toLowerCase()),
    setEmailMarketing: (customerId, consent) => setEmailMarketing(state, customerId, consent),
    updateCustomer: (customerId, changes) => changeCustomer(state, customerId, changes),
    deleteCustomer: (customerId) => removeCustomer(state, customerId),

    startCheckout: (cart) => startCheckout(state, cart),
    checkout: (token) => state.checkouts.get(token),
    setContact: (token, contact) => changeCheckout(state, token, { contact }),
    setCheckoutQuantity: (token, variantId, quantity) =>
      setCheckoutQuantity(state, token, variantId, quantity),
    setShippingAddress: (token, shippingAddress) => changeCheckout(state, token, { shippingAddress }),
    shippingRates(token) {
      const checkout = openCheckout(state, token);
      const { subtotal } = priceCheckout(state, checkout);
      return ratesFor(state.shop.countryCode, checkout.shippingAddress, subtotal);
    },
    setShippingRate: (token, shippingRateId) => changeCheckout(state, token, { shippingRateId }),
    setGateway: (token, gateway) => changeCheckout(state, token, { gateway }),
    applyDiscountCode: (token, code) => applyDiscountCode(state, token, code),
    removeDiscountCode: (token, code) => removeDiscountCode(state, token, code),
    priceCheckout: (token) => priceCheckout(state, openCheckout(state, token)),
    priceCart: (lines, discountCodes = []) =>
      priceCheckout(state, {
        lines,
        discountCodes,
        shippingAddress: null,
        shippingRateId: "standard",
        customerId: null,
        contact: null,
      }),
    placeOrder: (token) => placeOrder(state, token),
    sellAtTill: (sale) => sellAtTill(state, sale),
    enterOrder: (sale) => enterOrder(state, sale),

    orders: () => state.orders.all().toSorted(newestFirst),
    orderById: (id) => state.orders.get(id),
    orderByCheckout: (token) => state.orderByCheckout.get(token),
    customerOrders: (customerId) => (state.ordersOfCustomer.get(customerId) ?? []).toSorted(newestFirst),
    statusPath: (order) => `/account/orders/${order.id}?key=${order.statusKey}`,
    addToOrder: (orderId, addition) => addToOrder(state, orderId, addition),
    payBalance: (orderId) => payBalance(state, orderId),
    cancelOrder: (orderId, reason = "CUSTOMER") => cancelOrder(state, orderId, reason),
    refund: (orderId, input) => refundOrder(state, orderId, input),

    carriers: carrierList,
    fulfil: (orderId, input) => fulfil(state, orderId, input),
    makeReady: (orderId) => makeReady(state, orderId),
    orderOfPickup: (fulfillmentOrderId) => orderOfPickup(state, fulfillmentOrderId),
    fulfillment: (id) => findFulfillment(state, id),
    stopParcel: (fulfillmentId) => stopParcel(state, fulfillmentId),
    moveParcels: (now) => moveParcels(state, now),
    moveToNextScan: (fulfillmentId) => moveToNextScan(state, fulfillmentId),
    setParcelStatus: (fulfillmentId, status, message) =>
      setParcelStatus(state, fulfillmentId, status, message),

    discounts: () => state.discounts.all(),
    discount: (id) => state.discounts.get(id),
    discountByCode: (code) => discountByCode(state, code),
    saveDiscount(discount) {
      state.discounts.put(discount);
      state.changed();
      return discount;
    },

    paymentCustomizations: () => state.paymentCustomizations.all(),
    addPaymentCustomization(customization) {
      const added = { id: newId(state), createdAt: state.clock.iso(), ...customization };
      state.paymentCustomizations.put(added);
      state.changed();
      return added;
    },
    changePaymentCustomization(id, changes) {
      const changed = Object.assign(state.paymentCustomizations.get(id)!, changes);
      state.paymentCustomizations.put(changed);
      state.changed();
      return changed;
    },
    removePaymentCustomization(id) {
      state.paymentCustomizations.remove(id);
      state.changed();
    },

    metafields: (ownerId) => state.metafields.all().filter((metafield) => metafield.ownerId === ownerId),
    setMetafield: (input) => setMetafield(state, input),

    newId: () => newId(state),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    tick(now) {
      announceOrders(state, now);
      moveParcels(state, now);
    },
    snapshot: () => snapshotOf(state),
    restore: (snapshot) => restoreSnapshot(state, snapshot),
    onSave(listener) {
      onSave = listener;
    },
  };
}

type MetafieldInput = Pick<Metafield, "ownerId" | "namespace" | "key" | "type" | "value">;

function setMetafield(state: StoreState, input: MetafieldInput): Metafield {
  const now = state.clock.iso();
  const known = state.metafields
    .all()
    .find(
      (metafield) =>
        metafield.ownerId === input.ownerId &&
        metafield.namespace === input.namespace &&
        metafield.key === input.key,
    );
  const metafield = known
    ? Object.assign(known, input, { updatedAt: now })
    : { ...input, id: newId(state), createdAt: now, updatedAt: now };
  state.metafields.put(metafield);
  state.changed();
  return metafield;
}
