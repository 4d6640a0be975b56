import type { PoolClient } from "pg";
import { newId } from "#app/db/id";
import { upsertRows } from "#app/db/upsert-rows";
import type { FulfillmentNode } from "#app/orders/admin-order";
import { trackingKeyOf } from "./carrier-scan";
import { parcelStatusOf } from "./parcel-status";
import type { FulfillmentSnapshot } from "./parcels.server";

const PARCELS = {
  table: "Parcel",
  columns: {
    id: "uuid",
    orderGid: "text",
    fulfillmentGid: "text",
    name: "text",
    carrier: "text",
    trackingNumber: "text",
    trackingKey: "text",
    trackingUrl: "text",
    status: '"ParcelStatus"',
    toldStatus: '"ParcelStatus"',
    toldDeliveredAt: "timestamptz",
    handover: "text",
    shippedAt: "timestamptz",
    estimatedDeliveryAt: "timestamptz",
    plannedFor: "timestamptz",
    forecastDueAt: "timestamptz",
    deliveredAt: "timestamptz",
    shopifyUpdatedAt: "timestamptz",
  },
  key: ["fulfillmentGid"],
  onConflict: "keep" as const,
  where: `EXISTS (SELECT 1 FROM "Order" o WHERE o."shopId" = $1 AND o.gid = r."orderGid" AND o.imported)`,
};

/** The parcels of imported orders; they publish nothing. */
export async function writeParcels(
  client: PoolClient,
  shopId: number,
  orders: { id: string; fulfillments: FulfillmentNode[] }[],
): Promise<void> {
  const rows = orders.flatMap((order) =>
    order.fulfillments
      .filter((node) => node.status === "SUCCESS")
      .map((node) => {
        const told = fulfillmentFromNode(node, order.id);
        const status = parcelStatusOf(told.shipmentStatus) ?? "announced";
        return {
          id: newId(told.shippedAt),
          orderGid: told.orderGid,
          fulfillmentGid: told.gid,
          name: told.name,
          carrier: told.carrier,
          trackingNumber: told.trackingNumber,
          trackingKey: trackingKeyOf(told.trackingNumber),
          trackingUrl: told.trackingUrl,
          status,
          toldStatus: status,
          toldDeliveredAt: told.deliveredAt,
          handover: status === "delivered" ? "unknown" : null,
          shippedAt: told.shippedAt,
          estimatedDeliveryAt: told.estimatedDeliveryAt,
          plannedFor: told.estimatedDeliveryAt,
          forecastDueAt: told.deliveredAt ? null : told.shippedAt,
          deliveredAt: told.deliveredAt,
          shopifyUpdatedAt: told.updatedAt,
        };
      }),
  );
  await upsertRows(client, shopId, PARCELS, rows);
}

export function fulfillmentFromNode(node: FulfillmentNode, orderGid: string): FulfillmentSnapshot {
  const [tracking] = node.trackingInfo;
  return {
    gid: node.id,
    orderGid,
    name: node.name,
    status: node.status.toLowerCase(),
    carrier: tracking?.company ?? null,
    trackingNumber: tracking?.number ?? null,
    trackingUrl: tracking?.url ?? null,
    shipmentStatus: node.displayStatus,
    estimatedDeliveryAt: node.estimatedDeliveryAt ? new Date(node.estimatedDeliveryAt) : null,
    deliveredAt: node.deliveredAt ? new Date(node.deliveredAt) : null,
    shippedAt: new Date(node.createdAt),
    updatedAt: new Date(node.updatedAt),
  };
}
