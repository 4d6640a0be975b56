import { DELIVERY_JOURNEYS } from "./delivery-journeys";
import { MARKETING_JOURNEYS } from "./marketing-journeys";
import type { ReadyJourney } from "./ready-parts";

/** The library: what every shop can switch on, in the order in which it is shown. */
export const READY_JOURNEYS: Record<ReadyKey, ReadyJourney> = { ...DELIVERY_JOURNEYS, ...MARKETING_JOURNEYS };
export type ReadyKey = keyof typeof DELIVERY_JOURNEYS | keyof typeof MARKETING_JOURNEYS;
export const READY_KEYS = Object.keys(READY_JOURNEYS) as ReadyKey[];

export function isReadyKey(key: string): key is ReadyKey {
  return Object.hasOwn(READY_JOURNEYS, key);
}
