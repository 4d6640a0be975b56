/**
 * What was found by product, for one order at a time. A Map would grow anew for each order, and took most of the time of
 * a ranking; this table is made once.
 */
export type Found<Value> = {
  /** In the order in which they were set. */
  values: Value[];
  size: () => number;
  has: (product: Keyed) => boolean;
  get: (product: Keyed) => Value | undefined;
  set: (product: Keyed, value: Value) => void;
};

/** `key` is any number that is the same for the same product, and seldom for others. */
export type Keyed = { productGid: string; key: number };

const SLOTS = 8_192;
/** What is more is left out: an order of forty products has far fewer companions. */
const MOST = SLOTS / 2;
const slots = new Int32Array(SLOTS);
/** A slot counts only where it was taken for this order. */
const takenFor = new Int32Array(SLOTS);
let order = 0;

/** Empties the table for the next order; what was found for the one before is void. */
export function startFinding<Value>(): Found<Value> {
  order = (order + 1) | 0;
  const values: Value[] = [];
  const gids: string[] = [];
  const own = order;

  function slotOf({ productGid, key }: Keyed): number {
    if (own !== order) throw new Error("Another order is being looked at.");
    let slot = key & (SLOTS - 1);
    while (takenFor[slot] === own && gids[slots[slot]!] !== productGid) slot = (slot + 1) & (SLOTS - 1);
    return slot;
  }

  return {
    values,
    size: () => values.length,
    has: (product) => takenFor[slotOf(product)] === own,
    get(product) {
      const slot = slotOf(product);
      return takenFor[slot] === own ? values[slots[slot]!] : undefined;
    },
    set(product, value) {
      const slot = slotOf(product);
      if (takenFor[slot] === own) {
        values[slots[slot]!] = value;
        return;
      }
      if (values.length >= MOST) return;
      takenFor[slot] = own;
      slots[slot] = values.length;
      gids.push(product.productGid);
      values.push(value);
    },
  };
}
