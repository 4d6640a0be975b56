import type { Moment, OrderActor } from "./contract";
import { toMinor } from "./money";

type Signal<T> = { readonly value: T };
type Line = {
  id: string;
  quantity: number;
  merchandise: { id: string; product: { id: string } };
  cost: { totalAmount: { amount: number; currencyCode: string } };
};

/** What the thank-you page and the order status page have in common. */
export type SharedApi = {
  lines: Signal<Line[]>;
  checkoutToken: Signal<string | undefined>;
  /** Of the cart. */
  attributes: Signal<{ key: string; value: string }[] | undefined>;
  localization: {
    language: Signal<{ isoCode: string }>;
    currency: Signal<{ isoCode: string }>;
    country: Signal<{ isoCode: string } | undefined>;
  };
  customerPrivacy: Signal<{ allowedProcessing: { analytics: boolean } }>;
  /** `editor` is set while the merchant arranges blocks in the checkout editor. */
  extension: { editor?: unknown };
};

export type ThankYouApi = SharedApi & {
  orderConfirmation: Signal<{ order: { id: string }; number?: string; isFirstOrder: boolean }>;
};

export type OrderStatusApi = SharedApi & {
  order: Signal<{ id: string; confirmationNumber?: string } | undefined>;
};

/** Set by the block in the cart (storefront/assets/cart-offer.js): the cart's token. */
const CART = "_postlude_cart";
/** The app takes no more lines than that; a longer order is judged by its first ones. */
const MOST_LINES = 500;

export function thankYouMoment(api: ThankYouApi): Moment {
  const { order, number, isFirstOrder } = api.orderConfirmation.value;
  return {
    surface: "thank-you",
    orderId: order.id,
    confirmationNumber: number,
    isFirstOrder,
    ...sharedMoment(api),
  };
}

/** Null until the page knows its order. */
export function orderStatusMoment(api: OrderStatusApi): Moment | null {
  const order = api.order.value;
  if (!order) return null;
  return {
    surface: "order-status",
    orderId: order.id,
    confirmationNumber: order.confirmationNumber,
    ...sharedMoment(api),
  };
}

/** There is no order yet; the token tells this checkout from others. */
export function checkoutMoment(api: SharedApi): Moment {
  return { surface: "checkout", ...sharedMoment(api) };
}

/** What the pages of the customer account tell: no order, no cart. */
export type AccountApi = Pick<SharedApi, "extension" | "customerPrivacy"> & {
  localization: Pick<SharedApi["localization"], "language"> & {
    country?: SharedApi["localization"]["country"];
  };
};

/** Null where the shopper did not allow us to know them: without that, these pages say nothing about anybody. */
export function accountMoment(api: AccountApi): Moment | null {
  const moment = ownAccountMoment(api);
  return moment.mayLink || moment.preview ? { ...moment, mayLink: true } : null;
}

/** For what belongs to the shopper anyway, such as their messages. */
export function ownAccountMoment(api: AccountApi): Moment {
  const { language, country } = api.localization;
  return {
    surface: "account",
    locale: language.value.isoCode,
    country: country?.value?.isoCode,
    lines: [],
    mayLink: api.customerPrivacy.value.allowedProcessing.analytics,
    preview: api.extension.editor ? true : undefined,
  };
}

function sharedMoment(api: SharedApi): Omit<Moment, "surface" | "orderId"> {
  const { language, currency, country } = api.localization;
  return {
    checkoutToken: api.checkoutToken.value,
    cartToken: api.attributes.value?.find(({ key }) => key === CART)?.value,
    locale: language.value.isoCode,
    currency: currency.value.isoCode,
    country: country.value?.isoCode,
    lines: api.lines.value.slice(0, MOST_LINES).map(momentLine),
    mayLink: api.customerPrivacy.value.allowedProcessing.analytics,
    preview: api.extension.editor ? true : undefined,
  };
}

function momentLine({ merchandise, quantity, cost }: Line): Moment["lines"][number] {
  const { amount, currencyCode } = cost.totalAmount;
  return {
    productId: merchandise.product.id,
    variantId: merchandise.id,
    quantity,
    amountMinor: toMinor(amount, currencyCode),
  };
}

/** The part of a moment that says who acts for which order; of use only where there is one. */
export function actorOf(moment: Moment): OrderActor {
  const { surface, orderId = "", checkoutToken, confirmationNumber, locale } = moment;
  return { surface, orderId, checkoutToken, confirmationNumber, locale };
}
