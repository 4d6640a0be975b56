// From a change in the store to the body of its webhook.
import type { Store, StoreChange } from "../../store/store.ts";
import {
  customerPayload,
  customerTagsPayload,
  deletedCustomerPayload,
  emailConsentPayload,
} from "./customer.ts";
import { fulfillmentEventPayload, fulfillmentPayload, preparedForPickupPayload } from "./fulfillment.ts";
import { orderPayload } from "./order.ts";
import { productPayload } from "./product.ts";
import { refundPayload } from "./refund.ts";
import { inShopTime } from "./shop-time.ts";
import { shopPayload } from "./shop.ts";

export function payloadOf(change: StoreChange, store: Store, origin: string): Record<string, unknown> {
  return inShopTime(utcPayload(change, store, origin), store.shop().timezone);
}

function utcPayload(change: StoreChange, store: Store, origin: string): Record<string, unknown> {
  const shop = store.shop();
  switch (change.topic) {
    case "fulfillments/create":
    case "fulfillments/update":
      return fulfillmentPayload(change.order, change.fulfillment);
    case "fulfillment_events/create":
      return fulfillmentEventPayload(change.order, change.fulfillment, change.event, {
        shopId: shop.id,
        now: store.clock.iso(),
      });
    case "fulfillment_orders/line_items_prepared_for_pickup":
      return preparedForPickupPayload(change.pickup);
    case "refunds/create":
      return refundPayload(change.order, change.refund);
    case "customers/create":
    case "customers/update":
      return customerPayload(change.customer, shop.currency);
    case "customers/delete":
      return deletedCustomerPayload(change.customer);
    case "customer.tags_added":
    case "customer.tags_removed":
      return customerTagsPayload(change.customer, change.tags, store.clock.iso());
    case "customers_email_marketing_consent/update":
      return emailConsentPayload(change.customer);
    case "products/create":
    case "products/update":
      return productPayload(change.product, shop.currency, `${origin}${store.picturePath(change.product)}`);
    case "products/delete":
      return { id: change.product.id };
    case "shop/update":
      return shopPayload(change.shop);
    default: {
      const { order } = change;
      return orderPayload(order, {
        customer: order.customerId === null ? undefined : store.customer(order.customerId),
        origin,
        statusPath: store.statusPath(order),
        taxRate: shop.taxRate,
      });
    }
  }
}
