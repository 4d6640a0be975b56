/**
 * Orders as the learner reads them, oldest first: which products, when, by whom. Held in flat arrays, because a shop may
 * have a million of them: about four bytes per line and sixteen per order.
 */
export type Baskets = {
  count: number;
  /** Products of basket b: `items` from `starts[b]` to before `starts[b + 1]`, each product once. */
  starts: Uint32Array;
  items: Uint32Array;
  /** Days since 1970. */
  days: Float64Array;
  /** Number of the customer, counted from 1; 0 where unknown. */
  customers: Uint32Array;
};

export type Basket = { items: readonly number[]; day: number; customer: number };

/** @param baskets any order; they are sorted by time */
export function packBaskets(baskets: Basket[]): Baskets {
  const sorted = [...baskets].sort((a, b) => a.day - b.day);
  const packed: Baskets = {
    count: sorted.length,
    starts: new Uint32Array(sorted.length + 1),
    items: new Uint32Array(sorted.reduce((lines, { items }) => lines + items.length, 0)),
    days: Float64Array.from(sorted, ({ day }) => day),
    customers: Uint32Array.from(sorted, ({ customer }) => customer),
  };
  sorted.forEach(({ items }, index) => {
    packed.items.set(items, packed.starts[index]!);
    packed.starts[index + 1] = packed.starts[index]! + items.length;
  });
  return packed;
}

export function itemsOf({ starts, items }: Baskets, basket: number): Uint32Array {
  return items.subarray(starts[basket]!, starts[basket + 1]!);
}

/** The first baskets only, without copying the lines. */
export function firstBaskets(baskets: Baskets, count: number): Baskets {
  return { ...baskets, count };
}

/** Index of the first basket that is not older than `day`. */
export function basketAt({ days, count }: Baskets, day: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For each product, the baskets that hold it, in order of time. */
export type Holders = { starts: Uint32Array; baskets: Uint32Array };

export function findHolders(baskets: Baskets, products: number): Holders {
  const lines = baskets.starts[baskets.count]!;
  const starts = new Uint32Array(products + 1);
  for (let line = 0; line < lines; line++) starts[baskets.items[line]! + 1]! += 1;
  for (let item = 0; item < products; item++) starts[item + 1]! += starts[item]!;
  const next = starts.slice();
  const holders = new Uint32Array(lines);
  for (let basket = 0; basket < baskets.count; basket++) {
    for (let line = baskets.starts[basket]!; line < baskets.starts[basket + 1]!; line++) {
      const item = baskets.items[line]!;
      holders[next[item]!] = basket;
      next[item]! += 1;
    }
  }
  return { starts, baskets: holders };
}
