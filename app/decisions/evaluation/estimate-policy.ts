import { hashText, randomFrom } from "../random";
import { quantile, replicatesOf } from "./bootstrap";
import type { LoggedRow } from "./logged-row";
import { crossFit } from "./reward-model";

/**
 * What another policy would have earned, from the log of the one that ran. Three estimates per decision:
 * IPS (Horvitz-Thompson), SNIPS (Swaminathan and Joachims 2015) and DR (Dudík, Langford, Li 2011; cross-fitted), each
 * with a 95 % interval drawn over people. It refuses to answer where the log hardly ever did what the other policy
 * would have done: a number without a basis is worse than none.
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
  /** How many decisions' worth the log says about the other policy (Kish). */
  effectiveDecisions: number;
  /** The same of decisions in which something was taken. */
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
  const weights = rows.map(({ target, propensity }) => target / propensity);
  const facts = {
    decisions: rows.length,
    people: sums.length,
    effectiveDecisions: effective(weights),
    effectiveTakings: effective(weights.filter((_, index) => rows[index]!.taken)),
    unsupported: rows.length > 0 ? rows.reduce((sum, row) => sum + row.unsupported, 0) / rows.length : 0,
  };
  return {
    ...facts,
    happened: estimate(0),
    ips: estimate(1),
    snips: estimate(2),
    dr: estimate(3),
    change: estimate(4),
    refusal: refusalOf(facts, weights),
  };
}

/** Per person: decisions, rewards, weights, weighted rewards, doubly robust rewards. */
const COLUMNS = 5;

function sumsPerPerson(
  rows: readonly LoggedRow[],
  { logged, target }: ReturnType<typeof crossFit>,
): Float64Array[] {
  const people = new Map<string, Float64Array>();
  rows.forEach((row, index) => {
    let sums = people.get(row.person);
    if (!sums) people.set(row.person, (sums = new Float64Array(COLUMNS)));
    const weight = row.target / row.propensity;
    sums[0]! += 1;
    sums[1]! += row.reward;
    sums[2]! += weight;
    sums[3]! += weight * row.reward;
    sums[4]! += target[index]! + weight * (row.reward - logged[index]!);
  });
  return [...people.values()];
}

/** Happened, IPS, SNIPS, DR, DR less happened. */
function figuresOf(sums: Float64Array): number[] {
  const [decisions = 0, rewards = 0, weights = 0, weighted = 0, robust = 0] = sums;
  const per = Math.max(1, decisions);
  return [
    rewards / per,
    weighted / per,
    weights > 0 ? weighted / weights : 0,
    robust / per,
    (robust - rewards) / per,
  ];
}

/** (Σw)² / Σw². */
function effective(weights: number[]): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

type Facts = Pick<PolicyEstimate, "decisions" | "effectiveDecisions" | "effectiveTakings" | "unsupported">;

function refusalOf(facts: Facts, weights: number[]): Refusal | null {
  if (facts.decisions === 0) return "no-decisions";
  if (facts.unsupported > MOST_UNSUPPORTED) return "never-tried";
  if (facts.effectiveDecisions < LEAST_EFFECTIVE) return "few-decisions";
  if (facts.effectiveTakings < LEAST_TAKINGS) return "few-takings";
  return areWeightsHonest(weights, facts.unsupported) ? null : "propensities-do-not-add-up";
}

/** Weights are 1 on average if the logged propensities are those that were drawn from. */
function areWeightsHonest(weights: number[], unsupported: number): boolean {
  const count = weights.length;
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / count;
  const variance = weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / (count - 1);
  return Math.abs(mean - 1) <= 4 * Math.sqrt(variance / count) + unsupported + 1e-6;
}
