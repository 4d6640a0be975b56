import { z } from "zod";
import { FEATURES } from "./features";
import type { Blend } from "./rank";
import type { Habits } from "./sellable";
import { USUAL_BLEND } from "./usual-blend";

/** What is stored of a shop's model, by names: a feature that comes or goes later does no harm. */

const share = z.number().min(0).max(1);
const weights = z.record(z.string(), z.number());
const StoredBlend = z.object({ cold: weights, known: weights });
const StoredHabits = z.record(
  z.string(),
  z.object({ sales: z.number(), repeatRate: share, pairRate: share }),
);
export const MeasuredSchema = z.object({
  questions: z.number(),
  hitRate: share,
  hitRateKnown: share.nullable(),
});

export function storeBlend({ cold, known }: Blend) {
  return { cold: byName(cold), known: byName(known) };
}

function byName(numbers: Float64Array): Record<string, number> {
  return Object.fromEntries(FEATURES.map((feature, index) => [feature, numbers[index]!]));
}

/** @returns the usual blend where nothing usable is stored */
export function readBlend(stored: unknown): Blend {
  const { success, data } = StoredBlend.safeParse(stored);
  if (!success) return USUAL_BLEND;
  return { cold: byPlace(data.cold, USUAL_BLEND.cold), known: byPlace(data.known, USUAL_BLEND.known) };
}

function byPlace(named: Record<string, number>, usual: Float64Array): Float64Array {
  return Float64Array.from(FEATURES, (feature, index) => named[feature] ?? usual[index]!);
}

export function readHabits(stored: unknown): Habits {
  return new Map(Object.entries(StoredHabits.safeParse(stored).data ?? {}));
}
