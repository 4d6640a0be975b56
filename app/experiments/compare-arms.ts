import { tQuantile95, Z_95 } from "./distributions";
import type { Moments } from "./moments";

/**
 * How much more one arm brings than another, with two intervals.
 *
 * The unit is the person. A mean is adjusted by what was known before (CUPED: Deng, Xu, Kohavi, Walker, WSDM 2013); a
 * ratio such as clicks per mail gets its variance by the delta method. Variances are apart per arm (Welch), because a
 * holdout is small and money has heavy tails.
 *
 * `interval` holds 95 % for one look planned beforehand. `alwaysValid` holds 95 % for all looks together, so a merchant
 * may look every day and stop when they like: an asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy,
 * Ramdas, Annals of Statistics 2024, theorem 2.2), with `surprise` as its p-value.
 */
export type Interval = { low: number; high: number };
export type Comparison = {
  /** Per person (or per `n`), adjusted. */
  treated: number;
  control: number;
  /** treated − control. */
  difference: number;
  interval: Interval;
  alwaysValid: Interval;
  /** Always-valid p-value: how surprising this would be if there were no difference, however often one looked. */
  surprise: number;
  verdict: Verdict;
  /** One person makes up so much of an arm's spread that the figure may jump. */
  isHeavy: boolean;
};

export type Verdict =
  /** `more`: people still needed before anything can be said. */
  | { state: "too-early"; more: number }
  /** No clear difference yet; `more`: about how many people it takes to see one of this size. Null: no telling. */
  | { state: "unclear"; more: number | null }
  | { state: "better" }
  | { state: "worse" };

/** Fewer people on either side say nothing; sums of money are far from normal below. */
export const LEAST_PEOPLE = 100;

const ALPHA = 0.05;
/** The number of people at which the always-valid interval is tightest for its level. */
const TUNED_FOR = 5_000;
const RHO_SQUARED = (-2 * Math.log(ALPHA) + Math.log(-2 * Math.log(ALPHA) + 1)) / TUNED_FOR;
/** Largest share of one person in an arm's squared deviations that needs no notice. */
const HEAVY_SHARE = 0.2;
const TOO_MANY = 10_000_000;

/**
 * @param smallestShare expected share of the smaller arm in all people, 0..1
 * @param comparisons how many are made side by side; the always-valid figures hold for all of them together (Bonferroni)
 */
export function compareArms(
  treated: Moments,
  control: Moments,
  smallestShare: number,
  comparisons = 1,
): Comparison {
  const slope = slopeOf(treated, control);
  const centre = (treated.x + control.x) / Math.max(1, treated.people + control.people);
  const [one, other] = [armOf(treated, slope, centre), armOf(control, slope, centre)];
  const difference = one.mean - other.mean;
  const variance = one.variance + other.variance;
  const small = tQuantile95(degreesOf(one, other)) / Z_95;
  const people = treated.people + control.people;
  const half = Z_95 * small * Math.sqrt(variance);
  const wide = small * Math.sqrt(variance * reachSquared(people, ALPHA / comparisons));
  const alwaysValid = { low: difference - wide, high: difference + wide };
  return {
    treated: one.mean,
    control: other.mean,
    difference,
    interval: { low: difference - half, high: difference + half },
    alwaysValid,
    surprise: Math.min(1, comparisons * surpriseOf(difference, variance * small ** 2, people)),
    verdict: verdictOf(treated, control, smallestShare, difference, alwaysValid),
    isHeavy: isHeavy(treated) || isHeavy(control),
  };
}

type Arm = { people: number; mean: number; variance: number };

/** Mean or ratio of an arm, with the variance of that figure. */
function armOf(arm: Moments, slope: number, centre: number): Arm {
  const { people } = arm;
  if (people < 2 || arm.n === 0) return { people, mean: people > 0 ? arm.y / (arm.n || 1) : 0, variance: 0 };
  const ratio = arm.y / arm.n;
  const shift = slope * (arm.x / people - centre);
  const squares =
    slope === 0
      ? arm.yy - 2 * ratio * arm.yn + ratio ** 2 * arm.nn
      : spread(arm.yy, arm.y, arm.y, people) -
        2 * slope * spread(arm.xy, arm.x, arm.y, people) +
        slope ** 2 * spread(arm.xx, arm.x, arm.x, people);
  const perPerson = Math.max(0, squares) / (people - 1) / (arm.n / people) ** 2;
  return { people, mean: ratio - shift, variance: perPerson / people };
}

/** How much `y` rises with `x` within the arms; 0 where a ratio is compared or nothing was known before. */
function slopeOf(a: Moments, b: Moments): number {
  const isPerPerson = [a, b].every((arm) => arm.n === arm.people && arm.nn === arm.people);
  if (!isPerPerson) return 0;
  const within = (key: "xx" | "xy") =>
    [a, b].reduce(
      (sum, arm) =>
        sum + (arm.people > 0 ? spread(arm[key], arm.x, key === "xx" ? arm.x : arm.y, arm.people) : 0),
      0,
    );
  const xx = within("xx");
  return xx > 1e-9 ? within("xy") / xx : 0;
}

/** Sum of products of deviations from the means. */
function spread(products: number, sumA: number, sumB: number, count: number): number {
  return products - (sumA * sumB) / count;
}

/** Welch-Satterthwaite. */
function degreesOf(one: Arm, other: Arm): number {
  const parts = [one, other].reduce((sum, arm) => sum + arm.variance ** 2 / Math.max(1, arm.people - 1), 0);
  return parts > 0 ? (one.variance + other.variance) ** 2 / parts : Infinity;
}

/** Squared half width of the confidence sequence, in units of the variance of the difference. */
function reachSquared(people: number, alpha: number): number {
  const scaled = Math.max(1, people) * RHO_SQUARED;
  return ((2 * (scaled + 1)) / scaled) * Math.log(Math.sqrt(scaled + 1) / alpha);
}

function surpriseOf(difference: number, variance: number, people: number): number {
  if (variance <= 0) return 1;
  const scaled = Math.max(1, people) * RHO_SQUARED;
  const evidence = (difference ** 2 / variance) * (scaled / (2 * (scaled + 1)));
  return Math.min(1, Math.sqrt(scaled + 1) * Math.exp(-evidence));
}

function verdictOf(
  treated: Moments,
  control: Moments,
  smallestShare: number,
  difference: number,
  { low, high }: Interval,
): Verdict {
  const fewest = Math.min(treated.people, control.people);
  if (fewest < LEAST_PEOPLE) {
    const share = Math.min(0.5, Math.max(smallestShare, 0.0001));
    return { state: "too-early", more: Math.ceil((LEAST_PEOPLE - fewest) / share) };
  }
  if (low > 0) return { state: "better" };
  if (high < 0) return { state: "worse" };
  const people = treated.people + control.people;
  const half = (high - low) / 2;
  const more = difference === 0 ? Infinity : Math.ceil(people * ((half / difference) ** 2 - 1));
  return { state: "unclear", more: more > TOO_MANY ? null : Math.max(1, more) };
}

function isHeavy(arm: Moments): boolean {
  if (arm.people < 2) return false;
  const mean = arm.y / arm.people;
  const squares = spread(arm.yy, arm.y, arm.y, arm.people);
  return squares > 0 && (arm.most - mean) ** 2 > HEAVY_SHARE * squares;
}
