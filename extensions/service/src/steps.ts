import type { ParcelView } from "../../shared/contract";

type Status = ParcelView["status"];

/** Announced, on its way, out for delivery or at the pickup point, delivered. */
export const STEPS = 4;

/** How far a parcel has come, from 1 to STEPS; null where a bar would promise what will not happen. */
const STEP: Record<Status, number | null> = {
  announced: 1,
  in_transit: 2,
  delayed: 2,
  out_for_delivery: 3,
  attempted: 3,
  ready_for_pickup: 3,
  delivered: STEPS,
  failed: null,
};

export function stepOf(status: Status): number | null {
  return STEP[status];
}

export function isParcelStatus(status: string): status is Status {
  return status in STEP;
}

export function toneOf(status: Status): "auto" | "success" | "warning" | "critical" {
  if (status === "delivered") return "success";
  if (status === "failed") return "critical";
  return status === "delayed" || status === "attempted" ? "warning" : "auto";
}
