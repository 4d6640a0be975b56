/**
 * Net Promoter Score: share of promoters (9-10) minus share of detractors (0-6), from -100 to 100
 * (Reichheld, "The one number you need to grow", Harvard Business Review, December 2003).
 */
export type Nps = {
  score: number;
  /** 95 % interval, within -100 and 100. */
  low: number;
  high: number;
  promoters: number;
  passives: number;
  detractors: number;
};

/** How many people gave each score; the index is the score. */
export type ScoreCounts = number[];

const Z95 = 1.959964;

/**
 * Pseudo-observations of the adjusted Wald interval: detractors, passives, promoters. Unlike the plain interval it
 * keeps its promise for a handful of answers, and when all of them agree
 * (Rocks, "Interval estimation for the Net Promoter Score", The American Statistician 70, 2016, pp. 365-372).
 */
const PSEUDO = { detractors: 0.75, passives: 1.5, promoters: 0.75 };

/** @returns null where nobody has answered */
export function npsOf(counts: ScoreCounts): Nps | null {
  const detractors = total(counts.slice(0, 7));
  const passives = total(counts.slice(7, 9));
  const promoters = total(counts.slice(9, 11));
  const people = detractors + passives + promoters;
  if (people === 0) return null;

  const weight = people + PSEUDO.detractors + PSEUDO.passives + PSEUDO.promoters;
  const up = (promoters + PSEUDO.promoters) / weight;
  const down = (detractors + PSEUDO.detractors) / weight;
  const centre = up - down;
  const margin = Z95 * Math.sqrt((up + down - centre * centre) / weight);
  return {
    score: (100 * (promoters - detractors)) / people,
    low: 100 * Math.max(-1, centre - margin),
    high: 100 * Math.min(1, centre + margin),
    promoters,
    passives,
    detractors,
  };
}

function total(counts: number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
