// The demo shop's own words. Money is an integer in minor units of the shop's currency; times are ISO 8601 in UTC
// on the demo clock; ids are Shopify's numeric ids (`gid("Order", order.id)` makes the GraphQL form).

import type { Picture } from "./pictures.ts";

export type Iso = string;
export type Minor = number;

export type Shop = {
  id: number;
  domain: string;
  name: string;
  email: string;
  ownerName: string;
  currency: string;
  timezone: string;
  countryCode: string;
  /** Share of the price that is added as tax, e.g. 0.08. */
  taxRate: number;
  createdAt: Iso;
  updatedAt: Iso;
};

export type Address = {
  firstName: string;
  lastName: string;
  company?: string;
  address1: string;
  address2?: string;
  city: string;
  province?: string;
  provinceCode?: string;
  zip: string;
  country: string;
  countryCode: string;
  phone?: string;
};

export type Variant = {
  id: number;
  productId: number;
  inventoryItemId: number;
  /** "Default Title" when the product has no options, as at Shopify. */
  title: string;
  options: { name: string; value: string }[];
  sku: string;
  price: Minor;
  compareAtPrice: Minor | null;
  unitCost: Minor | null;
  inventory: number;
  grams: number;
};

export type Product = {
  id: number;
  title: string;
  handle: string;
  description: string;
  vendor: string;
  productType: string;
  tags: string[];
  status: "ACTIVE" | "DRAFT" | "ARCHIVED";
  picture: Picture;
  variants: Variant[];
  createdAt: Iso;
  updatedAt: Iso;
};

export type MarketingState = "SUBSCRIBED" | "UNSUBSCRIBED" | "PENDING" | "NOT_SUBSCRIBED";
export type OptInLevel = "SINGLE_OPT_IN" | "CONFIRMED_OPT_IN" | "UNKNOWN";

export type EmailMarketing = { state: MarketingState; optInLevel: OptInLevel; updatedAt: Iso | null };

export type Customer = {
  id: number;
  firstName: string;
  lastName: string;
  email: string;
  phone: string | null;
  locale: string;
  emailMarketing: EmailMarketing;
  /** Of text messages; left out: never asked. */
  smsMarketing?: EmailMarketing;
  defaultAddress: Address | null;
  tags: string[];
  numberOfOrders: number;
  amountSpent: Minor;
  createdAt: Iso;
  updatedAt: Iso;
};

export type LineItem = {
  id: number;
  productId: number;
  variantId: number;
  title: string;
  variantTitle: string;
  sku: string;
  vendor: string;
  quantity: number;
  /** Unit price before discounts. */
  price: Minor;
  /** Discount on the whole line. */
  discount: Minor;
  tax: Minor;
  grams: number;
  /** Units taken back by refunds or cancellation. */
  removed: number;
  fulfilled: number;
  /** A reduction that came with the line when it was added to the placed order. */
  manualDiscount?: { title: string; percent: number };
};

export type ShipmentStatus =
  | "LABEL_PRINTED"
  | "CONFIRMED"
  | "CARRIER_PICKED_UP"
  | "IN_TRANSIT"
  | "DELAYED"
  | "OUT_FOR_DELIVERY"
  | "ATTEMPTED_DELIVERY"
  | "READY_FOR_PICKUP"
  | "DELIVERED"
  | "FAILURE";

export type FulfillmentEvent = {
  id: number;
  status: ShipmentStatus;
  message: string;
  happenedAt: Iso;
  estimatedDeliveryAt: Iso | null;
  city: string | null;
  countryCode: string | null;
};

/** A scan that the carrier will make when the clock gets there. */
export type PlannedScan = { status: ShipmentStatus; at: Iso; message: string; city: string | null };

export type Tracking = { number: string; url: string };

export type Fulfillment = {
  id: number;
  orderId: number;
  name: string;
  status: "SUCCESS" | "CANCELLED";
  lines: { lineItemId: number; quantity: number }[];
  carrier: string;
  /** Empty where nothing is tracked: sold over the counter, fetched in the shop. */
  trackingNumber: string;
  trackingUrl: string;
  /** Of further boxes, where it left in several. */
  moreTracking?: Tracking[];
  shipmentStatus: ShipmentStatus | null;
  estimatedDeliveryAt: Iso | null;
  inTransitAt: Iso | null;
  deliveredAt: Iso | null;
  events: FulfillmentEvent[];
  planned: PlannedScan[];
  createdAt: Iso;
  updatedAt: Iso;
};

