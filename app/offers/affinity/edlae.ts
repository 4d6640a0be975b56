import { closest, type CoPurchases, type Met } from "./co-purchases";
import { solveInPlace } from "./solve";
import { eachTitleOrder, ordersFromTitles, ownTitleOrders, type TitleOrders } from "./title-orders";
import type { TitleWords } from "./title-words";

/**
 * How much having product i in a basket speaks for product j: weighted EDLAE (H. Steck, "Autoencoders that don't overfit
 * towards the identity", NeurIPS 2020), an EASE with dropout and baskets weighted by 1/√size. Each product's weights
 * solve a small ridge regression over the products closest to it, as in H. Steck, "Markov random fields for
 * collaborative filtering" (NeurIPS 2019). Beside the closed form over all products this is linear in the size of the
 * catalogue, needs no n × n matrix, and predicted held-out baskets better. Titles count as further orders, of which
 * training sees all.
 */

/** Products that may speak for another one. More gained nothing where there are thousands; in a small catalogue all may. */
const MOST_SPEAKERS = 120;
export const SMALL_CATALOGUE = 250;
/** Shops with more products would need more than 64 MB for all their pairs. */
const MOST_IN_SQUARE = 4_000;
/** Share of a basket's products that training pretends not to see. Large and small catalogues both do well with it. */
const DROPOUT = 0.3;
/** Ridge, in weighted baskets: a pair seen once or twice says little. */
const RIDGE = 2;

/** Per product i, for which others it speaks, and how strongly: row i from `starts[i]` to before `starts[i + 1]`. */
export type Pulls = { starts: Uint32Array; others: Uint32Array; values: Float32Array };

/**
 * @param breathe called between products, so that other work of the process goes on
 */
export async function learnPulls(
  coPurchases: CoPurchases,
  titles: TitleWords,
  breathe: () => Promise<void> | void,
): Promise<Pulls> {
  const { own } = coPurchases;
  const products = own.length;
  const perProduct = products > SMALL_CATALOGUE ? MOST_SPEAKERS : Math.max(1, products - 1);
  const system = new Float64Array(perProduct * perProduct);
  const right = new Float64Array(perProduct);
  const places = new Int32Array(products).fill(-1);
  /** Column by column: who speaks for product j. */
  const speakers = new Uint32Array(products * perProduct);
  const strengths = new Float32Array(products * perProduct);
  const counts = new Uint32Array(products);
  const titleOrders = ordersFromTitles(titles, own);
  const ownTitles = ownTitleOrders(titleOrders);
  const sizes = own.map((weight, item) => weight + ownTitles[item]!);
  const closeness = new Float64Array(products);
  const met: Met = { others: new Uint32Array(products), met: 0, weighted: new Float64Array(products) };
  const square = products <= MOST_IN_SQUARE ? await squareOf(coPurchases, titleOrders, breathe) : null;
  for (let item = 0; item < products; item++) {
    await breathe();
    meetOthers(met, coPurchases, titleOrders, item);
    const chosen = closest(met, item, sizes, closeness, perProduct);
    const size = chosen.length;
    if (size === 0) continue;
    if (square) fillFromSquare(system, chosen, square, products);
    else fillFromRows(system, chosen, coPurchases, titleOrders, places);
    chosen.forEach((other, place) => {
      system[place * size + place] = own[other]! / (1 - DROPOUT) + ownTitles[other]! + RIDGE;
      right[place] = met.weighted[other]!;
    });
    solveInPlace(system, right, size);
    speakers.set(chosen, item * perProduct);
    strengths.set(right.subarray(0, size), item * perProduct);
    counts[item] = size;
  }
  return transpose(speakers, strengths, counts, perProduct);
}

