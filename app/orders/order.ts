import type { CustomerSnapshot } from "#app/customers/customers.server";

/**
 * An order as one webhook or query tells it. Times are UTC; money is in minor units of `currency`, the shop's.
 * `undefined` means "not told": what is stored stays.
 */
export type OrderSnapshot = {
  gid: string;
  name: string;
  customer: CustomerSnapshot | null;
  email: string | null;
  phone: string | null;
  locale?: string;
  country: string;
  currency: string;
  /** What the buyer paid in. */
  presentmentCurrency?: string | null;
  subtotalMinor: number;
  discountMinor: number;
  shippingMinor: number;
  taxMinor: number;
  totalMinor: number;
  /** Shopify's words in lower case: pending, authorized, partially_paid, paid, partially_refunded, refunded, voided. */
  financialStatus: string;
  /** unfulfilled, partial, fulfilled, restocked */
  fulfillmentStatus: string;
  gateway: string | null;
  /** What the buyer held in hand; only webhooks tell it. */
  device?: Device | null;
  checkoutToken?: string | null;
  /** Only webhooks tell it. */
  cartToken?: string | null;
  confirmationNumber?: string | null;
  statusUrl?: string | null;
  sourceName?: string | null;
  landingSite?: string | null;
  referringSite?: string | null;
  acceptsMarketing: boolean;
  test: boolean;
  placedAt: Date;
  cancelledAt: Date | null;
  updatedAt: Date;
  lines: LineSnapshot[];
  /** `amountMinor` is left out where the telling names the code only. */
  discountCodes: { code: string; amountMinor?: number }[];
  refunds: RefundSnapshot[];
};

export type Device = "phone" | "desktop";

export type LineSnapshot = {
  gid: string;
  productGid: string | null;
  variantGid: string | null;
  title: string;
  sku: string | null;
  quantity: number;
  /** Unit price before discounts. */
  priceMinor: number;
  /** Over all units of the line. */
  discountMinor: number;
};

export type RefundSnapshot = {
  gid: string;
  amountMinor: number;
  currency: string;
  refundedAt: Date;
  lines: { gid: string; lineItemGid: string; quantity: number; subtotalMinor: number }[];
};

type Progress = {
  updatedAt: Date;
  financialStatus: string;
  fulfillmentStatus: string;
  cancelledAt: Date | null;
};

const FINANCIAL_ORDER = [
  "pending",
  "authorized",
  "partially_paid",
  "paid",
  "partially_refunded",
  "refunded",
  "voided",
];
const FULFILLMENT_ORDER = ["unfulfilled", "partial", "fulfilled", "restocked"];

/**
 * Which of two tellings of an order is the later one. Shopify's times have whole seconds, and `orders/create` and
 * `orders/paid` often share one; then the order that got further is the later. Positive: `a` is later; 0: the same.
 */
export function compareTellings(a: Progress, b: Progress): number {
  return (
    a.updatedAt.getTime() - b.updatedAt.getTime() ||
    Number(a.cancelledAt !== null) - Number(b.cancelledAt !== null) ||
    FINANCIAL_ORDER.indexOf(a.financialStatus) - FINANCIAL_ORDER.indexOf(b.financialStatus) ||
    FULFILLMENT_ORDER.indexOf(a.fulfillmentStatus) - FULFILLMENT_ORDER.indexOf(b.fulfillmentStatus)
  );
}

/** Money has come in; a refunded order was paid before. */
export function wasPaid(order: Pick<OrderSnapshot, "financialStatus">): boolean {
  return ["paid", "partially_refunded", "refunded"].includes(order.financialStatus);
}

/** The gateway that took the money; gift cards only take some of it off beforehand. */
export function mainGateway(names: string[]): string | null {
  return names.find((name) => name !== "gift_card") ?? names[0] ?? null;
}

/** null where the browser did not say. Tablets count as desktops: their pages look like those. */
export function deviceOf(userAgent: string | null | undefined): Device | null {
  if (!userAgent) return null;
  return /Mobi|iPhone/.test(userAgent) ? "phone" : "desktop";
}
