import { toMinor } from "./money";
import { mainGateway, type LineSnapshot, type OrderSnapshot, type RefundSnapshot } from "./order";

/** An order as the Admin API tells it; for the import and for repairing what a webhook should have brought. */

type Money = { shopMoney: { amount: string } };
type Nullable<Value> = Value | null;

/** The fields of an order itself, without its connections; bulk queries and single queries share them. */
export const ORDER_FIELDS = `#graphql
  fragment OrderFields on Order {
    id
    name
    email
    phone
    customerLocale
    currencyCode
    presentmentCurrencyCode
    subtotalPriceSet { shopMoney { amount } }
    totalDiscountsSet { shopMoney { amount } }
    totalShippingPriceSet { shopMoney { amount } }
    totalTaxSet { shopMoney { amount } }
    totalPriceSet { shopMoney { amount } }
    displayFinancialStatus
    displayFulfillmentStatus
    paymentGatewayNames
    checkoutToken
    confirmationNumber
    statusPageUrl
    sourceName
    customerAcceptsMarketing
    test
    processedAt
    cancelledAt
    updatedAt
    discountCodes
    customer { id }
    shippingAddress { countryCodeV2 }
    fulfillments {
      id
      name
      status
      displayStatus
      createdAt
      updatedAt
      estimatedDeliveryAt
      deliveredAt
      trackingInfo(first: 20) { company number url }
    }
  }
`;

export const LINE_FIELDS = `#graphql
  fragment LineFields on LineItem {
    id
    title
    sku
    quantity
    currentQuantity
    product { id }
    variant { id }
    originalUnitPriceSet { shopMoney { amount } }
    discountAllocations { allocatedAmountSet { shopMoney { amount } } }
  }
`;

export type OrderNode = {
  id: string;
  name: string;
  email: Nullable<string>;
  phone: Nullable<string>;
  customerLocale: Nullable<string>;
  currencyCode: string;
  presentmentCurrencyCode: string;
  subtotalPriceSet: Nullable<Money>;
  totalDiscountsSet: Nullable<Money>;
  totalShippingPriceSet: Money;
  totalTaxSet: Nullable<Money>;
  totalPriceSet: Money;
  displayFinancialStatus: Nullable<string>;
  displayFulfillmentStatus: string;
  paymentGatewayNames: string[];
  checkoutToken: Nullable<string>;
  confirmationNumber: Nullable<string>;
  statusPageUrl: string;
  sourceName: Nullable<string>;
  customerAcceptsMarketing: boolean;
  test: boolean;
  processedAt: string;
  cancelledAt: Nullable<string>;
  updatedAt: string;
  discountCodes: string[];
  customer: Nullable<{ id: string }>;
  shippingAddress: Nullable<{ countryCodeV2: Nullable<string> }>;
  fulfillments: FulfillmentNode[];
};

export type FulfillmentNode = {
  id: string;
  name: string;
  status: string;
  displayStatus: Nullable<string>;
  createdAt: string;
  updatedAt: string;
  estimatedDeliveryAt: Nullable<string>;
  deliveredAt: Nullable<string>;
  trackingInfo: { company: Nullable<string>; number: Nullable<string>; url: Nullable<string> }[];
};

export type LineNode = {
  id: string;
  title: string;
  sku: Nullable<string>;
  quantity: number;
  currentQuantity: number;
  product: Nullable<{ id: string }>;
  variant: Nullable<{ id: string }>;
  originalUnitPriceSet: Money;
  discountAllocations: { allocatedAmountSet: Money }[];
};

/** Shopify's display status in the words of its webhooks. */
const FULFILLMENT_STATUS: Record<string, string> = {
  FULFILLED: "fulfilled",
  PARTIALLY_FULFILLED: "partial",
  RESTOCKED: "restocked",
};

/** The order's own columns, as a webhook would tell them. */
export function orderFromNode(
  node: OrderNode,
  lines: LineSnapshot[],
  refunds: RefundSnapshot[],
): OrderSnapshot {
  const minor = (set: Nullable<Money>) => (set ? toMinor(set.shopMoney.amount, node.currencyCode) : 0);
  return {
    gid: node.id,
    name: node.name,
    customer: node.customer ? { gid: node.customer.id } : null,
    email: node.email || null,
    phone: node.phone,
    locale: node.customerLocale ?? undefined,
    country: node.shippingAddress?.countryCodeV2 ?? "",
    currency: node.currencyCode,
    presentmentCurrency: node.presentmentCurrencyCode,
    subtotalMinor: minor(node.subtotalPriceSet),
    discountMinor: minor(node.totalDiscountsSet),
    shippingMinor: minor(node.totalShippingPriceSet),
    taxMinor: minor(node.totalTaxSet),
    totalMinor: minor(node.totalPriceSet),
    financialStatus: (node.displayFinancialStatus ?? "").toLowerCase(),
    fulfillmentStatus: FULFILLMENT_STATUS[node.displayFulfillmentStatus] ?? "unfulfilled",
    gateway: mainGateway(node.paymentGatewayNames),
    checkoutToken: node.checkoutToken ?? undefined,
    confirmationNumber: node.confirmationNumber ?? undefined,
    statusUrl: node.statusPageUrl,
    sourceName: node.sourceName,
    acceptsMarketing: node.customerAcceptsMarketing,
    test: node.test,
    placedAt: new Date(node.processedAt),
    cancelledAt: node.cancelledAt ? new Date(node.cancelledAt) : null,
    updatedAt: new Date(node.updatedAt),
    lines,
    discountCodes: [...new Set(node.discountCodes)].map((code) => ({ code })),
    refunds,
  };
}

export function lineFromNode(node: LineNode, currency: string): LineSnapshot {
  const minor = (set: Money) => toMinor(set.shopMoney.amount, currency);
  return {
    gid: node.id,
    productGid: node.product?.id ?? null,
    variantGid: node.variant?.id ?? null,
    title: node.title,
    sku: node.sku || null,
    quantity: node.quantity,
    priceMinor: minor(node.originalUnitPriceSet),
    discountMinor: node.discountAllocations.reduce((sum, share) => sum + minor(share.allocatedAmountSet), 0),
  };
}
