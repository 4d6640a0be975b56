import type { Baskets, Holders } from "./baskets";

/** Products that one product has to do with, and how much; filled for one product at a time. */
export type Met = {
  /** The products met, in no particular order; only the first `met` count. */
  others: Uint32Array;
  met: number;
  /** Per product: baskets with both, each weighted by 1/√size, so that a wholesaler's order counts for less. */
  weighted: Float64Array;
};

/** How much baskets of one product hold of the others. */
export type Together = Met & {
  /** Per product: baskets with both. */
  orders: Uint32Array;
  /** Per product: Σ 1/size, the chance to walk from one to the other by way of a common basket. */
  walked: Float64Array;
};

export function emptyTogether(products: number): Together {
  return {
    others: new Uint32Array(products),
    met: 0,
    weighted: new Float64Array(products),
    orders: new Uint32Array(products),
    walked: new Float64Array(products),
  };
}

/** Counts what is bought with `item`, itself included, over all baskets that hold it. Overwrites `together`. */
export function countTogether(together: Together, baskets: Baskets, holders: Holders, item: number): void {
  clear(together);
  const { others, weighted, orders, walked } = together;
  for (let at = holders.starts[item]!; at < holders.starts[item + 1]!; at++) {
    const basket = holders.baskets[at]!;
    const from = baskets.starts[basket]!;
    const to = baskets.starts[basket + 1]!;
    const share = 1 / (to - from);
    const weight = Math.sqrt(share);
    for (let line = from; line < to; line++) {
      const other = baskets.items[line]!;
      if (orders[other] === 0) others[together.met++] = other;
      weighted[other]! += weight;
      orders[other]! += 1;
      walked[other]! += share;
    }
  }
}

function clear(together: Together): void {
  for (let at = 0; at < together.met; at++) {
    const other = together.others[at]!;
    together.weighted[other] = 0;
    together.orders[other] = 0;
    together.walked[other] = 0;
  }
  together.met = 0;
}

/** Weighted co-purchases of every product: row r is `columns`/`values` from `starts[r]` to before `starts[r + 1]`. */
export type CoPurchases = {
  starts: Uint32Array;
  columns: Uint32Array;
  values: Float32Array;
  /** Weighted baskets per product. */
  own: Float64Array;
};

/** Co-purchases kept in all: eight bytes each, so 130 MB at most. */
const MOST_KEPT = 16_000_000;

/**
 * @param breathe called between products, so that other work of the process goes on
 * @returns per product its closest others (all of them in shops up to four thousand products)
 */
export async function readCoPurchases(
  baskets: Baskets,
  holders: Holders,
  products: number,
  breathe: () => Promise<void> | void,
): Promise<CoPurchases> {
  const own = weighBaskets(baskets, products);
  const mostPerProduct = Math.max(100, Math.floor(MOST_KEPT / products));
  const together = emptyTogether(products);
  const closeness = new Float64Array(products);
  const starts = new Uint32Array(products + 1);
  let columns = new Uint32Array(1 << 16);
  let values = new Float32Array(1 << 16);
  for (let item = 0; item < products; item++) {
    await breathe();
    countTogether(together, baskets, holders, item);
    const kept = closest(together, item, own, closeness, mostPerProduct);
    const start = starts[item]!;
    starts[item + 1] = start + kept.length;
    if (start + kept.length > columns.length) {
      columns = grown(columns, start + kept.length);
      values = grown(values, start + kept.length);
    }
    kept.forEach((other, index) => {
      columns[start + index] = other;
      values[start + index] = together.weighted[other]!;
    });
  }
  return { starts, columns, values, own };
}

function weighBaskets(baskets: Baskets, products: number): Float64Array {
  const own = new Float64Array(products);
  for (let basket = 0; basket < baskets.count; basket++) {
    const from = baskets.starts[basket]!;
    const to = baskets.starts[basket + 1]!;
    const weight = 1 / Math.sqrt(to - from);
    for (let line = from; line < to; line++) own[baskets.items[line]!]! += weight;
  }
  return own;
}

/**
 * The products met with `item`, without itself; where they are too many, the closest by cosine (its own size is the same
 * for all of them).
 * @param sizes weighted baskets per product, those of its title as well where titles count
 * @param closeness a number per product to work with
 */
export function closest(
  { others, met, weighted }: Met,
  item: number,
  sizes: Float64Array,
  closeness: Float64Array,
  most: number,
): Uint32Array {
  const kept = others.slice(0, met).filter((other) => other !== item);
  if (kept.length <= most) return kept;
  for (const other of kept) closeness[other] = weighted[other]! / Math.sqrt(sizes[other]!);
  return kept.sort((a, b) => closeness[b]! - closeness[a]! || a - b).subarray(0, most);
}

function grown<Numbers extends Uint32Array | Float32Array>(numbers: Numbers, least: number): Numbers {
  const larger = new (numbers.constructor as new (length: number) => Numbers)(
    Math.max(least, Math.ceil(numbers.length * 1.5)),
  );
  larger.set(numbers as never);
  return larger;
}
