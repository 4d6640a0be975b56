import type { PaymentWeights } from "../../extensions/payment-ranking/src/config";

/**
 * P(method | country, value band, returning, device) as a multinomial logistic regression with a Gaussian prior on every
 * difference from the shop's overall shares (ridge; MAP). With few orders of a kind the weights stay near 0 and the
 * overall shares decide; with many they say what the orders say.
 */

/** Orders of one kind; `counts` per method. */
export type Cell = {
  country: string;
  band: number;
  returning: boolean;
  /** "" where not known. */
  device: string;
  counts: number[];
};

/** 1/σ² of the prior. Larger: more orders are needed before a kind of buyer differs from the shop as a whole. */
const PRECISION = 4;
/** The overall shares are hardly held back, only kept finite for methods that nobody used. */
const BASE_PRECISION = 0.05;
const ROUNDS = 120;
const LARGEST_STEP = 1;

/** One feature of the cells: `of[cell]` is the index of its value, -1 for none. */
type Group = { of: number[]; weights: number[][]; precision: number };

/**
 * @param countries those that get weights of their own
 * @param bands how many value bands there are
 * @returns weights as the payment function reads them, without the bands' edges
 */
export function fitWeights(
  cells: Cell[],
  methods: number,
  { countries, bands, devices }: { countries: string[]; bands: number; devices: string[] },
): Omit<PaymentWeights, "edges"> {
  const groups = [
    group(cells, 1, methods, () => 0, BASE_PRECISION),
    group(cells, countries.length, methods, ({ country }) => countries.indexOf(country)),
    group(cells, bands, methods, ({ band }) => band),
    group(cells, 2, methods, ({ returning }) => (returning ? 1 : 0)),
    group(cells, devices.length, methods, ({ device }) => devices.indexOf(device)),
  ] as const;
  const [base, country, value, returning, device] = groups;
  const totals = cells.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
  const scores = cells.map(() => new Array<number>(methods).fill(0));
  for (let round = 0; round < ROUNDS; round++) {
    for (const each of groups) improve(each, cells, totals, scores);
  }
  const named = (names: string[], { weights }: Group) =>
    Object.fromEntries(names.map((name, index) => [name, rounded(weights[index]!)]));
  return {
    base: rounded(base.weights[0]!),
    country: named(countries, country),
    value: value.weights.map(rounded),
    returning: returning.weights.map(rounded),
    device: named(devices, device),
  };
}

function group(
  cells: Cell[],
  values: number,
  methods: number,
  valueOf: (cell: Cell) => number,
  precision = PRECISION,
): Group {
  return {
    of: cells.map(valueOf),
    weights: Array.from({ length: values }, () => new Array<number>(methods).fill(0)),
    precision,
  };
}

/**
 * One Newton step of each value's weights towards the posterior's mode. The Hessian of a softmax is at most diag(p), so
 * near the mode no step goes too far; far from it, where p says little, a step is cut.
 */
function improve(
  { of, weights, precision }: Group,
  cells: Cell[],
  totals: number[],
  scores: number[][],
): void {
  const gradients = weights.map((row) => row.map((weight) => -precision * weight));
  const curvatures = weights.map((row) => row.map(() => precision));
  cells.forEach(({ counts }, index) => {
    const value = of[index]!;
    if (value < 0) return;
    const shares = softmax(scores[index]!);
    counts.forEach((count, method) => {
      const expected = totals[index]! * shares[method]!;
      gradients[value]![method]! += count - expected;
      curvatures[value]![method]! += expected;
    });
  });
  const steps = gradients.map((row, value) =>
    row.map((gradient, method) => cut(gradient / curvatures[value]![method]!)),
  );
  steps.forEach((row, value) => row.forEach((step, method) => (weights[value]![method]! += step)));
  of.forEach((value, index) => {
    if (value >= 0) steps[value]!.forEach((step, method) => (scores[index]![method]! += step));
  });
}

function cut(step: number): number {
  return Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, step));
}

/** Scores to shares that sum to 1. */
export function softmax(scores: number[]): number[] {
  const highest = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - highest));
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}

/** Two decimals are more than the orders can tell, and keep the metafield small. */
function rounded(row: number[]): number[] {
  return row.map((weight) => Math.round(weight * 100) / 100);
}
