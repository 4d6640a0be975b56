/** How a parcel was handed over, as far as its scans tell. What comes next may depend on it: was it found at the neighbour's? */
export const HANDOVERS = ["signed", "collected", "neighbour", "safe-place", "letterbox", "unknown"] as const;
export type Handover = (typeof HANDOVERS)[number];

export function isHandover(value: unknown): value is Handover {
  return HANDOVERS.includes(value as Handover);
}
