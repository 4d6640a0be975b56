import type { Companion, Sellable } from "./sellable";

/**
 * Companions of one product in columns: a ranking reads them in a row, where the numbers of as many objects lie scattered
 * in memory. Made when a list is asked about first, and kept as long as the list is.
 */
export type Columns = {
  products: Sellable[];
  gids: string[];
  keys: Int32Array;
  /** Per companion `COLUMN_WIDTH` numbers: those of `writeOwn`, then pull, confidence, walk, likeness, and how strongly to
   * name the two together. */
  numbers: Float64Array;
};

export const OWN_WIDTH = 5;
/** Which of them is the number of the category. */
export const OWN_CATEGORY = 4;
export const COLUMN_WIDTH = OWN_WIDTH + 5;

/** Orders that had both, before we say of two products that they go together. */
const LEAST_TOGETHER = 2;

const made = new WeakMap<readonly Companion[], Columns>();

/** @param companions not changed after they were asked about */
export function columnsOf(companions: readonly Companion[]): Columns {
  let columns = made.get(companions);
  if (!columns) made.set(companions, (columns = toColumns(companions)));
  return columns;
}

function toColumns(companions: readonly Companion[]): Columns {
  const columns: Columns = {
    products: companions.map(({ product }) => product),
    gids: companions.map(({ product }) => product.productGid),
    keys: Int32Array.from(companions, ({ product }) => product.key),
    numbers: new Float64Array(companions.length * COLUMN_WIDTH),
  };
  companions.forEach(({ product, pull, confidence, walk, likeness, together, pinned }, index) => {
    const at = index * COLUMN_WIDTH;
    const strength = pinned ? Infinity : together >= LEAST_TOGETHER ? pull + confidence : 0;
    writeOwn(product, columns.numbers, at);
    columns.numbers.set([pull, confidence, walk, likeness, strength], at + OWN_WIDTH);
  });
  return columns;
}

/** Logarithms of a product's orders, recent orders, age and price (NaN for a price that is none), number of its category. */
export function writeOwn(
  { orders, recentOrders, ageDays, priceMinor, category }: Sellable,
  out: Float64Array,
  at: number,
): void {
  out[at] = Math.log1p(orders);
  out[at + 1] = Math.log1p(recentOrders);
  out[at + 2] = Math.log1p(ageDays);
  out[at + 3] = logPrice(priceMinor);
  out[at + OWN_CATEGORY] = categoryNumber(category);
}

/** NaN where there is no usable price. */
export function logPrice(priceMinor: number | null): number {
  return priceMinor !== null && Number.isFinite(priceMinor) && priceMinor > 0 ? Math.log(priceMinor) : NaN;
}

/** The same for the same category, and hardly ever for another one; 0 for none. FNV-1a (G. Fowler, L. Noll, K. Vo). */
export function categoryNumber(category: string): number {
  if (!category) return 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < category.length; at++) hash = Math.imul(hash ^ category.charCodeAt(at), 0x01000193);
  return hash >>> 0 || 1;
}
