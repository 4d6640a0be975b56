import { BOND_WIDTH, columnsOf, companionColumnsOf, OWN_WIDTH, writeOwn, type Columns } from "./columns";
import { MOST_ROWS, rowAt, setRow, slotOf, startRows, UNMET, type Keyed } from "./rows";
import { selectAt } from "./select";
import { isRefill, type Companion, type Habits, type Sellable } from "./sellable";

/** What is asked: the products of an order, what goes with each, and what else could be proposed. */
export type Around<Product extends Sellable> = {
  /** Products of the order, each with its companions. */
  ordered: readonly Ordered<Product>[];
  /** Well-selling products, best first; proposed where too few go with the order. */
  popular: readonly Product[];
  /** What this customer bought in earlier orders; left out for strangers. */
  bought?: readonly { product: Product; times: number }[];
  /** What sells with each category of the order; helps where the products themselves tell too little. */
  related?: readonly (readonly Companion<Product>[])[];
  habits: Habits;
};

export type Ordered<Product extends Sellable> = Keyed & {
  title: string;
  category: string;
  /** Null where the product is not known. */
  priceMinor: number | null;
  others: readonly Companion<Product>[];
};

/** A product that could be proposed, with what speaks for it. */
export type Prospect<Product extends Sellable> = {
  product: Product;
  /** Sum over the order's products. */
  pull: number;
  /** Best over the order's products. */
  confidence: number;
  likeness: number;
  /** Sells with a category of the order. */
  related: boolean;
  /** The merchant says that it goes with a product of the order. */
  pinned: boolean;
  /** How often this customer bought it before. */
  bought: number;
  /** The product of the order that pulls most, where enough orders had both. */
  goesWith: Ordered<Product> | null;
  /** That, of all prospects, it is the one that such an order also has. */
  chance: number;
};

/**
 * Products that could be proposed, with all that speaks for each: a row per product, a column per reason. One table is
 * used again for every order, because objects for what is not proposed in the end took a third of the time.
 */
export type Prospects = {
  count: number;
  products: Sellable[];
  /** Sums over the order's products. */
  pull: Float64Array;
  walk: Float64Array;
  /** Best over the order's products. */
  confidence: Float64Array;
  likeness: Float64Array;
  /** How often this customer bought it before. */
  bought: Float64Array;
  /** Per product `OWN_WIDTH` numbers, as in `columns.ts`. */
  own: Float64Array;
  /** 1 where it sells with a category of the order. */
  related: Uint8Array;
  /** 1 where the merchant says that it goes with a product of the order. */
  pinned: Uint8Array;
  /** Place in the order of the product that pulls most, where enough orders had both; −1 for none. */
  goesWith: Int32Array;
  strongest: Float64Array;
};

const numbers = () => new Float64Array(MOST_ROWS);
const table: Prospects = {
  count: 0,
  products: [],
  pull: numbers(),
  walk: numbers(),
  confidence: numbers(),
  likeness: numbers(),
  bought: numbers(),
  own: new Float64Array(MOST_ROWS * OWN_WIDTH),
  related: new Uint8Array(MOST_ROWS),
  pinned: new Uint8Array(MOST_ROWS),
  goesWith: new Int32Array(MOST_ROWS),
  strongest: numbers(),
};
const strengths = numbers();
const ranked = numbers();
/** Instead of a row, for what is not proposed. */
const LEFT_OUT = -2;

/** The strongest prospects that are looked at closely; well-selling products fill up to as many. */
const MOST_PROSPECTS = 60;

/**
 * Everything that could be proposed for an order. What is in the order is left out, and so is what the customer bought
 * before unless its category is one of refills.
 * @returns the table, which the next call overwrites
 */
export function gatherProspects<Product extends Sellable>(around: Around<Product>): Prospects {
  const { ordered, popular, bought = [], related = [], habits } = around;
  startRows();
  table.count = 0;
  let left = 0;
  for (const product of ordered) left += leaveOut(product);
  for (const { product, times } of bought) {
    if (!isRefill(habits, product.category)) left += leaveOut(product);
    else {
      const row = rowFor(product);
      if (row >= 0) table.bought[row] = times;
    }
  }
  for (let place = 0; place < ordered.length; place++) {
    addCompanions(ordered[place]!.others, place);
  }
  for (const ofCategory of related) addRelated(ofCategory, MOST_PROSPECTS - left);
  fillUp(popular, MOST_PROSPECTS - left);
  keepStrongest();
  return table;
}

/** @returns 1 where the product is left out from now on, 0 where it was before */
function leaveOut({ productGid, key }: Keyed): number {
  const slot = slotOf(productGid, key);
  const row = rowAt(slot);
  setRow(slot, productGid, LEFT_OUT);
  return row === LEFT_OUT ? 0 : 1;
}

