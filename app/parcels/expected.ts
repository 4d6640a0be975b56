import type { Parcel } from "#app/generated/prisma/client";
import { OVER } from "./parcel-status";

/** When a shopper is told to expect a parcel; `likely` where there is a forecast. */
export type Expected = { from: Date; until: Date; likely: Date | null };

type Told = Pick<
  Parcel,
  | "status"
  | "cancelledAt"
  | "deliveredAt"
  | "estimatedDeliveryAt"
  | "plannedFor"
  | "earliestAt"
  | "likelyAt"
  | "latestAt"
>;

const DAY = 24 * 60 * 60 * 1000;

/**
 * Our forecast, or the carrier's word until there is one; null where nothing is to come, or nothing is known. The
 * forecast wins: it knows the carrier's word, and how much it was worth so far.
 */
export function expectedFor(parcel: Told): Expected | null {
  if (!isOnTheRoad(parcel)) return null;
  const { earliestAt, likelyAt, latestAt, estimatedDeliveryAt } = parcel;
  if (!earliestAt || !likelyAt || !latestAt) {
    return estimatedDeliveryAt && { from: estimatedDeliveryAt, until: estimatedDeliveryAt, likely: null };
  }
  const later = postponement(parcel);
  const move = (at: Date) => new Date(at.getTime() + later);
  return { from: move(earliestAt), likely: move(likelyAt), until: move(latestAt) };
}

/** A carrier that puts its own date off knows why: the forecast moves along, so that its middle is that date. In milliseconds. */
function postponement({ status, plannedFor, estimatedDeliveryAt, likelyAt }: Told): number {
  if (!estimatedDeliveryAt || !likelyAt) return 0;
  const isPutOff = plannedFor !== null && estimatedDeliveryAt.getTime() - plannedFor.getTime() >= DAY;
  if (status !== "delayed" && !isPutOff) return 0;
  return Math.max(0, estimatedDeliveryAt.getTime() - likelyAt.getTime());
}

/** Neither there, nor waiting to be fetched, nor lost. */
function isOnTheRoad({ status, cancelledAt, deliveredAt }: Told): boolean {
  return !cancelledAt && !deliveredAt && !OVER.includes(status);
}
