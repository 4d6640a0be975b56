import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Order, Parcel, Scan } from "#app/generated/prisma/client";
import type { ParcelStatus } from "#app/generated/prisma/enums";
import { lockOrder } from "#app/orders/orders.server";
import { publish } from "#app/queue/queue.server";
import { watchParcel } from "./exceptions.server";
import { furtherStatus, parcelStatusOf } from "./parcel-status";

/**
 * Parcels: where the goods are. One parcel per fulfillment, one scan per carrier event. Tellings may come twice and in
 * any order; "shipped" and "delivered" are published once, and never for orders from before the installation.
 */

/** A fulfillment as one webhook or query tells it. `undefined` means "not told". */
export type FulfillmentSnapshot = {
  gid: string;
  orderGid: string;
  name: string;
  /** Shopify's word in lower case: pending, open, success, cancelled, error, failure. */
  status: string;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  /** Shopify's shipment status, e.g. "in_transit"; null until somebody reports. */
  shipmentStatus: string | null;
  estimatedDeliveryAt?: Date | null;
  deliveredAt?: Date | null;
  shippedAt: Date;
  updatedAt: Date;
};

export type ScanSnapshot = {
  /** The fulfillment event's gid. */
  gid: string;
  orderGid: string;
  fulfillmentGid: string;
  status: string;
  message: string | null;
  city: string | null;
  country: string | null;
  happenedAt: Date;
  estimatedDeliveryAt: Date | null;
};

export type ParcelWithScans = Parcel & { scans: Scan[] };

/** Statuses of a fulfillment that never left, or has not left yet. */
const NOT_SHIPPED = ["pending", "error", "failure"];

/**
 * Takes in what Shopify tells about a fulfillment.
 * @returns "not-yet" where its order has not been told; "not-shipped" while there is nothing to track
 */
export async function recordFulfillment(
  tx: Tx,
  shopId: ShopId,
  told: FulfillmentSnapshot,
  now: Date,
): Promise<{ status: "recorded" | "not-yet" | "not-shipped" }> {
  if (NOT_SHIPPED.includes(told.status)) return { status: "not-shipped" };
  await lockOrder(tx, shopId, told.orderGid);
  const order = await tx.order.findUnique({ where: { shopId_gid: { shopId, gid: told.orderGid } } });
  if (!order) return { status: "not-yet" };

  const cancelledAt = told.status === "cancelled" ? told.updatedAt : null;
  const key = { shopId_fulfillmentGid: { shopId, fulfillmentGid: told.gid } };
  const stored = await tx.parcel.findUnique({ where: key });
  if (!stored) {
    const parcel = await tx.parcel.create({
      data: {
        shopId,
        id: newId(now),
        orderGid: told.orderGid,
        fulfillmentGid: told.gid,
        shippedAt: told.shippedAt,
        plannedFor: told.estimatedDeliveryAt ?? null,
        forecastDueAt: told.shippedAt,
        cancelledAt,
        ...detailsOf(told),
      },
    });
    if (!cancelledAt) await tell(tx, order, parcel, "parcel.shipped");
    const moved = await moveTo(tx, order, parcel, told.shipmentStatus, told.deliveredAt ?? told.updatedAt);
    await watchParcel(tx, order, moved, now);
    return { status: "recorded" };
  }
  const isNewer = !stored.shopifyUpdatedAt || stored.shopifyUpdatedAt <= told.updatedAt;
  await tx.parcel.update({
    where: key,
    data: {
      ...(isNewer ? detailsOf(told) : {}),
      plannedFor: stored.plannedFor ?? told.estimatedDeliveryAt ?? null,
      cancelledAt: stored.cancelledAt ?? cancelledAt,
    },
  });
  const moved = await moveTo(tx, order, stored, told.shipmentStatus, told.deliveredAt ?? told.updatedAt);
  await watchParcel(tx, order, moved, now);
  return { status: "recorded" };
}

/**
 * Takes in one carrier event.
 * @returns "not-yet" where its fulfillment has not been told; ask again later
 */
