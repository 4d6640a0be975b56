import type { Companion, Sellable } from "./sellable";

/**
 * A list of products in columns: a ranking reads them in a row, where the numbers of as many objects lie scattered in memory. Made
 * when a list is asked about first, and kept as long as the list is.
 */
export type Columns = {
  products: readonly Sellable[];
  gids: string[];
  keys: Int32Array;
  /** Per product `OWN_WIDTH` numbers: logarithms of its orders, recent orders, age and price (NaN for a price that is none), number of
   * its category. */
  own: Float64Array;
};
/** Of the companions of one product; per companion `BOND_WIDTH` numbers: pull, confidence, walk, likeness, and how strongly to name
 * the two together. */
export type CompanionColumns = Columns & { bonds: Float64Array };

export const OWN_WIDTH = 5;
/** Which of them is the number of the category. */
export const OWN_CATEGORY = 4;
export const BOND_WIDTH = 5;

/** Orders that had both, before we say of two products that they go together. */
const LEAST_TOGETHER = 2;

const lists = new WeakMap<readonly Sellable[], Columns>();
const companionLists = new WeakMap<readonly Companion[], CompanionColumns>();

/** @param products not changed after they were asked about */
export function columnsOf(products: readonly Sellable[]): Columns {
  let columns = lists.get(products);
  if (!columns) lists.set(products, (columns = toColumns(products)));
  return columns;
}

/** @param companions not changed after they were asked about */
export function companionColumnsOf(companions: readonly Companion[]): CompanionColumns {
  let columns = companionLists.get(companions);
  if (!columns) companionLists.set(companions, (columns = toCompanionColumns(companions)));
  return columns;
}

function toColumns(products: readonly Sellable[]): Columns {
  const own = new Float64Array(products.length * OWN_WIDTH);
  products.forEach((product, index) => writeOwn(product, own, index * OWN_WIDTH));
  return {
    products,
    gids: products.map(({ productGid }) => productGid),
    keys: Int32Array.from(products, ({ key }) => key),
    own,
  };
}

function toCompanionColumns(companions: readonly Companion[]): CompanionColumns {
  const bonds = new Float64Array(companions.length * BOND_WIDTH);
  companions.forEach(({ pull, confidence, walk, likeness, together, pinned }, index) => {
    const strength = pinned ? Infinity : together >= LEAST_TOGETHER ? pull + confidence : 0;
    bonds.set([pull, confidence, walk, likeness, strength], index * BOND_WIDTH);
  });
  return { ...toColumns(companions.map(({ product }) => product)), bonds };
}

/** One product's numbers, as in `Columns`. */
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
