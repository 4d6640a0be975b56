import type { Companion, Sellable } from "./sellable";

/**
 * Companions of one product in columns: read in a row, they cost a quarter of the time of as many objects. Made when a
 * list is asked about first, and kept as long as the list is.
 */
export type Columns = {
  products: Sellable[];
  gids: string[];
  keys: Int32Array;
  /** Per companion `BOND_WIDTH` numbers: pull, confidence, walk, likeness, and how strongly to name the two together. */
  bonds: Float64Array;
  /** Per companion `OWN_WIDTH` numbers of its own: see `writeOwn`. */
  own: Float64Array;
};

export const BOND_WIDTH = 5;
export const OWN_WIDTH = 4;

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
    bonds: new Float64Array(companions.length * BOND_WIDTH),
    own: new Float64Array(companions.length * OWN_WIDTH),
  };
  companions.forEach(({ product, pull, confidence, walk, likeness, together, pinned }, index) => {
    const bond = pull + confidence;
    const strength = pinned ? Infinity : together >= LEAST_TOGETHER ? bond : 0;
    columns.bonds.set([pull, confidence, walk, likeness, strength], index * BOND_WIDTH);
    writeOwn(product, columns.own, index * OWN_WIDTH);
  });
  return columns;
}

/** Logarithms of a product's orders, recent orders, age and price; NaN for a price that is none. */
export function writeOwn(
  { orders, recentOrders, ageDays, priceMinor }: Sellable,
  out: Float64Array,
  at: number,
): void {
  out[at] = Math.log1p(orders);
  out[at + 1] = Math.log1p(recentOrders);
  out[at + 2] = Math.log1p(ageDays);
  out[at + 3] = logPrice(priceMinor);
}

/** NaN where there is no usable price. */
export function logPrice(priceMinor: number | null): number {
  return priceMinor !== null && Number.isFinite(priceMinor) && priceMinor > 0 ? Math.log(priceMinor) : NaN;
}