export async function recordScan(
  tx: Tx,
  shopId: ShopId,
  told: ScanSnapshot,
  now: Date,
): Promise<{ status: "recorded" | "already-recorded" | "not-yet" }> {
  await lockOrder(tx, shopId, told.orderGid);
  const parcel = await tx.parcel.findUnique({
    where: { shopId_fulfillmentGid: { shopId, fulfillmentGid: told.fulfillmentGid } },
    include: { order: true },
  });
  if (!parcel) return { status: "not-yet" };

  const { gid, orderGid, fulfillmentGid, ...scan } = told;
  const created = await tx.scan.createMany({
    data: [{ shopId, id: newId(now), parcelId: parcel.id, sourceKey: gid, ...scan }],
    skipDuplicates: true,
  });
  if (created.count === 0) return { status: "already-recorded" };
  await takeOverScans(tx, parcel);
  const moved = await moveTo(tx, parcel.order, parcel, told.status, told.happenedAt);
  await watchParcel(tx, parcel.order, moved, now);
  return { status: "recorded" };
}

/** The parcels of an order, oldest first, each with its scans, newest first. Cancelled ones are left out. */
export async function parcelsOfOrder(tx: Tx, shopId: ShopId, orderGid: string): Promise<ParcelWithScans[]> {
  return tx.parcel.findMany({
    where: { shopId, orderGid, cancelledAt: null },
    include: { scans: { orderBy: { happenedAt: "desc" } } },
    orderBy: [{ shippedAt: "asc" }, { fulfillmentGid: "asc" }],
  });
}

export async function parcelById(tx: Tx, shopId: ShopId, id: string): Promise<ParcelWithScans | null> {
  return tx.parcel.findUnique({
    where: { shopId_id: { shopId, id } },
    include: { scans: { orderBy: { happenedAt: "desc" } } },
  });
}

function detailsOf(told: FulfillmentSnapshot) {
  const { name, carrier, trackingNumber, trackingUrl, estimatedDeliveryAt, updatedAt } = told;
  return {
    name,
    carrier,
    trackingNumber,
    trackingUrl,
    shopifyUpdatedAt: updatedAt,
    ...(estimatedDeliveryAt ? { estimatedDeliveryAt } : {}),
  };
}

/** Moves the parcel forward, never back, and tells of its arrival once. @returns the parcel as it is now */
async function moveTo(
  tx: Tx,
  order: Order,
  parcel: Parcel,
  shopifyStatus: string | null,
  at: Date,
): Promise<Parcel> {
  const status = furtherStatus(parcel.status, parcelStatusOf(shopifyStatus));
  const tellsDelivery = parcelStatusOf(shopifyStatus) === "delivered";
  const earlier = parcel.deliveredAt && parcel.deliveredAt < at ? parcel.deliveredAt : at;
  const deliveredAt = tellsDelivery ? earlier : parcel.deliveredAt;
  const moved = await tx.parcel.update({
    where: { shopId_id: { shopId: parcel.shopId, id: parcel.id } },
    data: { status, deliveredAt, ...(tellsDelivery ? { forecastDueAt: at } : {}) },
  });
  if (status === "delivered" && parcel.status !== "delivered") {
    await tell(tx, order, { ...parcel, status }, "parcel.delivered");
  }
  if (status === "ready_for_pickup" && parcel.status !== "ready_for_pickup") {
    await tell(tx, order, { ...parcel, status }, "parcel.ready-for-pickup");
  }
  return moved;
}

/** The newest scan says when we last heard, the newest estimate counts, and the first scan of a stage began it. */
async function takeOverScans(tx: Tx, parcel: Parcel): Promise<void> {
  const { shopId, id: parcelId } = parcel;
  const scans = await tx.scan.findMany({
    where: { shopId, parcelId },
    orderBy: [{ happenedAt: "desc" }, { sourceKey: "desc" }],
  });
  const newest = scans[0];
  const estimate = scans.find((scan) => scan.estimatedDeliveryAt);
  const firstOf = (status: ParcelStatus) =>
    scans.findLast((scan) => parcelStatusOf(scan.status) === status)?.happenedAt ?? null;
  await tx.parcel.update({
    where: { shopId_id: { shopId, id: parcelId } },
    data: {
      lastScanAt: newest?.happenedAt,
      inTransitAt: firstOf("in_transit"),
      outForDeliveryAt: firstOf("out_for_delivery"),
      forecastDueAt: newest?.happenedAt,
      ...(estimate ? { estimatedDeliveryAt: estimate.estimatedDeliveryAt } : {}),
    },
  });
}

async function tell(
  tx: Tx,
  order: Order,
  parcel: Parcel,
  fact: "parcel.shipped" | "parcel.ready-for-pickup" | "parcel.delivered",
): Promise<void> {
  if (order.imported) return;
  const status = fact === "parcel.shipped" ? "shipped" : parcel.status;
  await publish(tx, fact, { shopId: parcel.shopId, parcelId: parcel.id, status });
}
