import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Order, Parcel } from "#app/generated/prisma/client";
import { lockOrder } from "#app/orders/orders.server";
import { enqueue } from "#app/queue/queue.server";
import { trackingKeyOf } from "./carrier-scan";
import { furtherStatus, parcelStatusOf } from "./parcel-status";
import { boxesOf, matchPieces, nameOfPiece, type Tracking } from "./pieces";
import { isHandedOver, waitingPickup } from "./pickup.server";
import { addScan, claimScans, settleParcel, tell } from "./scans.server";

/**
 * What Shopify tells of parcels: fulfillments and their events. One parcel per box of a fulfillment, one scan per carrier event. Tellings may come twice
 * and in any order; "shipped" is published once per fulfillment, "delivered" once per parcel, and never for orders from
 * before the installation.
 */

/** A fulfillment as one webhook or query tells it. `undefined` means "not told". */
export type FulfillmentSnapshot = {
  gid: string;
  orderGid: string;
  name: string;
  /** Shopify's word in lower case: pending, open, success, cancelled, error, failure. */
  status: string;
  /** One per box; empty where nothing is tracked. */
  trackings: Tracking[];
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

  const pieces = await piecesOf(tx, shopId, told.gid);
  const pickup = pieces.length === 0 ? await waitingPickup(tx, shopId, told) : null;
  const stored = pickup ? [pickup] : pieces;
  const parcels =
    stored.length === 0 ? await createAll(tx, order, told, now) : await takeIn(tx, order, stored, told, now);
  for (const parcel of parcels) {
    const before = stored.find(({ id }) => id === parcel.id);
    if (parcel.trackingKey !== before?.trackingKey) await claimScans(tx, parcel, now);
  }
  for (const parcel of parcels) await settleParcel(tx, order, parcel, now);
  return { status: "recorded" };
}

/** The parcels of a fulfillment, the first box first. */
async function piecesOf(tx: Tx, shopId: ShopId, fulfillmentGid: string): Promise<Parcel[]> {
  return tx.parcel.findMany({ where: { shopId, fulfillmentGid }, orderBy: { piece: "asc" } });
}

async function createAll(tx: Tx, order: Order, told: FulfillmentSnapshot, now: Date): Promise<Parcel[]> {
  const parcels: Parcel[] = [];
  for (const [piece, tracking] of boxesOf(told.trackings).entries()) {
    parcels.push(await create(tx, order, { told, tracking, piece, leader: parcels[0] ?? null }, now));
  }
  const [first] = parcels;
  // One departure, however many boxes.
  if (first && !first.cancelledAt && first.way !== "counter") await tell(tx, order, first, "parcel.shipped");
  return parcels;
}

/** A box of a fulfillment; what its leader was told to be, it is too, until somebody tells of its own number. */
type NewPiece = { told: FulfillmentSnapshot; tracking: Tracking; piece: number; leader: Parcel | null };

async function create(
  tx: Tx,
  order: Order,
  { told, tracking, piece, leader }: NewPiece,
  now: Date,
): Promise<Parcel> {
  const { shopId } = order;
  const isOverTheCounter = isHandedOver(order, told);
  const originCountry = await originOf(tx, shopId, told);
  const parcel = await tx.parcel.create({
    data: {
      shopId,
      id: newId(now),
      orderGid: told.orderGid,
      fulfillmentGid: told.gid,
      piece,
      way: isOverTheCounter ? "counter" : "shipped",
      shippedAt: told.shippedAt,
      plannedFor: told.estimatedDeliveryAt ?? null,
      forecastDueAt: told.shippedAt,
      cancelledAt: told.status === "cancelled" ? told.updatedAt : null,
      originCountry,
      ...detailsOf(told, tracking, piece),
      ...(isOverTheCounter
        ? { toldStatus: "delivered" as const, toldDeliveredAt: told.shippedAt }
        : statusOf(told, leader ?? { toldStatus: "announced", toldDeliveredAt: null })),
    },
  });
  if (told.locationGid && !originCountry) {
    await enqueue(tx, "parcels.read-origin", { shopId, parcelId: parcel.id, locationGid: told.locationGid });
  }
  return parcel;
}

