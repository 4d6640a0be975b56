import type { Parcel } from "#app/generated/prisma/client";
import { OVER } from "./parcel-status";

/** When a shopper is told to expect a parcel. */
export type Expected = { from: Date; until: Date };

type Told = Pick<
  Parcel,
  "status" | "cancelledAt" | "deliveredAt" | "estimatedDeliveryAt" | "earliestAt" | "latestAt"
>;

/**
 * Our forecast, or the carrier's word until there is one; null where nothing is to come, or nothing is known. The
 * forecast wins: it knows the carrier's word, and how much it was worth so far.
 */
export function expectedFor(parcel: Told): Expected | null {
  if (!isOnTheRoad(parcel)) return null;
  if (parcel.earliestAt && parcel.latestAt) return { from: parcel.earliestAt, until: parcel.latestAt };
  return (
    parcel.estimatedDeliveryAt && { from: parcel.estimatedDeliveryAt, until: parcel.estimatedDeliveryAt }
  );
}

/** Neither there, nor waiting to be fetched, nor lost. */
function isOnTheRoad({ status, cancelledAt, deliveredAt }: Told): boolean {
  return !cancelledAt && !deliveredAt && !OVER.includes(status);
}
