import type { ParcelStatus } from "#app/generated/prisma/enums";
import type { Handover } from "#app/parcels/handover";

/** How far a parcel is and how it was handed over, as a merchant reads it. */
export const PARCEL_STATUS_WORDS: Record<ParcelStatus, string> = {
  announced: "Announced",
  in_transit: "On its way",
  delayed: "Delayed",
  out_for_delivery: "Out for delivery",
  attempted: "Delivery attempted",
  ready_for_pickup: "Waits to be fetched",
  delivered: "Delivered",
  failed: "Not delivered",
};

export const HANDOVER_WORDS: Record<Handover, string> = {
  signed: "signed for",
  collected: "fetched",
  neighbour: "left with a neighbour",
  "safe-place": "left in a safe place",
  letterbox: "put into the letterbox",
  unknown: "",
};

export const SOURCE_WORDS: Record<string, string> = {
  shopify: "Shopify",
  aftership: "AfterShip",
  feed: "Your system",
  file: "File",
  staff: "Staff",
};

/** Scans speak Shopify's words and a few of ours. */
export function scanWords(status: string): string {
  const own: Record<string, string> = {
    noted: "Note",
    settled: "Put right",
    attempted_delivery: "Delivery attempted",
  };
  return own[status] ?? status.charAt(0).toUpperCase() + status.slice(1).replaceAll("_", " ");
}
