import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Order, Parcel, Scan } from "#app/generated/prisma/client";
import { lockOrder } from "#app/orders/orders.server";
import { enqueue } from "#app/queue/queue.server";
import { trackingKeyOf } from "./carrier-scan";
import { furtherStatus, parcelStatusOf } from "./parcel-status";
import { isHandedOver, waitingPickup } from "./pickup.server";
import { addScan, claimScans, settleParcel, tell } from "./scans.server";

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
  /** ISO code of the country that it left from, where told. */
  originCountry?: string | null;
  locationGid?: string | null;
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

  const key = { shopId_fulfillmentGid: { shopId, fulfillmentGid: told.gid } };
  const stored = (await tx.parcel.findUnique({ where: key })) ?? (await waitingPickup(tx, shopId, told));
  const parcel = stored ? await update(tx, stored, told) : await create(tx, order, told, now);
  if (parcel.trackingKey !== stored?.trackingKey) await claimScans(tx, parcel, now);
  await settleParcel(tx, order, parcel, now);
  return { status: "recorded" };
}

async function create(tx: Tx, order: Order, told: FulfillmentSnapshot, now: Date): Promise<Parcel> {
  const { shopId } = order;
  const isOverTheCounter = isHandedOver(order, told);
  const originCountry = await originOf(tx, shopId, told);
  const parcel = await tx.parcel.create({
    data: {
      shopId,
      id: newId(now),
      orderGid: told.orderGid,
      fulfillmentGid: told.gid,
      way: isOverTheCounter ? "counter" : "shipped",
      shippedAt: told.shippedAt,
      plannedFor: told.estimatedDeliveryAt ?? null,
      forecastDueAt: told.shippedAt,
      cancelledAt: told.status === "cancelled" ? told.updatedAt : null,
      originCountry,
      ...detailsOf(told),
      ...(isOverTheCounter
        ? { toldStatus: "delivered" as const, toldDeliveredAt: told.shippedAt }
        : statusOf(told, { toldStatus: "announced", toldDeliveredAt: null })),
    },
  });
  if (told.locationGid && !originCountry) {
    await enqueue(tx, "parcels.read-origin", { shopId, parcelId: parcel.id, locationGid: told.locationGid });
  }
  if (!parcel.cancelledAt && !isOverTheCounter) await tell(tx, order, parcel, "parcel.shipped");
  return parcel;
}

async function update(tx: Tx, stored: Parcel, told: FulfillmentSnapshot): Promise<Parcel> {
  const { shopId, id } = stored;
  const isNewer = !stored.shopifyUpdatedAt || stored.shopifyUpdatedAt <= told.updatedAt;
  return tx.parcel.update({
    where: { shopId_id: { shopId, id } },
    data: {
      fulfillmentGid: told.gid,
      ...(isNewer ? detailsOf(told) : {}),
      plannedFor: stored.plannedFor ?? told.estimatedDeliveryAt ?? null,
      cancelledAt: stored.cancelledAt ?? (told.status === "cancelled" ? told.updatedAt : null),
      // A pickup has no fulfillment before it was fetched.
      ...(stored.fulfillmentGid === told.gid
        ? statusOf(told, stored)
        : { toldStatus: "delivered" as const, toldDeliveredAt: told.shippedAt }),
    },
  });
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
  const found = await tx.parcel.findUnique({
    where: { shopId_fulfillmentGid: { shopId, fulfillmentGid: told.fulfillmentGid } },
    include: { order: true },
  });
  if (!found) return { status: "not-yet" };

  const { order, ...parcel } = found;
  const { gid, orderGid: _order, fulfillmentGid: _fulfillment, ...scan } = told;
  if (!(await addScan(tx, parcel, { sourceKey: gid, ...scan }, now))) return { status: "already-recorded" };
  await settleParcel(tx, order, parcel, now);
  return { status: "recorded" };
}

/** The parcels of an order, oldest first, each with its scans, newest first. Cancelled ones and scans taken back are left out. */
export async function parcelsOfOrder(tx: Tx, shopId: ShopId, orderGid: string): Promise<ParcelWithScans[]> {
  return tx.parcel.findMany({
    where: { shopId, orderGid, cancelledAt: null },
    include: { scans: { where: { withdrawnAt: null }, orderBy: { happenedAt: "desc" } } },
    orderBy: [{ shippedAt: "asc" }, { fulfillmentGid: "asc" }],
  });
}

export async function parcelById(tx: Tx, shopId: ShopId, id: string): Promise<ParcelWithScans | null> {
  return tx.parcel.findUnique({
    where: { shopId_id: { shopId, id } },
    include: { scans: { where: { withdrawnAt: null }, orderBy: { happenedAt: "desc" } } },
  });
}

function detailsOf(told: FulfillmentSnapshot) {
  const { name, carrier, trackingNumber, trackingUrl, estimatedDeliveryAt, updatedAt } = told;
  return {
    name,
    carrier,
    trackingNumber,
    trackingKey: trackingKeyOf(trackingNumber),
    trackingUrl,
    shopifyUpdatedAt: updatedAt,
    ...(estimatedDeliveryAt ? { estimatedDeliveryAt } : {}),
  };
}

/** What the fulfillment itself says about how far it is: the furthest, and the earliest delivery, that it has ever told. */
function statusOf(told: FulfillmentSnapshot, before: Pick<Parcel, "toldStatus" | "toldDeliveredAt">) {
  const status = parcelStatusOf(told.shipmentStatus);
  const toldStatus = furtherStatus(before.toldStatus, status);
  if (status !== "delivered") return { toldStatus };
  const at = told.deliveredAt ?? told.updatedAt;
  const first = before.toldDeliveredAt && before.toldDeliveredAt < at ? before.toldDeliveredAt : at;
  return { toldStatus, toldDeliveredAt: first };
}

/** Null where it is not told, or its location has not been read yet. */
async function originOf(tx: Tx, shopId: ShopId, told: FulfillmentSnapshot): Promise<string | null> {
  if (told.originCountry) return told.originCountry;
  if (!told.locationGid) return null;
  const location = await tx.shopLocation.findUnique({
    where: { shopId_gid: { shopId, gid: told.locationGid } },
  });
  return location?.country ?? null;
}
