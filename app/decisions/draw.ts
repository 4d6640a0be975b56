import { armsOf, type Arms } from "./arms";

/**
 * Which arms to show, and with what probability: Thompson sampling in closed form. The probability that an arm is the
 * best is integrated over its own distribution (normal, from mean and spread); then the arm is drawn from those
 * probabilities. So the logged propensity is exactly the one it was drawn with. Pure.
 */
export type Draw = {
  /** In the order drawn; fewer than `limit`, or none, where "nothing" was drawn. */
  drawn: { arm: number; propensity: number }[];
  /** Each arm's probability in the first draw; the next draw overwrites it. */
  chances: Float64Array;
};

export type DrawOptions = {
  /** At most this many arms, each drawn from what is left. */
  limit: number;
  /** Share of draws in which "nothing" is left out, so that the engine never falls silent and goes on learning. */
  forced: number;
  /** Share of all draws for the first place that goes evenly to every arm. Left out: the usual one. */
  even?: number;
  random: () => number;
  /** What says the same as an arm that is drawn already is not drawn beside it. Left out: no two are alike. */
  alike?: (arm: number, other: number) => boolean;
};

/** Share of all draws that goes evenly to every arm: keeps propensities away from zero. */
export const EVEN_SHARE = 0.02;
const LEAST_EVEN_SHARE = 0.001;
const STEPS = 32;
const NEGLIGIBLE = 1e-7;
/** Distributions are cut at this many standard deviations. */
const REACH = 4;

/**
 * How many draws go evenly to every arm. Where a yes to the best is likelier than a no, to try another costs more than it
 * can teach, and the more so the surer the yes is: fewer draws are spent on that.
 * @param probability P(yes) of the best arm
 */
export function evenShare(probability: number): number {
  return Math.max(LEAST_EVEN_SHARE, EVEN_SHARE * Math.min(1, 2 * (1 - probability)));
}

export function drawArms(arms: Arms, options: DrawOptions): Draw {
  const { limit, forced, even, random } = options;
  const chances = chancesOf(arms, forced, even);
  const pick = limit > 0 ? pickFrom(chances, random()) : null;
  if (pick === null) return { drawn: [], chances };
  const first = { arm: pick, propensity: chances[pick]! };
  if (limit === 1) return { drawn: [first], chances };
  const kept = chances.slice();
  return { drawn: [first, ...drawFurther(arms, pick, { ...options, limit: limit - 1 })], chances: kept };
}

/** Each further place is drawn from what is left, of which the first one's sureness says nothing. */
function drawFurther(arms: Arms, without: number, options: DrawOptions): Draw["drawn"] {
  const { alike = () => false } = options;
  const left = Array.from({ length: arms.count }, (_, arm) => arm).filter(
    (arm) => arm !== without && !alike(arm, without),
  );
  if (left.length === 0) return [];
  const others = armsOf(left.map((arm) => ({ mean: arms.mean[arm]!, spread: arms.spread[arm]! })));
  const { drawn } = drawArms(others, {
    ...options,
    even: EVEN_SHARE,
    alike: (arm, other) => alike(left[arm]!, left[other]!),
  });
  return drawn.map(({ arm, propensity }) => ({ arm: left[arm]!, propensity }));
}

/**
 * Probability of each arm; what is missing to 1 is the probability of showing nothing.
 * @returns a view that the next call overwrites
 */
export function chancesOf(arms: Arms, forced: number, even = EVEN_SHARE): Float64Array {
  const { count } = arms;
  makeRoom(count);
  const chances = room.chances.subarray(0, count);
  if (count === 0) return chances;
  winningChances(arms);
  const { free, shown } = room;
  for (let arm = 0; arm < count; arm++) {
    chances[arm] = rounded(even / count + (1 - even) * ((1 - forced) * free[arm]! + forced * shown[arm]!));
  }
  return chances;
}

/** Used again by each draw: draws follow one another. By arm: */
let room = roomsFor(64);

function roomsFor(size: number) {
  return {
    size,
    /** Probability to be the best of all, and to be the best and above nothing. */
    shown: new Float64Array(size),
    free: new Float64Array(size),
    chances: new Float64Array(size),
    /** The arms that can win. Leaving the others out changes nothing and saves most of the work. By place among these: */
    running: new Int32Array(size),
    /** Where a value stands in the table of the arm's distribution: value × scale + shift. */
    scales: new Float64Array(size),
    shifts: new Float64Array(size),
    /** Its distribution at both ends of a step, and how much of it has won so far. */
    upper: new Float64Array(size),
    lower: new Float64Array(size),
    won: new Float64Array(size),
  };
}

function makeRoom(arms: number): void {
  if (arms > room.size) room = roomsFor(2 * arms);
}

