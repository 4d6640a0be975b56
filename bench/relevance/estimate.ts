/** Means over seeds, and how sure they are: 95 % intervals by the normal distribution. */
export type Estimate = { value: number; half: number };

const QUANTILE = 1.96;

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

export function estimateMean(values: readonly number[]): Estimate {
  return { value: meanOf(values), half: halfInterval(values) };
}

/** Of pairs: how much the first is ahead. */
export function estimateLead(values: readonly number[], others: readonly number[]): Estimate {
  return estimateMean(values.map((value, index) => value - others[index]!));
}

/** Ratio of means, not mean of ratios: a seed that is bad in both must not weigh most. Interval by the delta method. */
export function estimateRatio(values: readonly number[], others: readonly number[]): Estimate {
  const base = meanOf(others);
  const ratio = meanOf(values) / base;
  return {
    value: ratio,
    half: halfInterval(values.map((value, index) => (value - ratio * others[index]!) / base)),
  };
}

function halfInterval(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return QUANTILE * Math.sqrt(squares / Math.max(1, values.length - 1) / values.length);
}
