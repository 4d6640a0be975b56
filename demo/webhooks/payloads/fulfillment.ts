// fulfillments/* and fulfillment_events/create.
import { gid } from "../../store/ids.ts";
import { trackingsOf } from "../../store/parcels.ts";
import type { Fulfillment, FulfillmentEvent, Order, Pickup } from "../../store/types.ts";
import { linePayload } from "./line.ts";
import { addressPayload } from "./values.ts";

export function fulfillmentPayload(order: Order, fulfillment: Fulfillment) {
  const trackings = trackingsOf(fulfillment);
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
    tracking_number: trackings[0]?.number ?? null,
    tracking_numbers: trackings.map(({ number }) => number),
    tracking_url: trackings[0]?.url ?? null,
    tracking_urls: trackings.map(({ url }) => url),
    receipt: {},
    name: fulfillment.name,
  };
}

/** Names no order: who wants to know it asks for the fulfillment order. */
export function preparedForPickupPayload({ fulfillmentOrderId }: Pickup) {
  return {
    fulfillment_order: {
      id: gid("FulfillmentOrder", fulfillmentOrderId),
      status: "open",
      preparable: true,
      delivery_method: { method_type: "pickup" },
    },
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
