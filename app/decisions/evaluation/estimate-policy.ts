import { hashText, randomFrom } from "../random";
import { quantile, replicatesOf } from "./bootstrap";
import { NOTHING, type LoggedRow } from "./logged-row";
import { crossFit } from "./reward-model";

/**
 * What another policy would have earned, from the log of the one that ran. Three estimates per decision:
 * IPS (Horvitz-Thompson), SNIPS (Swaminathan and Joachims 2015) and DR (Dudík, Langford, Li 2011; cross-fitted), each
 * with a 95 % interval drawn over people. Showing nothing earns nothing, so a log need not have tried that: only what it
 * showed has a weight. It refuses to answer where the log hardly ever did what the other policy would have done: a
 * number without a basis is worse than none.
 */
export type Estimate = { value: number; low: number; high: number };
export type PolicyEstimate = {
  decisions: number;
  people: number;
  /** What really happened, per decision. */
  happened: Estimate;
  ips: Estimate;
  snips: Estimate;
  dr: Estimate;
  /** DR less what happened, drawn together: the interval of the change itself. */
  change: Estimate;
  /** How many decisions' worth the log says about the other policy. */
  effectiveDecisions: number;
  /** The same of decisions in which something was taken (Kish). */
  effectiveTakings: number;
  /** Share of the other policy's choices that the log could not have made. */
  unsupported: number;
  refusal: Refusal | null;
};

export type Refusal =
  "no-decisions" | "never-tried" | "few-decisions" | "few-takings" | "propensities-do-not-add-up";

export const LEAST_EFFECTIVE = 1_000;
export const LEAST_TAKINGS = 50;
const MOST_UNSUPPORTED = 0.01;
const MOST_REPLICATES = 1_000;
const LEAST_REPLICATES = 200;
/** A long log gets fewer replicates, so that no worker stands still for seconds. */
const MOST_DRAWS = 20_000_000;

type Options = {
  /** Fixes the draws, so that the same question gets the same answer. */
  seed: string;
  replicates?: number;
};

export function estimatePolicy(rows: readonly LoggedRow[], { seed, replicates }: Options): PolicyEstimate {
  const random = randomFrom(seed);
  const expectations = crossFit(rows, (person) => hashText(`${seed}\0${person}`));
  const sums = sumsPerPerson(rows, expectations);
  const total = sums.reduce(
    (all, person) => all.map((sum, column) => sum + person[column]!),
    new Float64Array(COLUMNS),
  );
  const values = figuresOf(total);
  const affordable = Math.round(MOST_DRAWS / Math.max(1, sums.length));
  const drawn = replicatesOf(sums, figuresOf, {
    replicates: replicates ?? Math.min(MOST_REPLICATES, Math.max(LEAST_REPLICATES, affordable)),
    random,
  });
  const estimate = (figure: number): Estimate => ({
    value: values[figure]!,
    low: drawn[figure] ? quantile(drawn[figure], 0.025) : 0,
    high: drawn[figure] ? quantile(drawn[figure], 0.975) : 0,
  });
  const facts = {
    decisions: rows.length,
    people: sums.length,
    effectiveDecisions: effectiveDecisions(rows),
    effectiveTakings: effective(rows.filter(({ taken }) => taken).map(weightOf)),
    unsupported: sumOf(rows, ({ unsupported }) => unsupported) / Math.max(1, rows.length),
  };
  return {
    ...facts,
    happened: estimate(0),
    ips: estimate(1),
    snips: estimate(2),
    dr: estimate(3),
    change: estimate(4),
    refusal: refusalOf(facts, rows),
  };
}

/** How much more, or less, often the other policy would have shown the same; 0 where nothing was shown. */
function weightOf({ action, target, propensity }: LoggedRow): number {
  return action.key === NOTHING.key ? 0 : target / propensity;
}

/** Per person: decisions, rewards, weights, weighted rewards, doubly robust rewards, chances of showing something. */
const COLUMNS = 6;

function sumsPerPerson(
  rows: readonly LoggedRow[],
  { logged, target }: ReturnType<typeof crossFit>,
): Float64Array[] {
  const people = new Map<string, Float64Array>();
  rows.forEach((row, index) => {
    let sums = people.get(row.person);
    if (!sums) people.set(row.person, (sums = new Float64Array(COLUMNS)));
    const weight = weightOf(row);
    sums[0]! += 1;
    sums[1]! += row.reward;
    sums[2]! += weight;
    sums[3]! += weight * row.reward;
    sums[4]! += target[index]! + weight * (row.reward - logged[index]!);
    sums[5]! += row.showing;
  });
  return [...people.values()];
}

/**
 * Happened, IPS, SNIPS, DR, DR less happened. SNIPS: what a decision that shows something earns, times how often the
 * other policy shows something; that is known, so weights need not say it.
 */
function figuresOf(sums: Float64Array): number[] {
  const [decisions = 0, rewards = 0, weights = 0, weighted = 0, robust = 0, showing = 0] = sums;
  const per = Math.max(1, decisions);
  return [
    rewards / per,
    weighted / per,
    weights > 0 ? (weighted / weights) * (showing / per) : 0,
    robust / per,
    (robust - rewards) / per,
  ];
}

/**
 * Kish's (Σw)² / Σw² of what was shown, by what both sums are on average, so that a choice that the log hardly ever made
 * counts against it also where it never came up. Divided by how often the other policy shows something.
 */
function effectiveDecisions(rows: readonly LoggedRow[]): number {
  const squares = sumOf(rows, ({ squaredWeight }) => squaredWeight);
  if (squares === 0) return 0;
  return rows.length * Math.min(1, sumOf(rows, ({ showing }) => showing) / squares);
}

/** (Σw)² / Σw². */
function effective(weights: number[]): number {
  const squares = sumOf(weights, (weight) => weight * weight);
  return squares > 0 ? sumOf(weights, (weight) => weight) ** 2 / squares : 0;
}

function sumOf<T>(list: readonly T[], value: (one: T) => number): number {
  return list.reduce((sum, one) => sum + value(one), 0);
}

type Facts = Pick<PolicyEstimate, "decisions" | "effectiveDecisions" | "effectiveTakings" | "unsupported">;

function refusalOf(facts: Facts, rows: readonly LoggedRow[]): Refusal | null {
  if (facts.decisions === 0) return "no-decisions";
  if (facts.unsupported > MOST_UNSUPPORTED) return "never-tried";
  if (facts.effectiveDecisions < LEAST_EFFECTIVE) return "few-decisions";
  if (facts.effectiveTakings < LEAST_TAKINGS) return "few-takings";
  return areWeightsHonest(rows) ? null : "propensities-do-not-add-up";
}

/** Stored chances are rounded, and drawn up again from rounded figures. */
const ROUNDING = 1e-4;
const MOST_DEVIATIONS = 4;

/**
 * If the logged propensities are those that were drawn from, weights come to how often the other policy shows something
 * of what the log could show. How far chance takes them from that is both foreseen and measured, and the larger holds:
 * rare choices with large weights hide from one of the two, depending on whether they came up.
 */
function areWeightsHonest(rows: readonly LoggedRow[]): boolean {
  const off = sumOf(rows, (row) => weightOf(row) - row.showing);
  const foreseen = sumOf(rows, ({ squaredWeight, showing }) => squaredWeight - showing ** 2);
  const measured = sumOf(rows, (row) => (weightOf(row) - row.showing) ** 2);
  return Math.abs(off) <= MOST_DEVIATIONS * Math.sqrt(Math.max(foreseen, measured)) + ROUNDING * rows.length;
}
