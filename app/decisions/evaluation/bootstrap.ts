/**
 * Intervals by drawing people anew: each person's sums get a Poisson(1) weight, which is what drawing with replacement
 * comes to for many people (Chamandy, Muralidharan, Najmi, Naidu 2012).
 */
export type Estimates = number[];

/**
 * @param sums one row per person; `estimate` turns weighted sums over people into figures
 * @returns per figure, its replicates in ascending order
 */
export function replicatesOf(
  sums: readonly Float64Array[],
  estimate: (totals: Float64Array) => Estimates,
  { replicates, random }: { replicates: number; random: () => number },
): Float64Array[] {
  const width = sums[0]?.length ?? 0;
  const totals = new Float64Array(width);
  const drawn: Estimates[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    totals.fill(0);
    for (const person of sums) {
      const weight = poisson(random());
      if (weight === 0) continue;
      for (let column = 0; column < width; column++) totals[column]! += weight * person[column]!;
    }
    drawn.push(estimate(totals));
  }
  return Array.from({ length: drawn[0]?.length ?? 0 }, (_, figure) =>
    Float64Array.from(drawn, (one) => one[figure]!).sort(),
  );
}

/** By linear interpolation. @param sorted ascending, not empty */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

/** Cumulative probabilities of Poisson(1); more than eleven times is once in a thousand million. */
const CUMULATIVE = (() => {
  const table: number[] = [];
  let [term, sum] = [Math.exp(-1), 0];
  for (let count = 0; count < 12; count++) {
    sum += term;
    table.push(sum);
    term /= count + 1;
  }
  return table;
})();

function poisson(uniform: number): number {
  let count = 0;
  while (count < CUMULATIVE.length && uniform >= CUMULATIVE[count]!) count++;
  return count;
}