export type RefundLine = {
  id: number;
  lineItemId: number;
  quantity: number;
  restock: boolean;
  subtotal: Minor;
  tax: Minor;
};

export type Refund = {
  id: number;
  transactionId: number;
  orderId: number;
  note: string | null;
  lines: RefundLine[];
  /** Money given back, taxes and shipping included. */
  amount: Minor;
  shipping: Minor;
  createdAt: Iso;
};

/** A discount as it was used in an order. */
export type AppliedDiscount = {
  code: string;
  discountId: number | null;
  title: string;
  amount: Minor;
  type: "percentage" | "fixed_amount" | "shipping";
  /** 10 for 10 %, or minor units. */
  value: number;
};

export type Pickup = { fulfillmentOrderId: number; readyAt: Iso | null };

export type Order = {
  id: number;
  number: number;
  /** "#1001" */
  name: string;
  /** What the thank-you page shows, e.g. "X7K2P9QRS". */
  confirmationNumber: string;
  checkoutToken: string;
  cartToken: string;
  /** The secret in the order status URL. */
  statusKey: string;
  transactionId: number;
  customerId: number | null;
  email: string;
  phone: string | null;
  locale: string;
  currency: string;
  lines: LineItem[];
  discounts: AppliedDiscount[];
  subtotal: Minor;
  shippingPrice: Minor;
  shippingMethod: string;
  tax: Minor;
  total: Minor;
  totalDiscounts: Minor;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  gateway: string;
  landingSite: string | null;
  referringSite: string | null;
  /** "web"; "pos" at the till; "shopify_draft_order" where staff entered it. */
  sourceName: string;
  userAgent: string | null;
  acceptsMarketing: boolean;
  note: string | null;
  noteAttributes: { name: string; value: string }[];
  tags: string[];
  test: boolean;
  /** Where the buyer fetches it: Shopify's fulfillment order with delivery method "pick up". */
  pickup?: Pickup;
  fulfillments: Fulfillment[];
  refunds: Refund[];
  cancelledAt: Iso | null;
  cancelReason: "CUSTOMER" | "INVENTORY" | "FRAUD" | "DECLINED" | "OTHER" | null;
  closedAt: Iso | null;
  createdAt: Iso;
  updatedAt: Iso;
  /** From here on the Admin API knows the order; the thank-you page is earlier. */
  readableAt: Iso;
  /** What an order edit added and nobody has paid yet. */
  outstanding?: Minor;
  /** Balances that were paid after the purchase. */
  payments?: { id: number; amount: Minor; createdAt: Iso }[];
  /** False until orders/create was sent. */
  announced: boolean;
};

export type CartLine = { variantId: number; quantity: number };

export type Contact = {
  email: string;
  firstName?: string;
  lastName?: string;
  phone?: string | null;
  acceptsMarketing?: boolean;
};

export type ShippingRate = { id: string; title: string; price: Minor; days: string };

export type Checkout = {
  token: string;
  cartToken: string;
  lines: CartLine[];
  contact: Contact | null;
  /** Set when the buyer is logged in. */
  customerId: number | null;
  shippingAddress: Address | null;
  shippingRateId: string;
  discountCodes: string[];
  gateway: string;
  landingSite: string | null;
  referringSite: string | null;
  userAgent: string | null;
  locale: string;
  note: string | null;
  /** Cart attributes; the order carries them as note attributes. */
  attributes?: Record<string, string>;
  /** Set once the order is placed. */
  orderId: number | null;
  createdAt: Iso;
};

export type PricedLine = CartLine & {
  product: Product;
  variant: Variant;
  price: Minor;
  discount: Minor;
  total: Minor;
};

export type CheckoutTotals = {
  currency: string;
  lines: PricedLine[];
  subtotal: Minor;
  totalDiscounts: Minor;
  discounts: AppliedDiscount[];
  /** Codes of the checkout that do not count (any more), with the reason for the buyer. */
  refusedCodes: { code: string; reason: string }[];
  shipping: Minor;
  shippingRate: ShippingRate;
  tax: Minor;
  total: Minor;
};

export type MailMessage = {
  id: string;
  receivedAt: Iso;
  from: string;
  to: string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: { name: string; value: string }[];
  /** The mail as it came over the wire. */
  raw: string;
};
