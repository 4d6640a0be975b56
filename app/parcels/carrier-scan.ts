import type { Handover } from "./handover";

/** What befell a parcel beyond its status. */
export const TROUBLES = ["wrong-address", "damaged", "lost", "returned"] as const;
export type Trouble = (typeof TROUBLES)[number];

/**
 * The words of a scan's status. All but "settled" are Shopify's for fulfillment events; "settled" is a staff member's word
 * that what was wrong has been put right. Null says nothing about how far the parcel is.
 */
export const SCAN_STATUSES = [
  "confirmed",
  "carrier_picked_up",
  "in_transit",
  "delayed",
  "out_for_delivery",
  "attempted_delivery",
  "ready_for_pickup",
  "delivered",
  "failure",
] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];
export const SETTLED = "settled";
/** A scan that says nothing about how far the parcel is: a note, or damage on the way. */
export const NOTED = "noted";

/** A scan as any source beside Shopify tells it: it knows the parcel by its tracking number only. */
export type CarrierScan = {
  /** Names this event among those of its number and source; the same however often it is told. */
  key: string;
  trackingNumber: string;
  status: ScanStatus | typeof SETTLED | typeof NOTED;
  /** The source's own code, e.g. "Delivered_003". */
  code: string | null;
  handover: Handover | null;
  trouble: Trouble | null;
  message: string | null;
  city: string | null;
  country: string | null;
  happenedAt: Date;
  estimatedDeliveryAt: Date | null;
};

/** Numbers are printed and typed with blanks and dashes, in either case; null where nothing is left. */
export function trackingKeyOf(number: string | null | undefined): string | null {
  return (number ?? "").replace(/[^\p{L}\d]/gu, "").toUpperCase() || null;
}