/** @returns the product's row, a new one where it was not met; LEFT_OUT where it is not proposed */
function rowFor(product: Sellable): number {
  const slot = slotOf(product.productGid, product.key);
  const row = rowAt(slot);
  if (row !== UNMET) return row;
  const added = addRow(slot, product.productGid, product);
  if (added >= 0) writeOwn(product, table.own, added * OWN_WIDTH);
  return added;
}

/** @returns a row without anything that speaks for the product; LEFT_OUT where the table is full */
function addRow(slot: number, productGid: string, product: Sellable): number {
  const added = table.count;
  if (!setRow(slot, productGid, added)) return LEFT_OUT;
  table.count++;
  table.products[added] = product;
  table.pull[added] = 0;
  table.walk[added] = 0;
  table.confidence[added] = 0;
  table.likeness[added] = 0;
  table.bought[added] = 0;
  table.related[added] = 0;
  table.pinned[added] = 0;
  table.goesWith[added] = -1;
  table.strongest[added] = 0;
  return added;
}

function addCompanions(companions: readonly Companion[], place: number): void {
  const columns = companionColumnsOf(companions);
  const { keys, bonds } = columns;
  for (let index = 0; index < keys.length; index++) {
    const row = rowIn(columns, index);
    if (row >= 0) addBond(row, bonds, index * BOND_WIDTH, place);
  }
}

/** Adds products of the list, from its first, until there are so many. */
function fillUp(products: readonly Sellable[], most: number): void {
  const columns = columnsOf(products);
  for (let index = 0; index < products.length && table.count < most; index++) rowIn(columns, index);
}

/** As `rowFor`, for a product of a list. */
function rowIn({ products, gids, keys, own }: Columns, index: number): number {
  const gid = gids[index]!;
  const slot = slotOf(gid, keys[index]!);
  const row = rowAt(slot);
  if (row !== UNMET) return row;
  const added = addRow(slot, gid, products[index]!);
  if (added >= 0) copyOwn(own, index * OWN_WIDTH, added);
  return added;
}

function copyOwn(from: Float64Array, at: number, row: number): void {
  const { own } = table;
  const to = row * OWN_WIDTH;
  own[to] = from[at]!;
  own[to + 1] = from[at + 1]!;
  own[to + 2] = from[at + 2]!;
  own[to + 3] = from[at + 3]!;
  own[to + 4] = from[at + 4]!;
}

function addBond(row: number, from: Float64Array, at: number, place: number): void {
  const confidence = from[at + 1]!;
  const likeness = from[at + 3]!;
  const strength = from[at + 4]!;
  table.pull[row]! += from[at]!;
  table.walk[row]! += from[at + 2]!;
  if (confidence > table.confidence[row]!) table.confidence[row] = confidence;
  if (likeness > table.likeness[row]!) table.likeness[row] = likeness;
  if (strength === Infinity) table.pinned[row] = 1;
  if (strength > table.strongest[row]!) {
    table.strongest[row] = strength;
    table.goesWith[row] = place;
  }
}

/** A share among the orders with a category says less than one among the orders with a product. */
const CATEGORY_WEIGHT = 0.3;

/** Adds what sells with a category, until there are so many prospects. */
function addRelated(companions: readonly Companion[], most: number): void {
  const columns = companionColumnsOf(companions);
  for (let index = 0; index < companions.length && table.count < most; index++) {
    const met = table.count;
    const row = rowIn(columns, index);
    // It goes with a product of the order, or is left out.
    if (row < met) continue;
    table.related[row] = 1;
    table.confidence[row] = CATEGORY_WEIGHT * companions[index]!.pull;
  }
}

/** By plain strength: what is far behind in it is never proposed, and weighing it would only cost time. */
function keepStrongest(): void {
  const { count, pull, confidence, bought, pinned } = table;
  if (count <= MOST_PROSPECTS) return;
  for (let row = 0; row < count; row++) {
    strengths[row] = pinned[row]! + pull[row]! + confidence[row]! / 2 + Math.min(bought[row]!, 3) / 10;
  }
  ranked.set(strengths.subarray(0, count));
  const least = selectAt(ranked, count, count - MOST_PROSPECTS);
  let kept = 0;
  for (let row = 0; row < count && kept < MOST_PROSPECTS; row++) {
    if (strengths[row]! >= least) moveRow(row, kept++);
  }
  table.count = kept;
}

function moveRow(from: number, to: number): void {
  if (from === to) return;
  table.products[to] = table.products[from]!;
  table.pull[to] = table.pull[from]!;
  table.walk[to] = table.walk[from]!;
  table.confidence[to] = table.confidence[from]!;
  table.likeness[to] = table.likeness[from]!;
  table.bought[to] = table.bought[from]!;
  copyOwn(table.own, from * OWN_WIDTH, to);
  table.related[to] = table.related[from]!;
  table.pinned[to] = table.pinned[from]!;
  table.goesWith[to] = table.goesWith[from]!;
  table.strongest[to] = table.strongest[from]!;
}
