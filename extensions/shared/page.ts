import { callApp, type SessionToken } from "./client";
import type { Moment, OutcomeRequest } from "./contract";
import { cartOf, type Cart, type CheckoutApi } from "./cart";
import {
  accountMoment,
  checkoutMoment,
  orderStatusMoment,
  ownAccountMoment,
  thankYouMoment,
  type AccountApi,
  type OrderStatusApi,
  type SharedApi,
  type ThankYouApi,
} from "./moment";
import { fromMinor } from "./money";

/** What a block gets from the page it stands on: the same for every page, so that blocks know no page. */
export type Page = {
  /** Reads signals: called while rendering, the block follows them. Null while the page does not know its order. */
  moment: () => Moment | null;
  /** The merchant arranges the page in the checkout editor: sample content, nothing is stored. */
  inEditor: boolean;
  /** The merchant's text for `key`, or undefined where the field is empty. */
  setting: (key: string) => string | undefined;
  /** A text of `locales/`; with a `count` the plural form of the language. */
  text: (key: string, values?: Record<string, string | number>) => string;
  /** Integer minor units → "19,99 €" in the shopper's language. */
  money: (minor: number, currency: string) => string;
  number: (value: number, options?: Intl.NumberFormatOptions) => string;
  /** ISO time → date in the shopper's language and time zone. */
  date: (iso: string, options: Intl.DateTimeFormatOptions) => string;
  /** One call to the app; null when it did not go through. */
  call: <Answer>(path: string, body: unknown, timeoutMs?: number) => Promise<Answer | null>;
  /** Only in the steps of the checkout. */
  cart?: Cart;
  /** Tells what became of a placement. Nobody waits for it. */
  tell: (outcome: OutcomeRequest) => void;
};

/** Actions show progress, so they may take longer than the first content. */
const ACTION_TIMEOUT_MS = 8000;

type Formats = Intl.NumberFormatOptions & { inExtensionLocale?: boolean };
type PageApi = Pick<SharedApi, "extension"> & {
  sessionToken: SessionToken;
  settings: { readonly value: Record<string, string | number | boolean | undefined> };
  i18n: {
    translate: (key: string, values?: Record<string, string | number>) => string;
    formatCurrency: (amount: number, options?: Formats) => string;
    formatNumber: (value: number, options?: Formats) => string;
    formatDate: (
      date: Date,
      options?: Intl.DateTimeFormatOptions & { inExtensionLocale?: boolean },
    ) => string;
  };
};

export function thankYouPage(api: PageApi & ThankYouApi): Page {
  return pageOf(api, () => thankYouMoment(api));
}

export function orderStatusPage(api: PageApi & OrderStatusApi): Page {
  return pageOf(api, () => orderStatusMoment(api));
}

export function checkoutPage(api: PageApi & CheckoutApi): Page {
  return { ...pageOf(api, () => checkoutMoment(api)), cart: cartOf(api) };
}

export function accountPage(api: PageApi & AccountApi): Page {
  return pageOf(api, () => accountMoment(api));
}

/** An account page for what is the shopper's own, whatever they allowed us to know: nothing is linked to them. */
export function ownAccountPage(api: PageApi & AccountApi): Page {
  return pageOf(api, () => ownAccountMoment(api));
}

function pageOf(api: PageApi, moment: Page["moment"]): Page {
  const { i18n, sessionToken, settings } = api;
  const inEditor = Boolean(api.extension.editor);
  const call: Page["call"] = (path, body, timeoutMs = ACTION_TIMEOUT_MS) =>
    callApp(sessionToken, path, body, { timeoutMs });
  return {
    moment,
    inEditor,
    call,
    setting: (key) => String(settings.value[key] ?? "").trim() || undefined,
    text: (key, values) => i18n.translate(key, values),
    money: (minor, currency) => i18n.formatCurrency(fromMinor(minor, currency), { currency }),
    number: (value, options) => i18n.formatNumber(value, options),
    date: (iso, options) => i18n.formatDate(new Date(iso), options),
    tell: (outcome) => {
      if (inEditor) return;
      const options = { timeoutMs: ACTION_TIMEOUT_MS, outlivesPage: true };
      void callApp(sessionToken, "/api/outcomes", outcome, options);
    },
  };
}
