// Discounts with one or many redeem codes.
import type { Iso, Minor } from "./types.ts";

export type DiscountValue =
  | { kind: "percentage"; /** 10 for 10 %. */ percent: number }
  | { kind: "fixed"; amount: Minor; eachItem: boolean };

export type RedeemCode = { id: number; code: string; used: number };

export type Discount = {
  id: number;
  title: string;
  value: DiscountValue;
  /** Only these goods are discounted; both empty = all goods. */
  productIds: number[];
  variantIds: number[];
  /** Only these customers may use it; empty = everybody. */
  customerIds: number[];
  minimumSubtotal: Minor | null;
  minimumQuantity: number | null;
  /** Per code, as at Shopify for codes of one discount: the sum over all codes. */
  usageLimit: number | null;
  oncePerCustomer: boolean;
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  startsAt: Iso;
  endsAt: Iso | null;
  codes: RedeemCode[];
  /** Customer ids that used it, for `oncePerCustomer`. */
  usedBy: number[];
  createdAt: Iso;
  updatedAt: Iso;
};
