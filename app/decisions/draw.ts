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
  const shown = chancesAbove(arms, -Infinity);
  // Where "nothing" cannot win anyway, both are the same.
  const free = forced === 1 || below(arms, 0) < NEGLIGIBLE ? shown : chancesAbove(arms, 0);
  const even = EVEN_SHARE / arms.length;
  return arms.map((_, index) =>
    rounded(even + (1 - EVEN_SHARE) * ((1 - forced) * free[index]! + forced * shown[index]!)),
  );
}

/** Probability that each arm is the best of all and above `bottom`, integrated from the least value the best can have. */
function chancesAbove(arms: Arm[], bottom: number): number[] {
  const sure = Math.max(bottom, ...arms.map((arm) => arm.mean - REACH * arm.spread));
  const top = Math.max(...arms.map((arm) => arm.mean + REACH * arm.spread));
  if (top <= sure) return top > bottom ? oneBest(arms) : arms.map(() => 0);

  // An arm that cannot reach `sure` cannot win; leaving it out changes nothing and saves most of the work.
  const running = arms.flatMap((arm, index) => (arm.mean + REACH * arm.spread > sure ? [index] : []));
  // Where a value stands in the table of each arm's distribution: value × scale + shift.
  const scales = Float64Array.from(running, (index) => POINTS_PER_UNIT / arms[index]!.spread);
  const shifts = Float64Array.from(running, (index, place) => CENTRE - arms[index]!.mean * scales[place]!);
  const above = scales.map((scale, place) => cdfAt(top * scale + shifts[place]!));
  const middle = new Float64Array(running.length);
  const won = new Float64Array(running.length);
  const step = (top - sure) / STEPS;
  for (let lower = top - step; lower > sure - step / 2; lower -= step) {
    let all = 1;
    for (let place = 0; place < running.length; place++) {
      const share = cdfAt((lower + step / 2) * scales[place]! + shifts[place]!);
      middle[place] = share;
      all *= share;
    }
    // From here down, some arm is surely better.
    if (all < NEGLIGIBLE) break;
    for (let place = 0; place < running.length; place++) {
      const under = cdfAt(lower * scales[place]! + shifts[place]!);
      won[place]! += ((above[place]! - under) * all) / middle[place]!;
      above[place] = under;
    }
  }
  const chances = arms.map(() => 0);
  running.forEach((index, place) => (chances[index] = won[place]!));
  return scaled(chances, 1 - below(arms, bottom));
}

/** Probability that no arm is above `bottom`. */
function below(arms: Arm[], bottom: number): number {
  if (bottom === -Infinity) return 0;
  return arms.reduce((product, { mean, spread }) => product * normalCdf(bottom, mean, spread), 1);
}

function oneBest(arms: Arm[]): number[] {
  const best = arms.reduce((winner, arm, index) => (arm.mean > arms[winner]!.mean ? index : winner), 0);
  return arms.map((_, index) => (index === best ? 1 : 0));
}

function scaled(chances: number[], total: number): number[] {
  const sum = chances.reduce((all, chance) => all + chance, 0);
  return sum > 0 ? chances.map((chance) => (chance * total) / sum) : chances;
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