/** Who was bought with `item` or has a like title, and how much speaks for each. */
function meetOthers(
  met: Met,
  { starts, columns, values }: CoPurchases,
  titleOrders: TitleOrders,
  item: number,
): void {
  for (let at = 0; at < met.met; at++) met.weighted[met.others[at]!] = 0;
  met.met = 0;
  for (let at = starts[item]!; at < starts[item + 1]!; at++) meet(columns[at]!, values[at]!);
  eachTitleOrder(titleOrders, item, meet);

  function meet(other: number, weight: number): void {
    if (met.weighted[other] === 0) met.others[met.met++] = other;
    met.weighted[other]! += weight;
  }
}

/** What speaks for all pairs, row-major: to look one up is quicker than to find it in a row, but the room grows with the square. */
async function squareOf(
  { starts, columns, values, own }: CoPurchases,
  titleOrders: TitleOrders,
  breathe: () => Promise<void> | void,
): Promise<Float32Array> {
  const products = own.length;
  const square = new Float32Array(products * products);
  for (let item = 0; item < products; item++) {
    await breathe();
    for (let at = starts[item]!; at < starts[item + 1]!; at++) {
      const other = columns[at]!;
      // Both halves: of a pair, one product may have kept the other and not the reverse.
      square[item * products + other] = values[at]!;
      square[other * products + item] = values[at]!;
    }
  }
  for (let item = 0; item < products; item++) {
    await breathe();
    eachTitleOrder(titleOrders, item, (other, weight) => (square[item * products + other]! += weight));
  }
  return square;
}

/** What speaks for the pairs of the chosen products; only what is below the diagonal. */
function fillFromSquare(
  system: Float64Array,
  chosen: Uint32Array,
  square: Float32Array,
  products: number,
): void {
  const size = chosen.length;
  for (let row = 1; row < size; row++) {
    const start = chosen[row]! * products;
    for (let column = 0; column < row; column++) {
      system[row * size + column] = square[start + chosen[column]!]!;
    }
  }
}

/**
 * The same, where there is no square. Weak co-purchases were left out of the rows, but no title: titles are added whole, so
 * they cannot make the system less positive definite than it is without them.
 */
function fillFromRows(
  system: Float64Array,
  chosen: Uint32Array,
  { starts, columns, values }: CoPurchases,
  titleOrders: TitleOrders,
  places: Int32Array,
): void {
  const size = chosen.length;
  system.fill(0, 0, size * size);
  chosen.forEach((item, place) => (places[item] = place));
  for (let row = 0; row < size; row++) {
    const item = chosen[row]!;
    for (let at = starts[item]!; at < starts[item + 1]!; at++) {
      const column = places[columns[at]!]!;
      if (column < 0) continue;
      system[row * size + column] = values[at]!;
      system[column * size + row] = values[at]!;
    }
  }
  for (let row = 0; row < size; row++) {
    eachTitleOrder(titleOrders, chosen[row]!, (other, weight) => {
      const column = places[other]!;
      if (column >= 0) system[row * size + column]! += weight;
    });
  }
  for (const item of chosen) places[item] = -1;
}

/** From "who speaks for j" to "for whom i speaks". */
function transpose(
  speakers: Uint32Array,
  strengths: Float32Array,
  counts: Uint32Array,
  perProduct: number,
): Pulls {
  const products = counts.length;
  const starts = new Uint32Array(products + 1);
  for (let item = 0; item < products; item++) {
    for (let k = 0; k < counts[item]!; k++) starts[speakers[item * perProduct + k]! + 1]! += 1;
  }
  for (let item = 0; item < products; item++) starts[item + 1]! += starts[item]!;
  const next = starts.slice();
  const others = new Uint32Array(starts[products]!);
  const values = new Float32Array(starts[products]!);
  for (let item = 0; item < products; item++) {
    for (let k = 0; k < counts[item]!; k++) {
      const speaker = speakers[item * perProduct + k]!;
      const place = next[speaker]!;
      next[speaker] = place + 1;
      others[place] = item;
      values[place] = strengths[item * perProduct + k]!;
    }
  }
  return { starts, others, values };
}
