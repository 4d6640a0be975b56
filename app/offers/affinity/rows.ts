/**
 * Which row a product has in the table of prospects, for one order at a time. A Map would grow anew for each order, and
 * took most of the time of a ranking; this table is made once.
 */

/** `key` is any number that is the same for the same product, and seldom for others. */
export type Keyed = { productGid: string; key: number };

/** What is more is left out: an order of forty products has far fewer companions. */
export const MOST_ROWS = 4_096;
const SLOTS = 2 * MOST_ROWS;
/** The product was not met in this order. */
export const UNMET = -1;

const gids = new Array<string>(SLOTS).fill("");
const rows = new Int32Array(SLOTS);
/** A slot counts only where it was taken for this order. */
const takenFor = new Int32Array(SLOTS);
let order = 0;
let taken = 0;

/** Empties the table for the next order. */
export function startRows(): void {
  order = (order + 1) | 0;
  taken = 0;
}

/** @returns where the row of this product stands, or would stand */
export function slotOf(productGid: string, key: number): number {
  let slot = key & (SLOTS - 1);
  while (takenFor[slot] === order && gids[slot] !== productGid) slot = (slot + 1) & (SLOTS - 1);
  return slot;
}

/** @returns what was set at this slot, UNMET where nothing was */
export function rowAt(slot: number): number {
  return takenFor[slot] === order ? rows[slot]! : UNMET;
}

/** @returns false where the table is full */
export function setRow(slot: number, productGid: string, row: number): boolean {
  if (takenFor[slot] !== order) {
    if (taken === MOST_ROWS) return false;
    taken++;
    takenFor[slot] = order;
    gids[slot] = productGid;
  }
  rows[slot] = row;
  return true;
}
