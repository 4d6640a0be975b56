import type { Around, Prospects } from "./prospects";
import type { Habits, Sellable } from "./sellable";

/**
 * A prospect in numbers, for the blend: each score as its logarithm (the blend multiplies chances), as its square root
 * (what is nearly zero must not look like minus infinity), and times the size of the order, because sums over many
 * products mean less each. The order of the names is the order of the stored weights.
 */
export const FEATURES = [
  "log pull",
  "pull",
  "root pull",
  "log confidence",
  "root confidence",
  "log walk",
  "root walk",
  "log orders",
  "log recent orders",
  "log age",
  "likeness",
  "size × log pull",
  "size × pull",
  "size × log confidence",
  "size × log walk",
  "size × log orders",
  "size × log recent orders",
  "size × likeness",
  "sibling",
  "price gap",
  "bought",
  "log times bought",
  "bought × log pull",
  "bought × repeat rate",
  "bought × log recent orders",
  "bought × earlier products",
] as const;

/** Below these a score is as good as none. */
const LEAST_PULL = 0.003;
const LEAST_CONFIDENCE = 0.01;
const LEAST_WALK = 1e-4;
/** Share of orders with two products of a category at which a sibling is neither likelier nor less likely. */
const USUAL_PAIR_RATE = 0.3;

/** What all prospects of one order have in common. */
export type Setting = {
  size: number;
  logPrice: number | null;
  siblings: Map<string, number>;
  bought: number;
};

export function settingOf<Product extends Sellable>(around: Around<Product>): Setting {
  const { ordered, bought = [], habits } = around;
  let priced = 0;
  let logPrices = 0;
  for (const { priceMinor } of ordered) {
    if (!isAmount(priceMinor)) continue;
    priced++;
    logPrices += Math.log(priceMinor);
  }
  return {
    size: Math.log(Math.max(1, ordered.length)),
    logPrice: priced > 0 ? logPrices / priced : null,
    siblings: siblingsOf(ordered, habits),
    bought: Math.log1p(bought.length),
  };
}

/** Per category of the order, whether a second product of it is likely (above zero) or a substitute (below). */
function siblingsOf(ordered: Around<Sellable>["ordered"], habits: Habits): Map<string, number> {
  const siblings = new Map<string, number>();
  for (const { category } of ordered) {
    if (!category || siblings.has(category)) continue;
    siblings.set(category, Math.log((habits.get(category)?.pairRate ?? USUAL_PAIR_RATE) / USUAL_PAIR_RATE));
  }
  return siblings;
}

/** Writes the numbers of a prospect into `out` from `at` on. Always finite. */
export function describe(
  { products, pull, confidence, walk, likeness, bought }: Prospects,
  row: number,
  setting: Setting,
  out: Float64Array | Float32Array,
  at: number,
): void {
  const product = products[row]!;
  const { size, logPrice, siblings } = setting;
  const logPull = Math.log((pull[row]! + LEAST_PULL) / LEAST_PULL);
  const logConfidence = Math.log((confidence[row]! + LEAST_CONFIDENCE) / LEAST_CONFIDENCE);
  const logWalk = Math.log((walk[row]! + LEAST_WALK) / LEAST_WALK);
  const logOrders = Math.log1p(product.orders);
  const logRecent = Math.log1p(product.recentOrders);
  out[at] = logPull;
  out[at + 1] = pull[row]!;
  out[at + 2] = Math.sqrt(pull[row]!);
  out[at + 3] = logConfidence;
  out[at + 4] = Math.sqrt(confidence[row]!);
  out[at + 5] = logWalk;
  out[at + 6] = Math.sqrt(walk[row]!);
  out[at + 7] = logOrders;
  out[at + 8] = logRecent;
  out[at + 9] = Math.log1p(product.ageDays);
  out[at + 10] = likeness[row]!;
  out[at + 11] = size * logPull;
  out[at + 12] = size * pull[row]!;
  out[at + 13] = size * logConfidence;
  out[at + 14] = size * logWalk;
  out[at + 15] = size * logOrders;
  out[at + 16] = size * logRecent;
  out[at + 17] = size * likeness[row]!;
  out[at + 18] = siblings.get(product.category) ?? 0;
  out[at + 19] =
    logPrice !== null && isAmount(product.priceMinor) ? Math.abs(Math.log(product.priceMinor) - logPrice) : 0;
  const again = bought[row]! > 0;
  out[at + 20] = again ? 1 : 0;
  out[at + 21] = again ? Math.log1p(bought[row]!) : 0;
  out[at + 22] = again ? logPull : 0;
  out[at + 23] = again ? Math.log(Math.max(0.01, product.repeatRate)) : 0;
  out[at + 24] = again ? logRecent : 0;
  out[at + 25] = again ? setting.bought : 0;
}

function isAmount(priceMinor: number | null): priceMinor is number {
  return priceMinor !== null && Number.isFinite(priceMinor) && priceMinor > 0;
}
