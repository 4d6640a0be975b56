// orders/*, with the lines that fulfilments and refunds repeat.
import {
  currentLineTotal,
  currentQuantity,
  displayFinancialStatus,
  displayFulfillmentStatus,
  refundedAmount,
} from "../../admin-api/resolvers/order-state.ts";
import { outstandingOf } from "../../store/order-edits.ts";
import { gid } from "../../store/ids.ts";
import type { AppliedDiscount, Customer, LineItem, Minor, Order } from "../../store/types.ts";
import { customerPayload } from "./customer.ts";
import { fulfillmentPayload } from "./fulfillment.ts";
import { linePayload, taxLines } from "./line.ts";
import { refundPayload } from "./refund.ts";
import { addressPayload, decimal, moneySet } from "./values.ts";

export type OrderSurroundings = {
  customer: Customer | undefined;
  origin: string;
  statusPath: string;
  taxRate: number;
};

const sum = (values: Minor[]) => values.reduce((total, value) => total + value, 0);

export function orderPayload(order: Order, around: OrderSurroundings) {
  const { currency } = order;
  const priced = (name: string, amount: Minor) => ({
    [name]: decimal(amount, currency),
    [`${name}_set`]: moneySet(amount, currency),
  });
  const refunded = refundedAmount(order);
  return {
    id: order.id,
    admin_graphql_api_id: gid("Order", order.id),
    app_id: 580111,
    browser_ip: null,
    buyer_accepts_marketing: order.acceptsMarketing,
    cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    cancelled_at: order.cancelledAt,
    cart_token: order.cartToken || null,
    checkout_id: order.checkoutToken ? order.id + 1 : null,
    checkout_token: order.checkoutToken || null,
    client_details: clientDetails(order),
    closed_at: order.closedAt,
    confirmation_number: order.confirmationNumber,
    confirmed: true,
    contact_email: order.email || null,
    created_at: order.createdAt,
    currency,
    current_shipping_price_set: moneySet(order.shippingPrice, currency),
    ...priced("current_subtotal_price", sum(order.lines.map(currentLineTotal))),
    current_total_additional_fees_set: null,
    ...priced("current_total_discounts", order.totalDiscounts),
    current_total_duties_set: null,
    ...priced("current_total_price", order.total - refunded),
    ...priced(
      "current_total_tax",
      order.tax - sum(order.refunds.flatMap((refund) => refund.lines.map((line) => line.tax))),
    ),
    customer_locale: order.locale,
    device_id: null,
    discount_codes: order.discounts.map((discount) => ({
      code: discount.code,
      amount: decimal(discount.amount, currency),
      type: discount.type,
    })),
    duties_included: false,
    email: order.email,
    estimated_taxes: false,
    financial_status: displayFinancialStatus(order).toLowerCase(),
    fulfillment_status: fulfillmentStatus(order),
    landing_site: order.landingSite,
    landing_site_ref: null,
    location_id: null,
    merchant_business_entity_id: "MTIzNDU2Nzg5",
    merchant_of_record_app_id: null,
    name: order.name,
    note: order.note,
    note_attributes: order.noteAttributes,
    number: Math.max(1, order.number - 1000),
    order_number: order.number,
    order_status_url: `${around.origin}${around.statusPath}`,
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    payment_gateway_names: [order.gateway],
    phone: order.phone,
    po_number: null,
    presentment_currency: currency,
    processed_at: order.createdAt,
    reference: null,
    referring_site: order.referringSite,
    source_identifier: null,
    source_name: order.sourceName,
    source_url: null,
    ...priced("subtotal_price", order.subtotal),
    tags: order.tags.join(", "),
    tax_exempt: false,
    tax_lines: taxLines(order.tax, currency, around.taxRate),
    taxes_included: false,
    test: order.test,
    token: order.statusKey,
    total_cash_rounding_payment_adjustment_set: moneySet(0, currency),
    total_cash_rounding_refund_adjustment_set: moneySet(0, currency),
    ...priced("total_discounts", order.totalDiscounts),
    ...priced("total_line_items_price", sum(order.lines.map((line) => line.price * line.quantity))),
    total_outstanding: decimal(outstandingOf(order), currency),
    ...priced("total_price", order.total),
    total_shipping_price_set: moneySet(order.shippingPrice, currency),
    ...priced("total_tax", order.tax),
    total_tip_received: decimal(0, currency),
    total_weight: sum(order.lines.map((line) => line.grams * line.quantity)),
    updated_at: order.updatedAt,
    user_id: null,
    billing_address: addressPayload(order.billingAddress),
    customer: around.customer ? orderCustomer(around.customer, currency) : null,
    discount_applications: [
      ...order.discounts.map((discount) => discountApplication(discount, currency)),
      ...order.lines.flatMap(({ manualDiscount }) =>
        manualDiscount ? [manualApplication(manualDiscount)] : [],
      ),
    ],
    fulfillments: order.fulfillments.map((fulfillment) => fulfillmentPayload(order, fulfillment)),
    line_items: order.lines.map((line) => orderLinePayload(order, line, around.taxRate)),
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundPayload(order, refund)),
    shipping_address: addressPayload(order.shippingAddress),
    shipping_lines: order.shippingMethod ? [shippingLine(order)] : [],
    returns: [],
    line_item_groups: [],
  };
}

function clientDetails(order: Order) {
  if (order.userAgent === null) return null;
  return {
    accept_language: order.locale,
    browser_height: null,
    browser_width: null,
    session_hash: null,
    user_agent: order.userAgent,
  };
}

function fulfillmentStatus(order: Order): string | null {
  const status = displayFulfillmentStatus(order);
  if (status === "FULFILLED") return "fulfilled";
  return status === "PARTIALLY_FULFILLED" ? "partial" : null;
}

function orderCustomer(customer: Customer, currency: string) {
  const { addresses: _addresses, ...profile } = customerPayload(customer, currency);
  return profile;
}

function discountApplication(discount: AppliedDiscount, currency: string) {
  return {
    type: "discount_code",
    code: discount.code,
    value: discount.type === "percentage" ? discount.value.toFixed(1) : decimal(discount.value, currency),
    value_type: discount.type,
    allocation_method: "across",
    target_selection: "all",
    target_type: "line_item",
  };
}

function manualApplication({ title, percent }: NonNullable<LineItem["manualDiscount"]>) {
  return {
    type: "manual",
    title,
    description: title,
    value: percent.toFixed(1),
    value_type: "percentage",
    allocation_method: "each",
    target_selection: "explicit",
    target_type: "line_item",
  };
}

function shippingLine(order: Order) {
  const { currency } = order;
  return {
    id: order.id + 2,
    carrier_identifier: null,
    code: order.shippingMethod,
    current_discounted_price_set: moneySet(order.shippingPrice, currency),
    discounted_price: decimal(order.shippingPrice, currency),
    discounted_price_set: moneySet(order.shippingPrice, currency),
    is_removed: false,
    phone: null,
    price: decimal(order.shippingPrice, currency),
    price_set: moneySet(order.shippingPrice, currency),
    requested_fulfillment_service_id: null,
    source: "shopify",
    title: order.shippingMethod,
    tax_lines: [],
    discount_allocations: [],
  };
}

function orderLinePayload(order: Order, line: LineItem, taxRate: number) {
  return {
    ...linePayload(order, line, taxRate),
    attributed_staffs: [],
    current_quantity: currentQuantity(line),
    sales_line_item_group_id: null,
  };
}
