// What staff sell: at the till, or entered for somebody on the phone. Neither has a cart, a checkout or a visit.
import { priceCheckout } from "./checkout.ts";
import { announceOrders, knownBuyer, recordSale } from "./orders.ts";
import { fulfil } from "./parcels.ts";
import type { StoreState } from "./state.ts";
import type { CounterSale } from "./store.ts";
import type { Address, Checkout, Order } from "./types.ts";

export function sellAtTill(state: StoreState, sale: CounterSale): Order {
  const order = sell(state, sale, { sourceName: "pos", gateway: "cash", address: null });
  if (sale.takenAlong !== false) fulfil(state, order.id);
  return order;
}

export function enterOrder(state: StoreState, sale: CounterSale & { address: Address }): Order {
  return sell(state, sale, { sourceName: "shopify_draft_order", gateway: "manual", address: sale.address });
}

type Way = Pick<Checkout, "gateway"> & { sourceName: string; address: Address | null };

function sell(state: StoreState, sale: CounterSale, { sourceName, gateway, address }: Way): Order {
  const checkout: Checkout = {
    token: "",
    cartToken: "",
    lines: sale.lines,
    contact: sale.contact ?? null,
    customerId: null,
    shippingAddress: address,
    shippingRateId: address ? "standard" : "till",
    discountCodes: [],
    gateway,
    landingSite: null,
    referringSite: null,
    userAgent: null,
    locale: sale.locale ?? "en",
    note: null,
    orderId: null,
    createdAt: state.clock.iso(),
  };
  const totals = priceCheckout(state, checkout);
  if (totals.lines.length === 0) throw new Error("Nothing was sold.");
  if (!address)
    Object.assign(totals, { total: totals.total - totals.shipping, shipping: 0, shippingRate: TILL });
  const now = state.clock.now();
  const customer = sale.contact ? knownBuyer(state, checkout, now) : null;
  const order = recordSale(state, { checkout, totals, customer, sourceName, now });
  announceOrders(state, state.clock.now());
  return order;
}

const TILL = { id: "till", title: "", price: 0, days: "" };