/** What is told of a fulfillment that we know: of its boxes only where it is the newest that was told. */
async function takeIn(
  tx: Tx,
  order: Order,
  stored: Parcel[],
  told: FulfillmentSnapshot,
  now: Date,
): Promise<Parcel[]> {
  const isNewest = stored.every(
    ({ shopifyUpdatedAt }) => !shopifyUpdatedAt || shopifyUpdatedAt <= told.updatedAt,
  );
  const parcels: Parcel[] = [];
  if (!isNewest) {
    for (const piece of stored) parcels.push(await update(tx, piece, told, null));
    return parcels;
  }
  const { kept, added, gone } = matchPieces(stored, told.trackings);
  for (const { piece, tracking } of kept) parcels.push(await update(tx, piece, told, tracking));
  for (const piece of gone) parcels.push(await takeOut(tx, piece, told));
  const [leader] = parcels;
  let next = Math.max(...stored.map(({ piece }) => piece)) + 1;
  for (const tracking of added) {
    parcels.push(await create(tx, order, { told, tracking, piece: next++, leader: leader ?? null }, now));
  }
  return parcels;
}

/** @param tracking what its box is called now; null where a newer telling has said it */
async function update(
  tx: Tx,
  stored: Parcel,
  told: FulfillmentSnapshot,
  tracking: Tracking | null,
): Promise<Parcel> {
  const { shopId, id } = stored;
  const isBack = tracking && isNewer(told, stored) && told.status !== "cancelled";
  return tx.parcel.update({
    where: { shopId_id: { shopId, id } },
    data: {
      fulfillmentGid: told.gid,
      ...(tracking ? detailsOf(told, tracking, stored.piece) : {}),
      plannedFor: stored.plannedFor ?? told.estimatedDeliveryAt ?? null,
      cancelledAt: isBack
        ? null
        : (stored.cancelledAt ?? (told.status === "cancelled" ? told.updatedAt : null)),
      // A pickup has no fulfillment before it was fetched.
      ...(stored.fulfillmentGid === told.gid
        ? statusOf(told, stored)
        : { toldStatus: "delivered" as const, toldDeliveredAt: told.shippedAt }),
    },
  });
}

/** Its number is no longer told. Of two tellings of one second, neither is the newer: then it stays. */
async function takeOut(tx: Tx, stored: Parcel, told: FulfillmentSnapshot): Promise<Parcel> {
  if (!isNewer(told, stored)) return stored;
  const { shopId, id } = stored;
  return tx.parcel.update({
    where: { shopId_id: { shopId, id } },
    data: { shopifyUpdatedAt: told.updatedAt, cancelledAt: stored.cancelledAt ?? told.updatedAt },
  });
}

function isNewer(told: FulfillmentSnapshot, { shopifyUpdatedAt }: Parcel): boolean {
  return !shopifyUpdatedAt || shopifyUpdatedAt < told.updatedAt;
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
  const pieces = await piecesOf(tx, shopId, told.fulfillmentGid);
  const leader = pieces.find(({ cancelledAt }) => !cancelledAt) ?? pieces[0];
  if (!leader) return { status: "not-yet" };

  const order = await tx.order.findUniqueOrThrow({ where: { shopId_gid: { shopId, gid: told.orderGid } } });
  const { gid, orderGid: _order, fulfillmentGid: _fulfillment, ...scan } = told;
  if (!(await addScan(tx, leader, { sourceKey: gid, ...scan }, now))) return { status: "already-recorded" };
  for (const piece of pieces) {
    const said = piece === leader ? piece : await hearOf(tx, piece, told);
    await settleParcel(tx, order, said, now);
  }
  return { status: "recorded" };
}

/** Shopify's events name no box: they are the first one's, and hearsay about the others. */
async function hearOf(tx: Tx, piece: Parcel, { status, happenedAt }: ScanSnapshot): Promise<Parcel> {
  const { shopId, id } = piece;
  const event = { shipmentStatus: status, deliveredAt: happenedAt, updatedAt: happenedAt };
  return tx.parcel.update({ where: { shopId_id: { shopId, id } }, data: statusOf(event, piece) });
}

function detailsOf(
  { name, estimatedDeliveryAt, updatedAt }: FulfillmentSnapshot,
  tracking: Tracking,
  piece: number,
) {
  return {
    name: nameOfPiece(name, piece),
    carrier: tracking.carrier,
    trackingNumber: tracking.number,
    trackingKey: trackingKeyOf(tracking.number),
    trackingUrl: tracking.url,
    shopifyUpdatedAt: updatedAt,
    ...(estimatedDeliveryAt ? { estimatedDeliveryAt } : {}),
  };
}

/** What the fulfillment itself says about how far it is: the furthest, and the earliest delivery, that it has ever told. */
function statusOf(
  told: Pick<FulfillmentSnapshot, "shipmentStatus" | "deliveredAt" | "updatedAt">,
  before: Pick<Parcel, "toldStatus" | "toldDeliveredAt">,
) {
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
