import type { ParcelStatus } from "#app/generated/prisma/enums";

/**
 * How far a parcel is. Carriers tell scans late and in any order, so a parcel takes the furthest status it has heard of
 * and never moves back. A failed delivery may still be followed by a delivery.
 */
const RANK: Record<ParcelStatus, number> = {
  announced: 0,
  in_transit: 1,
  delayed: 2,
  out_for_delivery: 3,
  attempted: 4,
  ready_for_pickup: 5,
  failed: 6,
  delivered: 7,
};

/** Nothing more is to come: it is there, waits to be fetched, or is lost. */
export const OVER: readonly ParcelStatus[] = ["delivered", "failed", "ready_for_pickup"];

const FROM_SHOPIFY: Record<string, ParcelStatus> = {
  label_printed: "announced",
  label_purchased: "announced",
  confirmed: "announced",
  submitted: "announced",
  carrier_picked_up: "in_transit",
  picked_up: "delivered",
  in_transit: "in_transit",
  delayed: "delayed",
  out_for_delivery: "out_for_delivery",
  attempted_delivery: "attempted",
  ready_for_pickup: "ready_for_pickup",
  delivered: "delivered",
  failure: "failed",
  not_delivered: "failed",
};

/** Shopify's shipment or event status, in either case ("IN_TRANSIT", "in_transit"); null for one we do not know. */
export function parcelStatusOf(shopifyStatus: string | null | undefined): ParcelStatus | null {
  return FROM_SHOPIFY[(shopifyStatus ?? "").toLowerCase()] ?? null;
}

export function furtherStatus(a: ParcelStatus, b: ParcelStatus | null): ParcelStatus {
  return b && RANK[b] > RANK[a] ? b : a;
}

/** Notes of staff are for staff; damage and the like is told in a message that also says what happens next. */
export function isForShoppers(scan: { status: string; source: string; trouble: string | null }): boolean {
  return parcelStatusOf(scan.status) !== null || (scan.source === "shopify" && !scan.trouble);
}
