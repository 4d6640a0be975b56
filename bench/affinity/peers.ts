/** The peers: classic ways to tell what goes with what, each a score of every product for a basket. */
import type { Baskets } from "../../app/offers/affinity/baskets.ts";
import { invertInPlace } from "./invert.ts";

export const PEERS = ["popularity", "confidence", "lift (shrunk)", "LLR", "cosine", "EASE"] as const;
export type Peer = (typeof PEERS)[number];

/** Baskets counted over the products that the peers know. */
export type Counts = {
  size: number;
  baskets: number;
  /** Row-major: baskets with both; on the diagonal, with the one. */
  together: Float64Array;
  /** Place of a product in the matrix, −1 for products with too few orders. */
  placeOf: Int32Array;
};

/** A matrix of scores: row i says what product i speaks for; `best` where the best row counts instead of the sum. */
export type Scorer = { size: number; placeOf: Int32Array; weights: Float64Array; best: boolean };

/** @param least products with fewer orders are left out */
export function countPairs({ count, starts, items }: Baskets, products: number, least: number): Counts {
  const orders = new Uint32Array(products);
  for (let line = 0; line < starts[count]!; line++) orders[items[line]!]! += 1;
  const placeOf = new Int32Array(products).fill(-1);
  let size = 0;
  for (let item = 0; item < products; item++) if (orders[item]! >= least) placeOf[item] = size++;
  const together = new Float64Array(size * size);
  for (let basket = 0; basket < count; basket++) {
    for (let a = starts[basket]!; a < starts[basket + 1]!; a++) {
      const row = placeOf[items[a]!]!;
      if (row < 0) continue;
      for (let b = starts[basket]!; b < starts[basket + 1]!; b++) {
        const column = placeOf[items[b]!]!;
        if (column >= 0) together[row * size + column]! += 1;
      }
    }
  }
  return { size, baskets: count, together, placeOf };
}

/** Baskets added to the expected number of a pair, so that rare pairs do not win by chance. */
const LIFT_SHRINKAGE = 8;

export function scorerOf(peer: Exclude<Peer, "EASE">, { size, baskets, together, placeOf }: Counts): Scorer {
  const own = (item: number) => together[item * size + item]!;
  const score: Record<typeof peer, (i: number, j: number) => number> = {
    popularity: (_, j) => own(j),
    confidence: (i, j) => together[i * size + j]! / own(i),
    "lift (shrunk)": (i, j) =>
      (baskets * together[i * size + j]!) / (own(i) * own(j) + LIFT_SHRINKAGE * baskets),
    LLR: (i, j) => logLikelihoodRatio(together[i * size + j]!, own(i), own(j), baskets),
    cosine: (i, j) => together[i * size + j]! / Math.sqrt(own(i) * own(j)),
  };
  const weights = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) if (i !== j) weights[i * size + j] = score[peer](i, j);
  }
  return { size, placeOf, weights, best: peer === "confidence" };
}

/** T. Dunning, "Accurate methods for the statistics of surprise and coincidence" (1993); 0 where rarer than by chance. */
function logLikelihoodRatio(both: number, a: number, b: number, all: number): number {
  if (both * all <= a * b) return 0;
  const cells = [
    [both, a * b],
    [a - both, a * (all - b)],
    [b - both, (all - a) * b],
    [all - a - b + both, (all - a) * (all - b)],
  ];
  return (
    2 *
    cells.reduce(
      (sum, [seen, expected]) => sum + (seen! > 0 ? seen! * Math.log((seen! * all) / expected!) : 0),
      0,
    )
  );
}

/** EASE (H. Steck, WWW 2019): weight from i to j is −Pᵢⱼ / Pⱼⱼ with P the inverse of XᵀX + λI. */
export function ease({ size, together, placeOf }: Counts, regularisation: number): Scorer {
  const weights = together.slice();
  for (let item = 0; item < size; item++) weights[item * size + item]! += regularisation;
  invertInPlace(weights, size);
  const diagonal = Float64Array.from({ length: size }, (_, item) => weights[item * size + item]!);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      weights[i * size + j] = i === j ? 0 : -weights[i * size + j]! / diagonal[j]!;
    }
  }
  return { size, placeOf, weights, best: false };
}

/** Where the hidden product stands among all that are not in the basket, from 0; ties count half. */
export function rankBy(
  { size, placeOf, weights, best }: Scorer,
  basket: readonly number[],
  hidden: number,
): number {
  const target = placeOf[hidden]!;
  if (target < 0) return Infinity;
  const scores = new Float64Array(size);
  for (const item of basket) {
    const row = placeOf[item]! * size;
    if (row < 0) continue;
    for (let j = 0; j < size; j++) {
      const weight = weights[row + j]!;
      scores[j] = best ? Math.max(scores[j]!, weight) : scores[j]! + weight;
    }
  }
  for (const item of basket) if (placeOf[item]! >= 0) scores[placeOf[item]!] = -Infinity;
  const own = scores[target]!;
  let rank = 0;
  for (let j = 0; j < size; j++) if (j !== target && scores[j]! >= own) rank += scores[j]! > own ? 1 : 0.5;
  return rank;
}
