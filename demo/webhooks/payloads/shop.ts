// shop/update and app/uninstalled send the shop; the compliance topics and the app's own topics are small.
import { gid } from "../../store/ids.ts";
import type { BulkOperation } from "../../admin-api/bulk.ts";
import type { Customer, Order, Shop } from "../../store/types.ts";

export function shopPayload(shop: Shop) {
  const country = new Intl.DisplayNames("en", { type: "region" }).of(shop.countryCode) ?? shop.countryCode;
  const symbol = new Intl.NumberFormat("en", { style: "currency", currency: shop.currency })
    .formatToParts(0)
    .find((part) => part.type === "currency")!.value;
  const format = `${symbol}{{amount}}`;
  return {
    id: shop.id,
    name: shop.name,
    email: shop.email,
    domain: shop.domain,
    myshopify_domain: shop.domain,
    province: "Oregon",
    province_code: "OR",
    country: shop.countryCode,
    country_code: shop.countryCode,
    country_name: country,
    address1: "1 Harbour Road",
    address2: null,
    city: "Portland",
    zip: "97205",
    source: null,
    phone: "+15035550100",
    latitude: null,
    longitude: null,
    primary_locale: "en",
    created_at: shop.createdAt,
    updated_at: shop.updatedAt,
    currency: shop.currency,
    customer_email: shop.email,
    timezone: shop.timezone,
    iana_timezone: shop.timezone,
    shop_owner: shop.ownerName,
    money_format: format,
    money_with_currency_format: `${format} ${shop.currency}`,
    money_in_emails_format: format,
    money_with_currency_in_emails_format: `${format} ${shop.currency}`,
    weight_unit: "kg",
    taxes_included: false,
    auto_configure_tax_inclusivity: null,
    tax_shipping: null,
    county_taxes: null,
    plan_display_name: "Development",
    plan_name: "partner_test",
    has_discounts: true,
    has_gift_cards: false,
    google_apps_domain: null,
    google_apps_login_enabled: null,
    eligible_for_payments: true,
    requires_extra_payments_agreement: false,
    password_enabled: false,
    has_storefront: true,
    finances: true,
    primary_location_id: shop.id + 1,
    checkout_api_supported: true,
    multi_location_enabled: true,
    setup_required: false,
    pre_launch_enabled: false,
    enabled_presentment_currencies: [shop.currency],
    marketing_sms_consent_enabled_at_checkout: false,
    transactional_sms_disabled: false,
  };
}

export function scopesPayload(shop: Shop, previous: string[], current: string[], now: string) {
  return { id: 1, shop_id: gid("Shop", shop.id), previous, current, updated_at: now };
}

export function bulkFinishPayload(operation: BulkOperation) {
  return {
    admin_graphql_api_id: gid("BulkOperation", operation.id),
    completed_at: operation.completedAt,
    created_at: operation.createdAt,
    error_code: operation.errorCode?.toLowerCase() ?? null,
    status: operation.status.toLowerCase(),
    type: "query",
  };
}

export function shopRedactPayload(shop: Shop) {
  return { shop_id: shop.id, shop_domain: shop.domain };
}

export function customerRedactPayload(shop: Shop, customer: Customer, orders: Order[]) {
  return { ...customerRequest(shop, customer), orders_to_redact: orders.map((order) => order.id) };
}

export function dataRequestPayload(shop: Shop, customer: Customer, orders: Order[], requestId: number) {
  return {
    ...customerRequest(shop, customer),
    orders_requested: orders.map((order) => order.id),
    data_request: { id: requestId },
  };
}

function customerRequest(shop: Shop, customer: Customer) {
  return {
    ...shopRedactPayload(shop),
    customer: { id: customer.id, email: customer.email, phone: customer.phone },
  };
}
