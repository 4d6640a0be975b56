import { z } from "zod";
import { toMinor } from "#app/orders/money";
import { deviceOf, mainGateway, type OrderSnapshot } from "#app/orders/order";
import { recordOrder, recordRefund } from "#app/orders/orders.server";
import { recordFulfillment } from "#app/parcels/fulfillments.server";
import { EmbeddedCustomerSchema } from "./customers.server";
import { amount, gid, gidOf, id, moneySet, optionalTime, text, time, twoMoneys } from "./fields";
import { FulfillmentSchema } from "./fulfillments.server";
import { RefundSchema, refundFrom } from "./refunds";
import { DONE, topic } from "./topic";

const LineSchema = z.object({
  id,
  admin_graphql_api_id: text,
  product_id: id.nullish(),
  variant_id: id.nullish(),
  title: z.string(),
  sku: text,
  quantity: z.int(),
  price: amount,
  total_discount: amount.default("0"),
  discount_allocations: z.array(z.object({ amount })).default([]),
});

const AddressSchema = z.object({ country_code: text }).nullish();

export const OrderSchema = z.object({
  id,
  admin_graphql_api_id: text,
  name: z.string(),
  customer: EmbeddedCustomerSchema.nullish(),
  email: text,
  contact_email: text,
  phone: text,
  customer_locale: text,
  currency: z.string().length(3),
  presentment_currency: text,
  subtotal_price: amount,
  total_discounts: amount.default("0"),
  total_shipping_price_set: moneySet.nullish(),
  total_tax: amount.default("0"),
  total_price: amount,
  total_price_set: twoMoneys.nullish(),
  financial_status: text,
  fulfillment_status: text,
  payment_gateway_names: z.array(z.string()).default([]),
  client_details: z.object({ user_agent: text }).nullish(),
  checkout_token: text,
  cart_token: text,
  confirmation_number: text,
  order_status_url: text,
  source_name: text,
  landing_site: text,
  referring_site: text,
  buyer_accepts_marketing: z.boolean().nullish(),
  test: z.boolean().default(false),
  created_at: time,
  processed_at: optionalTime,
  cancelled_at: optionalTime,
  updated_at: time,
  shipping_address: AddressSchema,
  billing_address: AddressSchema,
  line_items: z.array(LineSchema),
  discount_codes: z.array(z.object({ code: z.string(), amount })).default([]),
  refunds: z.array(RefundSchema).default([]),
  fulfillments: z.array(FulfillmentSchema).default([]),
});

type OrderPayload = z.output<typeof OrderSchema>;

/** Every order topic carries the whole order as it was; which came first does not matter. */
const order = topic(OrderSchema, async ({ tx, shop, now }, payload) => {
  await recordOrder(tx, shop.id, orderFrom(payload), now);
  for (const told of payload.fulfillments) await recordFulfillment(tx, shop.id, told, now);
  return DONE;
});

export const ORDER_TOPICS = {
  "orders/create": order,
  "orders/updated": order,
  "orders/paid": order,
  "orders/cancelled": order,
  "refunds/create": topic(RefundSchema, async ({ tx, shop }, payload) => {
    const orderGid = gid("Order", payload.order_id);
    const { status } = await recordRefund(tx, shop.id, orderGid, refundFrom(payload, shop.currency));
    return status === "not-yet" ? { status, waitsFor: orderGid } : DONE;
  }),
};

function orderFrom(payload: OrderPayload): OrderSnapshot {
  const { currency } = payload;
  const minor = (decimal: string) => toMinor(decimal, currency);
  return {
    gid: gidOf("Order", payload),
    name: payload.name,
    customer: payload.customer
      ? { ...payload.customer, updatedAt: payload.customer.updatedAt ?? payload.updated_at }
      : null,
    email: (payload.email ?? payload.contact_email) || null,
    phone: payload.phone,
    locale: payload.customer_locale ?? undefined,
    country: payload.shipping_address?.country_code ?? payload.billing_address?.country_code ?? "",
    currency,
    presentmentCurrency: payload.presentment_currency,
    subtotalMinor: minor(payload.subtotal_price),
    discountMinor: minor(payload.total_discounts),
    shippingMinor: minor(payload.total_shipping_price_set?.shop_money.amount ?? "0"),
    taxMinor: minor(payload.total_tax),
    totalMinor: minor(payload.total_price),
    financialStatus: payload.financial_status ?? "",
    fulfillmentStatus: payload.fulfillment_status ?? "unfulfilled",
    gateway: mainGateway(payload.payment_gateway_names),
    device: deviceOf(payload.client_details?.user_agent),
    checkoutToken: payload.checkout_token,
    cartToken: payload.cart_token,
    confirmationNumber: payload.confirmation_number,
    statusUrl: payload.order_status_url,
    sourceName: payload.source_name,
    landingSite: payload.landing_site,
    referringSite: payload.referring_site,
    acceptsMarketing: payload.buyer_accepts_marketing ?? false,
    test: payload.test,
    placedAt: payload.processed_at ?? payload.created_at,
    cancelledAt: payload.cancelled_at,
    updatedAt: payload.updated_at,
    lines: payload.line_items.map((line) => ({
      gid: gidOf("LineItem", line),
      productGid: line.product_id ? gid("Product", line.product_id) : null,
      variantGid: line.variant_id ? gid("ProductVariant", line.variant_id) : null,
      title: line.title,
      sku: line.sku || null,
      quantity: line.quantity,
      priceMinor: minor(line.price),
      discountMinor: lineDiscount(line, minor),
    })),
    discountCodes: payload.discount_codes.map(({ code, amount }) => ({ code, amountMinor: minor(amount) })),
    refunds: payload.refunds.map((refund) => refundFrom(refund, currency, payload.total_price_set)),
  };
}

/** Allocations hold the shares of order-wide discounts too; `total_discount` only what stands on the line itself. */
function lineDiscount(line: OrderPayload["line_items"][number], minor: (decimal: string) => number): number {
  const allocated = line.discount_allocations.reduce((sum, share) => sum + minor(share.amount), 0);
  return Math.max(allocated, minor(line.total_discount));
}
