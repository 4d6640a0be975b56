import type { Parcel, Scan } from "#app/generated/prisma/client";
import type { ParcelStatus } from "#app/generated/prisma/enums";
import { SETTLED, TROUBLES, type Trouble } from "./carrier-scan";
import type { ExceptionKind } from "./exception";
import { isHandover, type Handover } from "./handover";
import { furtherStatus, parcelStatusOf } from "./parcel-status";

/**
 * What a parcel is, from all that was told of it: the same whatever the order of telling, and again the same once a scan
 * has been taken back. Pure.
 */

type Told = Pick<Parcel, "toldStatus" | "toldDeliveredAt" | "estimatedDeliveryAt" | "way">;
export type TrackedScan = Pick<
  Scan,
  "status" | "handover" | "trouble" | "happenedAt" | "sourceKey" | "withdrawnAt" | "estimatedDeliveryAt"
>;

export type Derived = Pick<
  Parcel,
  | "status"
  | "deliveredAt"
  | "handover"
  | "lastScanAt"
  | "inTransitAt"
  | "outForDeliveryAt"
  | "estimatedDeliveryAt"
>;

export function derive(told: Told, all: TrackedScan[]): Derived {
  const scans = countedNewestFirst(all);
  const status = scans.reduce((furthest, scan) => furtherStatus(furthest, statusOf(scan)), told.toldStatus);
  const firstOf = (wanted: ParcelStatus) =>
    scans.findLast((scan) => statusOf(scan) === wanted)?.happenedAt ?? null;
  const estimate = scans.find((scan) => scan.estimatedDeliveryAt)?.estimatedDeliveryAt;
  return {
    status,
    deliveredAt: status === "delivered" ? earlier(told.toldDeliveredAt, firstOf("delivered")) : null,
    handover: status === "delivered" ? handoverOf(told, scans) : null,
    lastScanAt: scans[0]?.happenedAt ?? null,
    inTransitAt: firstOf("in_transit"),
    outForDeliveryAt: firstOf("out_for_delivery"),
    // The newest word counts.
    estimatedDeliveryAt: estimate ?? told.estimatedDeliveryAt,
  };
}

/** What is wrong by the scans themselves, whatever clocks and forecasts say beside. */
export function problemsOf(status: ParcelStatus, all: TrackedScan[]): ExceptionKind[] {
  const scans = countedNewestFirst(all);
  const settledAt = scans.find((scan) => scan.status === SETTLED)?.happenedAt.getTime() ?? -Infinity;
  const since = scans.filter((scan) => scan.happenedAt.getTime() > settledAt);
  if (settledAt > -Infinity && since.length === 0) return [];
  const troubles = TROUBLES.filter((trouble) => isOpen(trouble, since));
  if (status === "attempted" && !troubles.includes("wrong-address")) return ["failed-attempt", ...troubles];
  if (status === "failed" && troubles.length === 0) return ["not-delivered"];
  if (status === "delayed") return ["late", ...troubles];
  return troubles;
}

/** Scans that show that a trouble is over when they come after it. */
const OVER_BY: Record<Trouble, ParcelStatus[]> = {
  "wrong-address": ["out_for_delivery", "ready_for_pickup", "delivered"],
  damaged: ["delivered"],
  lost: ["in_transit", "out_for_delivery", "ready_for_pickup", "delivered"],
  returned: ["out_for_delivery", "ready_for_pickup", "delivered"],
};

function isOpen(trouble: Trouble, newestFirst: TrackedScan[]): boolean {
  const at = newestFirst.findIndex((scan) => scan.trouble === trouble);
  if (at < 0) return false;
  return !newestFirst.slice(0, at).some((scan) => OVER_BY[trouble].includes(statusOf(scan)!));
}

function handoverOf({ way }: Told, newestFirst: TrackedScan[]): Handover {
  const delivered = newestFirst.filter((scan) => statusOf(scan) === "delivered");
  const said = delivered.map((scan) => scan.handover).find((one) => isHandover(one) && one !== "unknown");
  if (said) return said as Handover;
  const fetched = way !== "shipped" || delivered.some((scan) => scan.status === "picked_up");
  return fetched ? "collected" : "unknown";
}

function statusOf({ status }: Pick<TrackedScan, "status">): ParcelStatus | null {
  return parcelStatusOf(status);
}

function countedNewestFirst(scans: TrackedScan[]): TrackedScan[] {
  return scans
    .filter((scan) => !scan.withdrawnAt)
    .sort((a, b) => b.happenedAt.getTime() - a.happenedAt.getTime() || (a.sourceKey < b.sourceKey ? 1 : -1));
}

function earlier(a: Date | null, b: Date | null): Date | null {
  return a && b ? (a < b ? a : b) : (a ?? b);
}
