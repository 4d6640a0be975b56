/**
 * Which arms to show, and with what probability: Thompson sampling in closed form. The probability that an arm is the
 * best is integrated over its own distribution (normal, from mean and spread); then the arm is drawn from those
 * probabilities. So the logged propensity is exactly the one it was drawn with. Pure.
 */
export type Arm = {
  /** Expected gain, and its standard deviation. Showing nothing gains 0. */
  mean: number;
  spread: number;
};

export type Draw = {
  /** In the order drawn; fewer than `limit`, or none, where "nothing" was drawn. */
  drawn: { arm: number; propensity: number }[];
  /** Each arm's probability in the first draw. */
  chances: number[];
};

export type DrawOptions = {
  /** At most this many arms, each drawn from what is left. */
  limit: number;
  /** Share of draws in which "nothing" is left out, so that the engine never falls silent and goes on learning. */
  forced: number;
  random: () => number;
};

/** Share of all draws that goes evenly to every arm: keeps propensities away from zero. */
const EVEN_SHARE = 0.02;
const STEPS = 32;
const NEGLIGIBLE = 1e-7;
/** Distributions are cut at this many standard deviations. */
const REACH = 4;

export function drawArms(arms: Arm[], { limit, forced, random }: DrawOptions): Draw {
  const first = chancesOf(arms, forced);
  const left = arms.map((_, index) => index);
  const drawn: Draw["drawn"] = [];
  let chances = first;
  while (drawn.length < limit && left.length > 0) {
    const pick = pickFrom(chances, random());
    if (pick === null) break;
    drawn.push({ arm: left[pick]!, propensity: chances[pick]! });
    left.splice(pick, 1);
    if (drawn.length < limit)
      chances = chancesOf(
        left.map((index) => arms[index]!),
        forced,
      );
  }
  return { drawn, chances: first };
}

/** Probability of each arm; what is missing to 1 is the probability of showing nothing. */
export function chancesOf(arms: Arm[], forced: number): number[] {
  if (arms.length === 0) return [];
  const { shown, free } = winningChances(arms);
  const even = EVEN_SHARE / arms.length;
  return arms.map((_, index) =>
    rounded(even + (1 - EVEN_SHARE) * ((1 - forced) * free[index]! + forced * shown[index]!)),
  );
}

/** Probability that each arm is the best of all, and that it is the best and above nothing. */
function winningChances(arms: Arm[]): { shown: number[]; free: number[] } {
  // The least value that the best arm can have, and the highest.
  let sure = -Infinity;
  let top = -Infinity;
  for (const { mean, spread } of arms) {
    sure = Math.max(sure, mean - REACH * spread);
    top = Math.max(top, mean + REACH * spread);
  }
  const none = arms.map(() => 0);
  if (top <= sure) {
    const best = oneBest(arms);
    return { shown: best, free: top > 0 ? best : none };
  }
  const race = startRace(arms, sure, top);
  const above = 1 - below(arms, 0);
  if (sure >= 0 || top <= 0) {
    goDownTo(race, sure);
    return { shown: sharesOf(race, 1), free: sure >= 0 ? sharesOf(race, above) : none };
  }
  goDownTo(race, 0);
  const free = sharesOf(race, above);
  goDownTo(race, sure);
  return { shown: sharesOf(race, 1), free };
}

/**
 * An integral on its way down over the value of the best arm. Per arm that can still win: where a value stands in the
 * table of its distribution (value × scale + shift), its distribution at `level`, and how much of it has won so far.
 */
type Race = {
  arms: number;
  /** Indices of the arms that can win. Leaving the others out changes nothing and saves most of the work. */
  running: number[];
  level: number;
  /** Product of all distributions at `level`. */
  all: number;
};

/** Room for the running arms, used again by each draw: draws follow one another. */
let room = 64;
let scales = new Float64Array(room);
let shifts = new Float64Array(room);
let upper = new Float64Array(room);
let lower = new Float64Array(room);
let won = new Float64Array(room);

function startRace(arms: Arm[], sure: number, top: number): Race {
  if (arms.length > room) {
    room = 2 * arms.length;
    [scales, shifts, upper, lower, won] = Array.from({ length: 5 }, () => new Float64Array(room)) as Rooms;
  }
  const running: number[] = [];
  // An arm without any doubt is one with next to none.
  const least = (top - sure) * 1e-9;
  let all = 1;
  for (let index = 0; index < arms.length; index++) {
    const { mean, spread } = arms[index]!;
    if (mean + REACH * spread <= sure) continue;
    const place = running.push(index) - 1;
    scales[place] = POINTS_PER_UNIT / Math.max(spread, least);
    shifts[place] = CENTRE - mean * scales[place]!;
    all *= upper[place] = cdfAt(top * scales[place]! + shifts[place]!);
    won[place] = 0;
  }
  return { arms: arms.length, running, level: top, all };
}
type Room = typeof scales;
type Rooms = [Room, Room, Room, Room, Room];

/** What an arm wins in a step: its own share there, while all others are below; both ends of the step count half. */
function goDownTo(race: Race, bottom: number): void {
  const { running } = race;
  const step = (race.level - bottom) / STEPS;
  for (let taken = 0; taken < STEPS; taken++) {
    // From here down, some arm is surely better.
    if (race.all < NEGLIGIBLE) break;
    const level = race.level - step;
    let all = 1;
    for (let place = 0; place < running.length; place++) {
      all *= lower[place] = cdfAt(level * scales[place]! + shifts[place]!);
    }
    for (let place = 0; place < running.length; place++) {
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

/** What each arm has won so far, as shares of `total`. */
function sharesOf({ arms, running }: Race, total: number): number[] {
  const chances = new Array<number>(arms).fill(0);
  let sum = 0;
  for (let place = 0; place < running.length; place++) sum += won[place]!;
  if (sum > 0) running.forEach((index, place) => (chances[index] = (won[place]! * total) / sum));
  return chances;
}

/** Probability that no arm is above `bottom`. */
function below(arms: Arm[], bottom: number): number {
  let product = 1;
  for (const { mean, spread } of arms) product *= normalCdf(bottom, mean, spread);
  return product;
}

function oneBest(arms: Arm[]): number[] {
  const best = arms.reduce((winner, arm, index) => (arm.mean > arms[winner]!.mean ? index : winner), 0);
  return arms.map((_, index) => (index === best ? 1 : 0));
}

function pickFrom(chances: number[], uniform: number): number | null {
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
