/**
 * How long until something is bought again, learnt from the shop's own reorders. Quantiles of the logarithm of the days
 * between two purchases of the same variant by the same person, drawn from the variant towards its product, its type
 * and the shop: with n intervals a level weighs n / (n + STRENGTH), as in empirical Bayes (Morris 1983). Pure.
 */

/** Half of those who come back have come by then, nearly; and three in four. */
export const EARLY = 0.45;
export const LATE = 0.75;

/** So many intervals of its own weigh as much as what is known from above. */
const STRENGTH = 8;
/** Below this, a shop knows nothing of a variant's rhythm. */
export const LEAST_INTERVALS = 3;

export type Interval = { variantGid: string; productGid: string; productType: string; days: number };
export type Rhythm = {
  variantGid: string;
  productGid: string;
  earlyDays: number;
  lateDays: number;
  /** Of this variant. */
  intervals: number;
};

type Quantiles = { early: number; late: number };

/** @returns a rhythm for each variant whose product or type has been bought again often enough */
export function learnRhythms(intervals: readonly Interval[]): Rhythm[] {
  const shop = quantilesOf(intervals.map(({ days }) => days));
  if (!shop || intervals.length < LEAST_INTERVALS) return [];
  const byType = levels(
    intervals,
    ({ productType }) => productType,
    () => shop,
  );
  const byProduct = levels(
    intervals,
    ({ productGid }) => productGid,
    ({ productType }) => byType.get(productType)!.quantiles,
  );
  const byVariant = levels(
    intervals,
    ({ variantGid }) => variantGid,
    ({ productGid }) => byProduct.get(productGid)!.quantiles,
  );
  return [...byVariant.entries()].flatMap(([variantGid, { quantiles, count, sample }]) => {
    const { productGid, productType } = sample;
    const known = Math.max(count, byProduct.get(productGid)!.count, byType.get(productType)!.count);
    if (known < LEAST_INTERVALS) return [];
    const { early, late } = quantiles;
    return [
      { variantGid, productGid, earlyDays: Math.exp(early), lateDays: Math.exp(late), intervals: count },
    ];
  });
}

type Level = { quantiles: Quantiles; count: number; sample: Interval };

/** The quantiles of each group, drawn towards those of what it belongs to. */
function levels(
  intervals: readonly Interval[],
  keyOf: (interval: Interval) => string,
  above: (interval: Interval) => Quantiles,
): Map<string, Level> {
  const groups = new Map<string, Interval[]>();
  for (const interval of intervals) {
    const group = groups.get(keyOf(interval));
    if (group) group.push(interval);
    else groups.set(keyOf(interval), [interval]);
  }
  return new Map(
    [...groups].map(([key, group]): [string, Level] => {
      const sample = group[0]!;
      const own = quantilesOf(group.map(({ days }) => days))!;
      const parent = above(sample);
      const weight = group.length / (group.length + STRENGTH);
      const draw = (mine: number, theirs: number) => weight * mine + (1 - weight) * theirs;
      const quantiles = { early: draw(own.early, parent.early), late: draw(own.late, parent.late) };
      return [key, { quantiles, count: group.length, sample }];
    }),
  );
}

/** In logarithms of days. */
function quantilesOf(days: readonly number[]): Quantiles | null {
  if (days.length === 0) return null;
  const sorted = days.map((one) => Math.log(Math.max(one, 1))).sort((a, b) => a - b);
  return { early: quantile(sorted, EARLY), late: quantile(sorted, LATE) };
}

/** Linear between neighbours (Hyndman & Fan 1996, type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const rest = place - below;
  return sorted[below]! * (1 - rest) + sorted[Math.min(below + 1, sorted.length - 1)]! * rest;
}
