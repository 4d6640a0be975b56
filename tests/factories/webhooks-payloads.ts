/** REST payloads as Shopify sends them, cut to the fields that say something; override what a test is about. */

type Payload = Record<string, unknown>;

export const PLACED_AT = "2026-11-20T10:00:00Z";

const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`;

export function customerPayload(id: number, overrides: Payload = {}): Payload {
  return {
    id,
    admin_graphql_api_id: gid("Customer", id),
    email: `customer-${id}@example.com`,
    first_name: "Ada",
    last_name: "Lovelace",
    phone: null,
    currency: "EUR",
    state: "disabled",
    verified_email: true,
    created_at: "2026-10-01T00:00:00Z",
    updated_at: "2026-11-01T00:00:00Z",
    default_address: { id: 1, country_code: "DE", city: "Berlin" },
    ...overrides,
  };
}

/** Two lines (2 × 10.00 and 1 × 20.00), 4.00 discount, 5.00 shipping: 41.00 EUR. */
export function orderPayload(id: number, overrides: Payload = {}): Payload {
  return {
    id,
    admin_graphql_api_id: gid("Order", id),
    name: `#${id}`,
    number: id,
    order_number: id,
    confirmation_number: `CONF${id}`,
    checkout_token: `checkout-${id}`,
    email: "customer-7@example.com",
    contact_email: "customer-7@example.com",
    phone: null,
    customer_locale: "de-DE",
    currency: "EUR",
    presentment_currency: "EUR",
    created_at: PLACED_AT,
    processed_at: PLACED_AT,
    updated_at: PLACED_AT,
    cancelled_at: null,
    closed_at: null,
    financial_status: "pending",
    fulfillment_status: null,
    buyer_accepts_marketing: false,
    order_status_url: `https://shop.example/1/orders/${id}/authenticate?key=secret-${id}`,
    test: false,
    source_name: "web",
    landing_site: "/",
    referring_site: null,
    tags: "",
    subtotal_price: "36.00",
    total_discounts: "4.00",
    total_tax: "5.75",
    total_price: "41.00",
    current_total_price: "41.00",
    total_shipping_price_set: moneySet("5.00"),
    payment_gateway_names: ["bogus"],
    discount_codes: [{ code: "WELCOME", amount: "4.00", type: "fixed_amount" }],
    shipping_address: { first_name: "Ada", country_code: "DE", city: "Berlin" },
    billing_address: { first_name: "Ada", country_code: "DE", city: "Berlin" },
    customer: customerPayload(7),
    line_items: [
      linePayload(id * 10 + 1, { product_id: 101, variant_id: 1011, quantity: 2, price: "10.00" }),
      linePayload(id * 10 + 2, { product_id: 102, variant_id: 1021, quantity: 1, price: "20.00" }),
    ],
    fulfillments: [],
    refunds: [],
    ...overrides,
  };
}

export function linePayload(id: number, overrides: Payload = {}): Payload {
  return {
    id,
    admin_graphql_api_id: gid("LineItem", id),
    title: "Teapot",
    sku: "TEA-1",
    quantity: 1,
    current_quantity: 1,
    price: "10.00",
    total_discount: "0.00",
    discount_allocations: [],
    properties: [],
    ...overrides,
  };
}

export function fulfillmentPayload(id: number, orderId: number, overrides: Payload = {}): Payload {
  return {
    id,
    admin_graphql_api_id: gid("Fulfillment", id),
    order_id: orderId,
    name: `#${orderId}.1`,
    status: "success",
    tracking_company: "DHL",
    tracking_number: "JJD0001",
    tracking_url: "https://track.example/JJD0001",
    shipment_status: null,
    created_at: "2026-11-21T08:00:00Z",
    updated_at: "2026-11-21T08:00:00Z",
    line_items: [],
    ...overrides,
  };
}

export function scanPayload(
  id: number,
  fulfillmentId: number,
  orderId: number,
  overrides: Payload = {},
): Payload {
  return {
    id,
    admin_graphql_api_id: gid("FulfillmentEvent", id),
    fulfillment_id: fulfillmentId,
    order_id: orderId,
    shop_id: 1,
    status: "in_transit",
    message: "On its way",
    city: "Leipzig",
    country: "DE",
    happened_at: "2026-11-21T12:00:00Z",
    estimated_delivery_at: null,
    created_at: "2026-11-21T12:01:00Z",
    updated_at: "2026-11-21T12:01:00Z",
    ...overrides,
  };
}

/** One unit of the first line, 10.00 EUR back. */
export function refundPayload(id: number, orderId: number, overrides: Payload = {}): Payload {
  return {
    id,
    admin_graphql_api_id: gid("Refund", id),
    order_id: orderId,
    created_at: "2026-11-21T15:00:00Z",
    processed_at: "2026-11-21T15:00:00Z",
    note: null,
    return: null,
    refund_line_items: [
      { id: id * 10 + 1, line_item_id: orderId * 10 + 1, quantity: 1, subtotal: 10, restock_type: "return" },
    ],
    transactions: [{ id: id * 10, kind: "refund", status: "success", amount: "10.00", currency: "EUR" }],
    ...overrides,
  };
}

export function productPayload(id: number, overrides: Payload = {}): Payload {
  return {
    id,
    admin_graphql_api_id: gid("Product", id),
    title: "Teapot",
    handle: "teapot",
    status: "active",
    product_type: "Kitchen",
    vendor: "Acme",
    tags: "tea, gift",
    updated_at: "2026-11-01T00:00:00Z",
    image: { src: "https://cdn.example/teapot.png" },
    variants: [
      {
        id: id * 10 + 1,
        admin_graphql_api_id: gid("ProductVariant", id * 10 + 1),
        title: "Default Title",
        sku: "TEA-1",
        price: "10.00",
        compare_at_price: null,
        position: 1,
        inventory_quantity: 5,
        inventory_policy: "deny",
        inventory_management: "shopify",
      },
    ],
    ...overrides,
  };
}

function moneySet(amount: string): Payload {
  const money = { amount, currency_code: "EUR" };
  return { shop_money: money, presentment_money: money };
}
