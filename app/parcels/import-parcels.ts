import type { PoolClient } from "pg";
import { newId } from "#app/db/id";
import { upsertRows } from "#app/db/upsert-rows";
import type { FulfillmentNode } from "#app/orders/admin-order";
import { trackingKeyOf } from "./carrier-scan";
import { parcelStatusOf } from "./parcel-status";
import { boxesOf, nameOfPiece } from "./pieces";
import type { FulfillmentSnapshot } from "./fulfillments.server";

const PARCELS = {
  table: "Parcel",
  columns: {
    id: "uuid",
    orderGid: "text",
    fulfillmentGid: "text",
    piece: "integer",
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
  key: ["fulfillmentGid", "piece"],
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
      .flatMap((node) => rowsOf(fulfillmentFromNode(node, order.id))),
  );
  await upsertRows(client, shopId, PARCELS, rows);
}

/** A row per box. */
function rowsOf(told: FulfillmentSnapshot) {
  const status = parcelStatusOf(told.shipmentStatus) ?? "announced";
  return boxesOf(told.trackings).map(({ carrier, number, url }, piece) => ({
    id: newId(told.shippedAt),
    orderGid: told.orderGid,
    fulfillmentGid: told.gid,
    piece,
    name: nameOfPiece(told.name, piece),
    carrier,
    trackingNumber: number,
    trackingKey: trackingKeyOf(number),
    trackingUrl: url,
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
  }));
}

export function fulfillmentFromNode(node: FulfillmentNode, orderGid: string): FulfillmentSnapshot {
  return {
    gid: node.id,
    orderGid,
    name: node.name,
    status: node.status.toLowerCase(),
    trackings: node.trackingInfo.map(({ company, number, url }) => ({ carrier: company, number, url })),
    shipmentStatus: node.displayStatus,
    estimatedDeliveryAt: node.estimatedDeliveryAt ? new Date(node.estimatedDeliveryAt) : null,
    deliveredAt: node.deliveredAt ? new Date(node.deliveredAt) : null,
    shippedAt: new Date(node.createdAt),
    updatedAt: new Date(node.updatedAt),
  };
}
