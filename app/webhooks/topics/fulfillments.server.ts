import { z } from "zod";
import { recordFulfillment, recordScan, type FulfillmentSnapshot } from "#app/parcels/fulfillments.server";
import type { Tracking } from "#app/parcels/pieces";
import { enqueue } from "#app/queue/queue.server";
import { gid, gidOf, id, optionalTime, text, time } from "./fields";
import { DONE, topic, type TopicContext, type TopicOutcome } from "./topic";

export const FulfillmentSchema = z
  .object({
    id,
    admin_graphql_api_id: text,
    order_id: id,
    name: text,
    status: text,
    tracking_company: text,
    tracking_number: text,
    tracking_numbers: z.array(z.string()).nullish(),
    tracking_url: text,
    tracking_urls: z.array(z.string()).nullish(),
    shipment_status: text,
    location_id: id.nullish(),
    origin_address: z.object({ country_code: text }).nullish(),
    created_at: time,
    updated_at: time,
  })
  .transform((row): FulfillmentSnapshot => ({
    gid: gidOf("Fulfillment", row),
    orderGid: gid("Order", row.order_id),
    name: row.name ?? "",
    status: row.status ?? "success",
    trackings: trackingsOf(row),
    shipmentStatus: row.shipment_status,
    originCountry: row.origin_address?.country_code ?? null,
    locationGid: row.location_id ? gid("Location", row.location_id) : null,
    shippedAt: row.created_at,
    updatedAt: row.updated_at,
  }));

type TrackingFields = {
  tracking_company: string | null;
  tracking_number: string | null;
  tracking_numbers?: string[] | null;
  tracking_url: string | null;
  tracking_urls?: string[] | null;
};

/** One per box: the carrier is told once for all, numbers and addresses in two lists of the same order. */
function trackingsOf(row: TrackingFields): Tracking[] {
  const carrier = row.tracking_company;
  const numbers = row.tracking_numbers ?? [];
  if (numbers.length < 2) return [{ carrier, number: row.tracking_number, url: row.tracking_url }];
  const urls = row.tracking_urls ?? [];
  const url = (index: number) => (urls.length === numbers.length ? (urls[index] ?? null) : null);
  return numbers.map((number, index) => ({ carrier, number, url: url(index) }));
}

const FulfillmentEventSchema = z.object({
  id,
  admin_graphql_api_id: text,
  fulfillment_id: id,
  order_id: id,
  status: z.string(),
  message: text,
  city: text,
  country: text,
  happened_at: time,
  estimated_delivery_at: optionalTime,
});

/** It names neither the order nor what it holds; both are asked for. */
const PreparedSchema = z.object({
  fulfillment_order: z.object({ id: z.string(), delivery_method: z.object({ method_type: text }).nullish() }),
});

const fulfillment = topic(FulfillmentSchema, takeFulfillment);

export const FULFILLMENT_TOPICS = {
  "fulfillments/create": fulfillment,
  "fulfillments/update": fulfillment,
  "fulfillment_events/create": topic(FulfillmentEventSchema, async ({ tx, shop, now }, event) => {
    const scan = {
      gid: gidOf("FulfillmentEvent", event),
      orderGid: gid("Order", event.order_id),
      fulfillmentGid: gid("Fulfillment", event.fulfillment_id),
      status: event.status,
      message: event.message,
      city: event.city,
      country: event.country,
      happenedAt: event.happened_at,
      estimatedDeliveryAt: event.estimated_delivery_at,
    };
    const { status } = await recordScan(tx, shop.id, scan, now);
    return status === "not-yet" ? { status, waitsFor: scan.fulfillmentGid } : DONE;
  }),
  "fulfillment_orders/line_items_prepared_for_pickup": topic(
    PreparedSchema,
    async ({ tx, shop, webhook }, { fulfillment_order: { id: fulfillmentOrderGid } }) => {
      const readyAt = webhook.triggeredAt.toISOString();
      await enqueue(tx, "parcels.read-pickup", { shopId: shop.id, fulfillmentOrderGid, readyAt });
      return DONE;
    },
  ),
};

export async function takeFulfillment(
  { tx, shop, now }: TopicContext,
  told: FulfillmentSnapshot,
): Promise<TopicOutcome> {
  const { status } = await recordFulfillment(tx, shop.id, told, now);
  return status === "not-yet" ? { status, waitsFor: told.orderGid } : DONE;
}
