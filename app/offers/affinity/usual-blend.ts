import { FEATURES } from "./features";
import type { Blend } from "./rank";

/** How much features count before a shop's own orders tell. */
const COLD: Partial<Record<(typeof FEATURES)[number], number>> = {
  "log pull": 0.5,
  "log confidence": 0.3,
  "log recent orders": 0.2,
  likeness: 0.5,
  sibling: 0.3,
  "log walk": 0.2,
};
const KNOWN: typeof COLD = { ...COLD, bought: 1, "log times bought": 0.8 };

export const USUAL_BLEND: Blend = { cold: weightsFrom(COLD), known: weightsFrom(KNOWN) };

function weightsFrom(weights: typeof COLD): Float64Array {
  return Float64Array.from(FEATURES, (feature) => weights[feature] ?? 0);
}