/** Writes how likely each arm is the best of all (`shown`), and the best and above nothing (`free`). */
function winningChances(arms: Arms): void {
  const { count, mean, spread } = arms;
  const { shown, free } = room;
  shown.fill(0, 0, count);
  free.fill(0, 0, count);
  // The least value that the best arm can have, and the highest.
  let sure = -Infinity;
  let top = -Infinity;
  for (let arm = 0; arm < count; arm++) {
    sure = Math.max(sure, mean[arm]! - REACH * spread[arm]!);
    top = Math.max(top, mean[arm]! + REACH * spread[arm]!);
  }
  if (top <= sure) {
    const best = highestOf(arms);
    shown[best] = 1;
    if (top > 0) free[best] = 1;
    return;
  }
  const race = startRace(arms, sure, top);
  const above = 1 - below(arms, 0);
  if (sure >= 0 || top <= 0) {
    goDownTo(race, sure);
    if (sure >= 0) shareOut(race, above, free);
  } else {
    goDownTo(race, 0);
    shareOut(race, above, free);
    goDownTo(race, sure);
  }
  shareOut(race, 1, shown);
}

/** An integral on its way down over the value of the best arm. */
type Race = {
  /** How many of the arms can win. */
  running: number;
  level: number;
  /** Product of all distributions at `level`. */
  all: number;
};

function startRace({ count, mean, spread }: Arms, sure: number, top: number): Race {
  const { scales, shifts, upper, won } = room;
  let running = 0;
  // An arm without any doubt is one with next to none.
  const least = (top - sure) * 1e-9;
  let all = 1;
  for (let arm = 0; arm < count; arm++) {
    if (mean[arm]! + REACH * spread[arm]! <= sure) continue;
    const place = running++;
    const scale = POINTS_PER_UNIT / Math.max(spread[arm]!, least);
    room.running[place] = arm;
    scales[place] = scale;
    shifts[place] = CENTRE - mean[arm]! * scale;
    all *= upper[place] = cdfAt(top * scale + shifts[place]!);
    won[place] = 0;
  }
  return { running, level: top, all };
}

/** What an arm wins in a step: its own share there, while all others are below; both ends of the step count half. */
function goDownTo(race: Race, bottom: number): void {
  const { running } = race;
  const { scales, shifts, upper, lower, won } = room;
  const step = (race.level - bottom) / STEPS;
  for (let taken = 0; taken < STEPS; taken++) {
    // From here down, some arm is surely better.
    if (race.all < NEGLIGIBLE) break;
    const level = race.level - step;
    let all = 1;
    for (let place = 0; place < running; place++) {
      all *= lower[place] = cdfAt(level * scales[place]! + shifts[place]!);
    }
    for (let place = 0; place < running; place++) {
      const from = upper[place]!;
      const to = lower[place]!;
      if (to > 0) won[place]! += ((from - to) * (race.all / from + all / to)) / 2;
      upper[place] = to;
    }
    race.level = level;
    race.all = all;
  }
  race.level = bottom;
}

/** Writes what each arm has won so far, as shares of `total`. */
function shareOut({ running }: Race, total: number, shares: Float64Array): void {
  const { won } = room;
  let sum = 0;
  for (let place = 0; place < running; place++) sum += won[place]!;
  if (sum <= 0) return;
  for (let place = 0; place < running; place++) shares[room.running[place]!] = (won[place]! * total) / sum;
}

/** Probability that no arm is above `bottom`. */
function below({ count, mean, spread }: Arms, bottom: number): number {
  let product = 1;
  for (let arm = 0; arm < count; arm++) product *= normalCdf(bottom, mean[arm]!, spread[arm]!);
  return product;
}

function highestOf({ count, mean }: Arms): number {
  let best = 0;
  for (let arm = 1; arm < count; arm++) if (mean[arm]! > mean[best]!) best = arm;
  return best;
}

function pickFrom(chances: Float64Array, uniform: number): number | null {
  let passed = 0;
  for (let index = 0; index < chances.length; index++) {
    passed += chances[index]!;
    if (uniform < passed) return index;
  }
  return null;
}

/** Six digits are stored, so six digits are drawn from. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function normalCdf(x: number, mean: number, spread: number): number {
  if (spread <= 0) return x >= mean ? 1 : 0;
  return cdfAt(((x - mean) / spread) * POINTS_PER_UNIT + CENTRE);
}

/** From a table with straight lines between its points, error below 2e-5: the ranking asks thousands of times. */
function cdfAt(place: number): number {
  if (place <= 0) return 0;
  if (place >= LAST_POINT) return 1;
  const index = place | 0;
  const left = CDF_TABLE[index]!;
  return left + (place - index) * (CDF_TABLE[index + 1]! - left);
}

const TABLE_END = 6;
const POINTS_PER_UNIT = 64;
const CENTRE = TABLE_END * POINTS_PER_UNIT;
const LAST_POINT = 2 * CENTRE;
const CDF_TABLE = Float64Array.from({ length: LAST_POINT + 1 }, (_, index) =>
  preciseNormalCdf(index / POINTS_PER_UNIT - TABLE_END),
);

/** Abramowitz and Stegun 26.2.17; absolute error below 7.5e-8. */
function preciseNormalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    0.3989422804014327 *
    Math.exp((-z * z) / 2) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}
