import type { JudgedCandidate, Rejection } from "./candidate";

/**
 * How a decision judged its candidates, by column: entry n of each is about candidate n; there may be more room than
 * candidates. This runs for every shopper: fifty objects of a dozen fields, laid out by column again for storing, cost
 * more than the judgement itself.
 */
export type Verdicts = {
  count: number;
  /** Posterior mean and standard deviation of P(yes). */
  probability: Float64Array;
  spread: Float64Array;
  /** Net value of a yes in minor units; 1 for kinds that are not about money. */
  value: Float64Array;
  /** Expected net value, with the benefit of the doubt, less the cost of attention; minor units. */
  score: Float64Array;
  /** Probability of being drawn: at its own turn for a chosen one, at the first draw for others, 0 where rejected. */
  propensity: Float64Array;
  /** Place among the placements, from 1; 0 where it was not chosen. */
  position: Uint8Array;
  /** Why it was not chosen; null while nothing speaks against it. */
  reason: (Rejection | null)[];
};

/** For at most so many candidates. */
export function roomForVerdicts(most: number): Verdicts {
  return {
    count: 0,
    probability: new Float64Array(most),
    spread: new Float64Array(most),
    value: new Float64Array(most),
    score: new Float64Array(most),
    propensity: new Float64Array(most),
    position: new Uint8Array(most),
    reason: [],
  };
}

/** Made once: memory that is fresh for each decision is what a decision would wait for most. */
let room = roomForVerdicts(64);

/** For so many candidates, of whom nothing is known yet. The next call overwrites them. */
export function openVerdicts(count: number): Verdicts {
  if (count > room.probability.length) room = roomForVerdicts(2 * count);
  room.count = count;
  room.propensity.fill(0, 0, count);
  room.position.fill(0, 0, count);
  for (let index = 0; index < count; index++) room.reason[index] = null;
  room.reason.length = count;
  return room;
}

/** As they stand in stored candidates; overwritten by nobody. */
export function verdictsOf(stored: readonly JudgedCandidate[]): Verdicts {
  const verdicts = roomForVerdicts(stored.length);
  verdicts.count = stored.length;
  stored.forEach(({ probability, spread, value, score, propensity, position, reason }, index) => {
    verdicts.probability[index] = probability;
    verdicts.spread[index] = spread;
    verdicts.value[index] = value;
    verdicts.score[index] = score;
    verdicts.propensity[index] = propensity;
    verdicts.position[index] = position ?? 0;
    verdicts.reason[index] = reason ?? null;
  });
  return verdicts;
}
