// Orders, their lines, money and visits.
import { gid } from "../../store/ids.ts";
import type { AppliedDiscount, LineItem, Order } from "../../store/types.ts";
import { as, type AdminContext, type Arguments, type Fields } from "../context.ts";
import { addressSource } from "./customers.ts";
import { outstandingOf } from "../../store/order-edits.ts";
import {
  currentLineTotal,
  currentQuantity,
  displayFinancialStatus,
  displayFulfillmentStatus,
  fulfillableQuantity,
  manualIndex,
  refundedAmount,
} from "./order-state.ts";
import { paidAtOnce, transactionsOf } from "./order-payments.ts";
import { readableOrders } from "./orders-list.ts";
import { withProduct } from "./products.ts";
import { metafieldFields } from "./shop.ts";
import { count, decimal, moneyBag, moneyV2 } from "./values.ts";

export type LineSource = LineItem & { order: Order };

export function lineSource(order: Order, line: LineItem): LineSource {
  return { ...line, order };
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const bag = (order: Order, amount: number) => moneyBag(amount, order.currency);

export const orderType: Fields<Order> = {
  id: (order) => gid("Order", order.id),
  legacyResourceId: (order) => String(order.id),
  name: (order) => order.name,
  number: (order) => order.number,
  confirmationNumber: (order) => order.confirmationNumber,
  checkoutToken: (order) => order.checkoutToken || null,
  cartToken: (order) => order.cartToken || null,
  email: (order) => order.email || null,
  phone: (order) => order.phone,
  customer: (order, _, context) =>
    order.customerId === null ? null : (context.store.customer(order.customerId) ?? null),
  customerLocale: (order) => order.locale,
  customerAcceptsMarketing: (order) => order.acceptsMarketing,
  confirmed: () => true,
  test: (order) => order.test,
  note: (order) => order.note,
  tags: (order) => order.tags,
  customAttributes: (order) => order.noteAttributes.map(({ name, value }) => ({ key: name, value })),
  sourceName: (order) => order.sourceName,
  statusPageUrl: (order, _, context) => `${context.config.origin}${context.store.statusPath(order)}`,
  createdAt: (order) => order.createdAt,
  processedAt: (order) => order.createdAt,
  updatedAt: (order) => order.updatedAt,
  cancelledAt: (order) => order.cancelledAt,
  cancelReason: (order) => order.cancelReason,
  closed: (order) => order.closedAt !== null,
  closedAt: (order) => order.closedAt,
  displayFinancialStatus: (order) => displayFinancialStatus(order),
  displayFulfillmentStatus: (order) => displayFulfillmentStatus(order),
  returnStatus: (order) =>
    order.refunds.some((refund) => refund.note === "Return") ? "RETURNED" : "NO_RETURN",
  fullyPaid: (order) => outstandingOf(order) === 0,
  unpaid: () => false,
  currencyCode: (order) => order.currency,
  presentmentCurrencyCode: (order) => order.currency,
  taxesIncluded: () => false,
  subtotalPriceSet: (order) => bag(order, order.subtotal),
  currentSubtotalPriceSet: (order) => bag(order, sum(order.lines.map(currentLineTotal))),
  totalPriceSet: (order) => bag(order, order.total),
  originalTotalPriceSet: (order) => bag(order, paidAtOnce(order)),
  currentTotalPriceSet: (order) => bag(order, order.total - refundedAmount(order)),
  netPaymentSet: (order) => bag(order, order.total - outstandingOf(order) - refundedAmount(order)),
  totalReceivedSet: (order) => bag(order, order.total - outstandingOf(order)),
  totalOutstandingSet: (order) => bag(order, outstandingOf(order)),
  paymentCollectionDetails: (order, _, context) => ({
    additionalPaymentCollectionUrl:
      outstandingOf(order) > 0 ? `${context.config.origin}${context.store.statusPath(order)}#balance` : null,
  }),
  totalRefundedSet: (order) => bag(order, refundedAmount(order)),
  totalRefundedShippingSet: (order) => bag(order, sum(order.refunds.map((refund) => refund.shipping))),
  totalShippingPriceSet: (order) => bag(order, order.shippingPrice),
  totalTaxSet: (order) => bag(order, order.tax),
  totalDiscountsSet: (order) => bag(order, order.totalDiscounts),
  totalTipReceivedSet: (order) => bag(order, 0),
  totalWeight: (order) => String(sum(order.lines.map((line) => line.grams * line.quantity))),
  subtotalLineItemsQuantity: (order) => sum(order.lines.map((line) => line.quantity)),
  currentSubtotalLineItemsQuantity: (order) => sum(order.lines.map(currentQuantity)),
  taxLines: (order, _, context) => (order.tax === 0 ? [] : [taxLine(order, order.tax, context)]),
  discountCode: (order) => order.discounts[0]?.code ?? null,
  discountCodes: (order) => order.discounts.map((discount) => discount.code),
  discountApplications: (order) => [
    ...order.discounts.map((discount, index) => codeApplication(order, discount, index)),
    ...order.lines.flatMap((line) => (line.manualDiscount ? [manualApplication(order, line)] : [])),
  ],
  paymentGatewayNames: (order) => [order.gateway],
  transactions: (order) => transactionsOf(order),
  lineItems: (order) => order.lines.map((line) => lineSource(order, line)),
  fulfillments: (order, args) =>
    order.fulfillments
      .slice(0, Number(args.first ?? Infinity))
      .map((fulfillment) => ({ ...fulfillment, order })),
  fulfillmentsCount: (order) => count(order.fulfillments.length),
  refunds: (order, args) =>
    order.refunds.slice(0, Number(args.first ?? Infinity)).map((refund) => ({ ...refund, order })),
  shippingAddress: (order) => addressSource(order.id, order.shippingAddress),
  billingAddress: (order) => addressSource(order.id, order.billingAddress),
  shippingLine: (order) => (order.shippingMethod ? shippingLine(order) : null),
  shippingLines: (order) => (order.shippingMethod ? [shippingLine(order)] : []),
  requiresShipping: () => true,
  landingPageUrl: (order, _, context) => landingUrl(order, context),
  referrerUrl: (order) => order.referringSite,
  clientIp: () => null,
  customerJourneySummary: (order) => order,
  ...metafieldFields<Order>("Order"),
};

function taxLine(order: Order, amount: number, context: AdminContext) {
  const rate = context.store.shop().taxRate;
  return {
    title: "Sales tax",
    rate,
    ratePercentage: rate * 100,
    price: decimal(amount, order.currency),
    priceSet: bag(order, amount),
  };
}

function codeApplication(order: Order, discount: AppliedDiscount, index: number) {
  const value =
    discount.type === "percentage"
      ? as("PricingPercentageValue", { percentage: discount.value })
      : as("MoneyV2", moneyV2(discount.value, order.currency));
  return as("DiscountCodeApplication", {
    code: discount.code,
    index,
    allocationMethod: "ACROSS",
    targetSelection: "ALL",
    targetType: "LINE_ITEM",
    value,
  });
}

/** Its index follows those of the codes. */
function manualApplication(order: Order, line: LineItem) {
  const { title, percent } = line.manualDiscount!;
  return as("ManualDiscountApplication", {
    title,
    description: title,
    index: manualIndex(order, line),
    allocationMethod: "EACH",
    targetSelection: "EXPLICIT",
    targetType: "LINE_ITEM",
    value: as("PricingPercentageValue", { percentage: percent }),
  });
}

function shippingLine(order: Order) {
  return {
    id: gid("ShippingLine", order.id),
    title: order.shippingMethod,
    code: order.shippingMethod,
    source: "shopify",
    custom: false,
    isRemoved: false,
    originalPriceSet: bag(order, order.shippingPrice),
    discountedPriceSet: bag(order, order.shippingPrice),
    currentDiscountedPriceSet: bag(order, order.shippingPrice),
  };
}

function landingUrl(order: Order, context: AdminContext): string | null {
  return order.landingSite === null ? null : new URL(order.landingSite, context.config.origin).toString();
}

/** One visit is known of each order: the one that led to it. */
export const journeySummaryType: Fields<Order> = {
  ready: () => true,
  customerOrderIndex: (order, _, context) => {
    if (order.customerId === null) return null;
    const own = context.store.customerOrders(order.customerId);
    return own.length - 1 - own.findIndex((other) => other.id === order.id);
  },
  daysToConversion: () => 0,
  momentsCount: () => count(1),
  firstVisit: (order) => order,
  lastVisit: (order) => order,
};

const visitQuery = (order: Order) => new URL(order.landingSite ?? "/", "http://shop.invalid").searchParams;

export const customerVisitType: Fields<Order> = {
  id: (order) => gid("CustomerVisit", order.id),
  occurredAt: (order) => order.createdAt,
  landingPage: (order, _, context) => landingUrl(order, context),
  referrerUrl: (order) => order.referringSite,
  referralCode: () => null,
  source: (order) =>
    visitQuery(order).get("utm_source") ??
    (order.referringSite ? new URL(order.referringSite).hostname : "direct"),
  sourceDescription: () => null,
  sourceType: () => null,
  utmParameters: (order) => {
    const query = visitQuery(order);
    if (!query.has("utm_source")) return null;
    const read = (name: string) => query.get(`utm_${name}`);
    return {
      source: read("source"),
      medium: read("medium"),
      campaign: read("campaign"),
      content: read("content"),
      term: read("term"),
    };
  },
};

export const lineItemType: Fields<LineSource> = {
  id: (line) => gid("LineItem", line.id),
  title: (line) => line.title,
  name: (line) =>
    line.variantTitle === "Default Title" ? line.title : `${line.title} - ${line.variantTitle}`,
  variantTitle: (line) => (line.variantTitle === "Default Title" ? null : line.variantTitle),
  sku: (line) => line.sku,
  vendor: (line) => line.vendor,
  quantity: (line) => line.quantity,
  currentQuantity: (line) => currentQuantity(line),
  refundableQuantity: (line) => currentQuantity(line),
  fulfillableQuantity: (line) => fulfillableQuantity(line),
  unfulfilledQuantity: (line) => fulfillableQuantity(line),
  nonFulfillableQuantity: (line) => line.quantity - fulfillableQuantity(line),
  fulfillmentStatus: (line) => (fulfillableQuantity(line) > 0 ? "unfulfilled" : "fulfilled"),
  requiresShipping: () => true,
  taxable: () => true,
  isGiftCard: () => false,
  customAttributes: () => [],
  product: (line, _, context) => context.store.product(line.productId) ?? null,
  variant: (line, _, context) => {
    const known = context.store.variant(line.variantId);
    return known ? withProduct(known.product, known.variant) : null;
  },
  image: (line, _, context) => {
    const product = context.store.product(line.productId);
    if (!product) return null;
    const url = `${context.config.origin}${context.store.picturePath(product)}`;
    return { url, altText: product.title, width: 400, height: 400 };
  },
  originalUnitPriceSet: (line) => bag(line.order, line.price),
  originalTotalSet: (line) => bag(line.order, line.price * line.quantity),
  totalDiscountSet: (line) => bag(line.order, line.discount),
  discountedTotalSet: (line) => bag(line.order, line.price * line.quantity - line.discount),
  discountedUnitPriceSet: (line) =>
    bag(line.order, Math.round((line.price * line.quantity - line.discount) / line.quantity)),
  discountedUnitPriceAfterAllDiscountsSet: (line) =>
    bag(line.order, Math.round((line.price * line.quantity - line.discount) / line.quantity)),
  discountAllocations: (line) =>
    line.manualDiscount
      ? [
          {
            allocatedAmountSet: bag(line.order, line.discount),
            discountApplication: manualApplication(line.order, line),
          },
        ]
      : line.discount === 0 || line.order.discounts.length === 0
        ? []
        : [
            {
              allocatedAmountSet: bag(line.order, line.discount),
              discountApplication: codeApplication(line.order, line.order.discounts[0]!, 0),
            },
          ],
  taxLines: (line, _, context) => (line.tax === 0 ? [] : [taxLine(line.order, line.tax, context)]),
};

export function findOrders(_: unknown, args: Arguments, context: AdminContext): Order[] {
  return readableOrders(context.store.orders(), args, context);
}
