// Store data in the shape of the extension APIs (@shopify/ui-extensions, 2026-07). Money there is a number in major units.
import type { Demo } from "../../demo.ts";
import type { Overlay } from "../../extension-host/run-settings.ts";
import { gid } from "../../store/ids.ts";
import type {
  Address,
  Checkout,
  CheckoutTotals,
  Customer,
  Order,
  Product,
  Variant,
} from "../../store/types.ts";

type OverlayLine = {
  id: string;
  quantity: number;
  total: number;
  discount: number;
  code: string | undefined;
  product: Product | undefined;
  variant: Variant | undefined;
  productId: number;
  variantId: number;
  title: string;
  sku: string;
};

/** What both the running checkout and a placed order tell an extension. */
function sharedOverlay(demo: Demo, currency: string, language: string, lines: OverlayLine[]): Overlay {
  const shop = demo.store.shop();
  return {
    lines: lines.map((line) => cartLine(demo, line, currency)),
    shop: {
      id: gid("Shop", shop.id),
      name: shop.name,
      storefrontUrl: `https://${shop.domain}`,
      myshopifyDomain: shop.domain,
    },
    "localization.language": { isoCode: language },
    "localization.extensionLanguage": { isoCode: language },
    "localization.currency": { isoCode: currency },
    "localization.country": { isoCode: shop.countryCode },
    "localization.timezone": shop.timezone,
  };
}

function money(minor: number, currencyCode: string) {
  return { amount: minor / 100, currencyCode };
}

function cartLine(demo: Demo, line: OverlayLine, currency: string) {
  const { product, variant } = line;
  const picture = product && {
    url: demo.config.origin + demo.store.picturePath(product),
    altText: product.title,
  };
  return {
    id: line.id,
    quantity: line.quantity,
    attributes: [],
    lineComponents: [],
    discountAllocations:
      line.discount > 0
        ? [{ type: "code", code: line.code ?? "", discountedAmount: money(line.discount, currency) }]
        : [],
    cost: { totalAmount: money(line.total, currency) },
    merchandise: {
      type: "variant",
      id: gid("ProductVariant", line.variantId),
      title: line.title,
      subtitle: variant && variant.title !== "Default Title" ? variant.title : undefined,
      sku: line.sku,
      image: picture,
      requiresShipping: true,
      selectedOptions: variant?.options ?? [],
      product: {
        id: gid("Product", line.productId),
        vendor: product?.vendor ?? "",
        productType: product?.productType ?? "",
      },
    },
  };
}

/** What extensions may change in an ordinary checkout. Draft orders and accelerated ones refuse some of it. */
const INSTRUCTIONS = {
  attributes: { canUpdateAttributes: false },
  delivery: { canSelectCustomAddress: false },
  discounts: { canUpdateDiscountCodes: true },
  lines: { canAddCartLine: true, canRemoveCartLine: true, canUpdateCartLine: false },
  metafields: { canSetCartMetafields: false, canDeleteCartMetafields: false },
  notes: { canUpdateNote: false },
};

export function checkoutOverlay(
  demo: Demo,
  checkout: Checkout,
  totals: CheckoutTotals,
  language: string,
): Overlay {
  const { currency } = totals;
  const lines = totals.lines.map((line, index) => ({
    id: gid("CartLine", index + 1),
    quantity: line.quantity,
    total: line.total,
    discount: line.discount,
    code: totals.discounts[0]?.code,
    product: line.product,
    variant: line.variant,
    productId: line.product.id,
    variantId: line.variant.id,
    title: line.product.title,
    sku: line.variant.sku,
  }));
  return {
    ...sharedOverlay(demo, currency, language, lines),
    instructions: INSTRUCTIONS,
    checkoutToken: checkout.token,
    attributes: Object.entries(checkout.attributes ?? {}).map(([key, value]) => ({ key, value })),
    discountCodes: checkout.discountCodes.map((code) => ({ code })),
    "cost.totalAmount": money(totals.total, currency),
    "cost.subtotalAmount": money(totals.subtotal, currency),
    "cost.totalShippingAmount": money(totals.shipping, currency),
    "cost.totalTaxAmount": money(totals.tax, currency),
  };
}

