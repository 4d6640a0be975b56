import { categoryNumber, logPrice, OWN_CATEGORY, OWN_WIDTH } from "./columns";
import type { Around, Prospects } from "./prospects";
import type { Habits, Sellable } from "./sellable";

/**
 * A prospect in numbers, for the blend: each score as its logarithm (the blend multiplies chances) and as its square root
 * (what is nearly zero must not look like minus infinity).
 */
const FACTS = [
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
  "sibling",
  "price gap",
  "bought",
  "log times bought",
  "bought × log pull",
  "bought × repeat rate",
  "bought × log recent orders",
  "bought × earlier products",
] as const;
/** Facts that count more or less in a large order, because sums over many products mean less each. */
const SIZED = [
  "log pull",
  "pull",
  "log confidence",
  "log walk",
  "log orders",
  "log recent orders",
  "likeness",
] as const satisfies (typeof FACTS)[number][];
const SIZED_FACTS = SIZED.map((fact) => FACTS.indexOf(fact));

/** The facts, and some of them times the size of the order. This is the order of the weights. */
export const FEATURES = [...FACTS, ...SIZED.map((fact) => `size × ${fact}` as const)] as const;

export const FACTS_WIDTH = FACTS.length;

/** Below these a score is as good as none. */
const LEAST_PULL = 0.003;
const LEAST_CONFIDENCE = 0.01;
const LEAST_WALK = 1e-4;
/** Share of orders with two products of a category at which a sibling is neither likelier nor less likely. */
const USUAL_PAIR_RATE = 0.3;

/** Categories of an order by their numbers, and how likely a second product of each is (0: as usual). */
type Siblings = { categories: number[]; likely: number[] };

/** What all prospects of one order have in common. */
export type Setting = {
  size: number;
  /** Mean over the order; NaN where no price is known. */
  logPrice: number;
  siblings: Siblings;
  bought: number;
};

export function settingOf<Product extends Sellable>(around: Around<Product>): Setting {
  const { ordered, bought = [], habits } = around;
  let priced = 0;
  let logPrices = 0;
  for (const { priceMinor } of ordered) {
    const logged = logPrice(priceMinor);
    if (Number.isNaN(logged)) continue;
    priced++;
    logPrices += logged;
  }
  return {
    size: Math.log(Math.max(1, ordered.length)),
    logPrice: logPrices / priced,
    siblings: siblingsOf(ordered, habits),
    bought: Math.log1p(bought.length),
  };
}

/** Above zero where a second product of the category is likely, below where it is a substitute. */
function siblingsOf(ordered: Around<Sellable>["ordered"], habits: Habits): Siblings {
  const siblings: Siblings = { categories: [], likely: [] };
  for (const { category } of ordered) {
    const number = categoryNumber(category);
    if (number === 0 || siblings.categories.includes(number)) continue;
    siblings.categories.push(number);
    siblings.likely.push(Math.log((habits.get(category)?.pairRate ?? USUAL_PAIR_RATE) / USUAL_PAIR_RATE));
  }
  return siblings;
}

function siblingAt({ categories, likely }: Siblings, category: number): number {
  for (let index = 0; index < categories.length; index++) {
    if (categories[index] === category) return likely[index]!;
  }
  return 0;
}

/** Writes the features of a prospect into `out` from `at` on. Always finite. */
export function describe(
  prospects: Prospects,
  row: number,
  setting: Setting,
  out: Float64Array | Float32Array,
  at: number,
): void {
  writeFacts(prospects, row, setting, out, at);
  SIZED_FACTS.forEach((fact, index) => (out[at + FACTS_WIDTH + index] = setting.size * out[at + fact]!));
}

/** Weights of the facts alone, for orders of this size: then fewer numbers need to be worked out for each prospect. */
export function weightsForSize(weights: Float64Array, { size }: Setting, out: Float64Array): void {
  for (let fact = 0; fact < FACTS_WIDTH; fact++) out[fact] = weights[fact]!;
  for (let index = 0; index < SIZED_FACTS.length; index++) {
    out[SIZED_FACTS[index]!]! += size * weights[FACTS_WIDTH + index]!;
  }
}

/** 0 for no score, as of most products that only sell well: a logarithm for each would be most of a ranking. */
function logAbove(score: number, least: number): number {
  return score > 0 ? Math.log((score + least) / least) : 0;
}

/** Writes the facts of a prospect into `out` from `at` on. Always finite. */
export function writeFacts(
  { products, pull, confidence, walk, likeness, bought, own }: Prospects,
  row: number,
  setting: Setting,
  out: Float64Array | Float32Array,
  at: number,
): void {
  const ofOwn = row * OWN_WIDTH;
  const logPull = logAbove(pull[row]!, LEAST_PULL);
  const logRecent = own[ofOwn + 1]!;
  const priceGap = Math.abs(own[ofOwn + 3]! - setting.logPrice);
  out[at] = logPull;
  out[at + 1] = pull[row]!;
  out[at + 2] = Math.sqrt(pull[row]!);
  out[at + 3] = logAbove(confidence[row]!, LEAST_CONFIDENCE);
  out[at + 4] = Math.sqrt(confidence[row]!);
  out[at + 5] = logAbove(walk[row]!, LEAST_WALK);
  out[at + 6] = Math.sqrt(walk[row]!);
  out[at + 7] = own[ofOwn]!;
  out[at + 8] = logRecent;
  out[at + 9] = own[ofOwn + 2]!;
  out[at + 10] = likeness[row]!;
  out[at + 11] = siblingAt(setting.siblings, own[ofOwn + OWN_CATEGORY]!);
  // Not a number where either price is unknown.
  out[at + 12] = priceGap >= 0 ? priceGap : 0;
  const again = bought[row]! > 0;
  out[at + 13] = again ? 1 : 0;
  out[at + 14] = again ? Math.log1p(bought[row]!) : 0;
  out[at + 15] = again ? logPull : 0;
  out[at + 16] = again ? Math.log(Math.max(0.01, products[row]!.repeatRate)) : 0;
  out[at + 17] = again ? logRecent : 0;
  out[at + 18] = again ? setting.bought : 0;
}
