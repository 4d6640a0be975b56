// fulfillments/* and fulfillment_events/create.
import { gid } from "../../store/ids.ts";
import type { Fulfillment, FulfillmentEvent, Order } from "../../store/types.ts";
import { linePayload } from "./line.ts";
import { addressPayload } from "./values.ts";

export function fulfillmentPayload(order: Order, fulfillment: Fulfillment) {
  const tracking = fulfillment.trackingNumber || null;
  const url = fulfillment.trackingUrl || null;
  return {
    id: fulfillment.id,
    admin_graphql_api_id: gid("Fulfillment", fulfillment.id),
    order_id: order.id,
    status: fulfillment.status.toLowerCase(),
    created_at: fulfillment.createdAt,
    updated_at: fulfillment.updatedAt,
    service: "manual",
    tracking_company: fulfillment.carrier || null,
    shipment_status: fulfillment.shipmentStatus?.toLowerCase() ?? null,
    location_id: null,
    origin_address: null,
    email: order.email,
    destination: addressPayload(order.shippingAddress),
    line_items: fulfillment.lines.map(({ lineItemId, quantity }) => ({
      ...linePayload(
        order,
        order.lines.find((line) => line.id === lineItemId)!,
      ),
      quantity,
    })),
    tracking_number: tracking,
    tracking_numbers: tracking ? [tracking] : [],
    tracking_url: url,
    tracking_urls: url ? [url] : [],
    receipt: {},
    name: fulfillment.name,
  };
}

export function fulfillmentEventPayload(
  order: Order,
  fulfillment: Fulfillment,
  event: FulfillmentEvent,
  around: { shopId: number; now: string },
) {
  return {
    id: event.id,
    fulfillment_id: fulfillment.id,
    order_id: order.id,
    shop_id: around.shopId,
    status: event.status.toLowerCase(),
    message: event.message,
    happened_at: event.happenedAt,
    city: event.city,
    province: null,
    country: event.countryCode,
    zip: null,
    address1: null,
    latitude: null,
    longitude: null,
    created_at: around.now,
    updated_at: around.now,
    estimated_delivery_at: event.estimatedDeliveryAt,
    admin_graphql_api_id: gid("FulfillmentEvent", event.id),
  };
}