function orderOverlay(demo: Demo, order: Order, language: string): Overlay {
  const { currency } = order;
  const lines = order.lines.map((line) => {
    const product = demo.store.product(line.productId);
    return {
      id: gid("CartLine", line.id),
      quantity: line.quantity,
      total: line.price * line.quantity - line.discount,
      discount: line.discount,
      code: order.discounts[0]?.code,
      product,
      variant: product?.variants.find((variant) => variant.id === line.variantId),
      productId: line.productId,
      variantId: line.variantId,
      title: line.title,
      sku: line.sku,
    };
  });
  return {
    ...sharedOverlay(demo, currency, language, lines),
    checkoutToken: order.checkoutToken,
    attributes: order.noteAttributes.map(({ name, value }) => ({ key: name, value })),
    discountCodes: order.discounts.map(({ code }) => ({ code })),
    "cost.totalAmount": money(order.total, currency),
    "cost.subtotalAmount": money(order.subtotal, currency),
    "cost.totalShippingAmount": money(order.shippingPrice, currency),
    "cost.totalTaxAmount": money(order.tax, currency),
  };
}

/** The page comes before the order is readable; at Shopify the id has the form OrderIdentity there. */
export function thankYouOverlay(
  demo: Demo,
  order: Order,
  buyer: Customer | undefined,
  language: string,
): Overlay {
  const known = order.customerId === null ? undefined : demo.store.customer(order.customerId);
  return {
    ...orderOverlay(demo, order, language),
    ...personalData(demo, order, known, buyer !== undefined),
    orderConfirmation: {
      order: { id: gid("OrderIdentity", order.id) },
      number: order.confirmationNumber,
      isFirstOrder: (known?.numberOfOrders ?? 0) <= 1,
    },
  };
}

export function orderStatusOverlay(
  demo: Demo,
  order: Order,
  buyer: Customer | undefined,
  language: string,
): Overlay {
  const known = order.customerId === null ? undefined : demo.store.customer(order.customerId);
  return {
    ...orderOverlay(demo, order, language),
    ...personalData(demo, order, known, buyer !== undefined),
    ...(buyer && {
      "authenticatedAccount.customer": {
        id: gid("Customer", buyer.id),
        isFirstOrder: buyer.numberOfOrders <= 1,
      },
    }),
    order: {
      id: gid("Order", order.id),
      name: order.name,
      confirmationNumber: order.confirmationNumber,
      processedAt: order.createdAt,
      cancelledAt: order.cancelledAt ?? undefined,
    },
    authenticationState: buyer ? "fully_authenticated" : "pre_authenticated",
  };
}

/** Only what the app's approval for protected customer data allows; the rest is absent, as at Shopify. */
function personalData(
  demo: Demo,
  order: Order,
  customer: Customer | undefined,
  isLoggedIn: boolean,
): Overlay {
  const allowed = new Set(demo.config.protectedData);
  const ifAllowed = <T>(field: string, value: T) => (allowed.has(field) ? { value } : undefined);
  return {
    buyerIdentity: {
      customer: {
        value:
          customer && isLoggedIn
            ? {
                id: gid("Customer", customer.id),
                ...(allowed.has("name") && { firstName: customer.firstName, lastName: customer.lastName }),
                ...(allowed.has("email") && { email: customer.email }),
                acceptsEmailMarketing: customer.emailMarketing.state === "SUBSCRIBED",
                ordersCount: customer.numberOfOrders,
              }
            : undefined,
      },
      email: ifAllowed("email", order.email) ?? { value: undefined },
      phone: ifAllowed("phone", order.phone ?? undefined) ?? { value: undefined },
    },
    ...(allowed.has("address") &&
      order.shippingAddress && { shippingAddress: extensionAddress(order.shippingAddress) }),
  };
}

function extensionAddress(address: Address) {
  return {
    firstName: address.firstName,
    lastName: address.lastName,
    name: `${address.firstName} ${address.lastName}`.trim(),
    address1: address.address1,
    address2: address.address2,
    city: address.city,
    zip: address.zip,
    countryCode: address.countryCode,
    provinceCode: address.provinceCode,
    phone: address.phone,
  };
}
