// From the cart to the moment before the order: contact, address, rate, codes, prices.
import { secretToken } from "./ids.ts";
import { priceLines, sameCode, sum } from "./pricing.ts";
import { ratesFor } from "./shipping.ts";
import type { StoreState } from "./state.ts";
import type { CodeResult, Store } from "./store.ts";
import type { Discount } from "./discount.ts";
import type { CartLine, Checkout, CheckoutTotals } from "./types.ts";

export type NewCart = Parameters<Store["startCheckout"]>[0];

export function startCheckout(state: StoreState, cart: NewCart): Checkout {
  const customer = cart.customerId ? state.customers.get(cart.customerId) : undefined;
  const checkout: Checkout = {
    token: secretToken(),
    cartToken: cart.cartToken ?? secretToken(),
    lines: mergeLines(cart.lines).filter((line) => state.variantIndex.has(line.variantId)),
    contact: customer
      ? {
          email: customer.email,
          firstName: customer.firstName,
          lastName: customer.lastName,
          phone: customer.phone,
          acceptsMarketing: customer.emailMarketing.state === "SUBSCRIBED",
        }
      : null,
    customerId: customer?.id ?? null,
    shippingAddress: customer?.defaultAddress ?? null,
    shippingRateId: "standard",
    discountCodes: [],
    gateway: "shopify_payments",
    landingSite: cart.landingSite ?? null,
    referringSite: cart.referringSite ?? null,
    userAgent: cart.userAgent ?? null,
    locale: cart.locale ?? customer?.locale ?? "en",
    note: cart.note ?? null,
    attributes: cart.attributes,
    orderId: null,
    createdAt: state.clock.iso(),
  };
  state.checkouts.set(checkout.token, checkout);
  for (const code of cart.discountCodes ?? []) applyDiscountCode(state, checkout.token, code);
  state.changed();
  return checkout;
}

function mergeLines(lines: CartLine[]): CartLine[] {
  const quantities = new Map<number, number>();
  for (const line of lines) {
    if (line.quantity > 0)
      quantities.set(line.variantId, (quantities.get(line.variantId) ?? 0) + line.quantity);
  }
  return [...quantities].map(([variantId, quantity]) => ({ variantId, quantity }));
}

export function openCheckout(state: StoreState, token: string): Checkout {
  const checkout = state.checkouts.get(token);
  if (!checkout) throw new Error("This checkout does not exist.");
  return checkout;
}

export function changeCheckout(state: StoreState, token: string, changes: Partial<Checkout>): Checkout {
  const checkout = Object.assign(openCheckout(state, token), changes);
  state.changed();
  return checkout;
}

/** Sets how many of a variant are in the cart; 0 takes it out. Says what stands in the way, for the buyer. */
export function setCheckoutQuantity(
  state: StoreState,
  token: string,
  variantId: number,
  quantity: number,
): CodeResult {
  const { lines } = openCheckout(state, token);
  const known = state.variantIndex.get(variantId);
  if (!known) return { status: "refused", reason: "This product does not exist." };
  if (quantity > known.variant.inventory) {
    return {
      status: "refused",
      reason: `Only ${known.variant.inventory} of "${known.product.title}" are left.`,
    };
  }
  const others = lines.filter((line) => line.variantId !== variantId);
  changeCheckout(state, token, { lines: quantity > 0 ? [...others, { variantId, quantity }] : others });
  return { status: "applied" };
}

export function applyDiscountCode(state: StoreState, token: string, code: string): CodeResult {
  const checkout = openCheckout(state, token);
  const trimmed = code.trim();
  const others = checkout.discountCodes.filter((known) => !sameCode(known, trimmed));
  const totals = priceCheckout(state, { ...checkout, discountCodes: [...others, trimmed] });
  const refused = totals.refusedCodes.find((entry) => sameCode(entry.code, trimmed));
  if (refused) return { status: "refused", reason: refused.reason };
  changeCheckout(state, token, { discountCodes: [...others, trimmed] });
  return { status: "applied" };
}

export function removeDiscountCode(state: StoreState, token: string, code: string): Checkout {
  const kept = openCheckout(state, token).discountCodes.filter((known) => !sameCode(known, code));
  return changeCheckout(state, token, { discountCodes: kept });
}

type Priced = Pick<
  Checkout,
  "lines" | "discountCodes" | "shippingAddress" | "shippingRateId" | "customerId" | "contact"
>;

export function priceCheckout(state: StoreState, checkout: Priced): CheckoutTotals {
  const lines = checkout.lines.flatMap((line) => {
    const known = state.variantIndex.get(line.variantId);
    return known ? [{ ...line, ...known, price: known.variant.price }] : [];
  });
  const subtotal = sum(lines.map((line) => line.price * line.quantity));
  const buyer = checkout.contact && state.customerByEmail.get(checkout.contact.email.toLowerCase());
  return priceLines({
    currency: state.shop.currency,
    taxRate: state.shop.taxRate,
    lines,
    codes: checkout.discountCodes,
    discountByCode: (code) => discountByCode(state, code),
    customerId: checkout.customerId ?? buyer?.id ?? null,
    rates: ratesFor(state.shop.countryCode, checkout.shippingAddress, subtotal),
    rateId: checkout.shippingRateId,
    now: state.clock.iso(),
  });
}

export function discountByCode(state: StoreState, code: string): Discount | undefined {
  return state.discounts.all().find((discount) => discount.codes.some((entry) => sameCode(entry.code, code)));
}
