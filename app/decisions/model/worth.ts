import { meanProbability } from "./logistic";
import type { LogOdds } from "./model";
import { PRIOR_VARIANCE } from "./priors";

/** From log odds to what a decision weighs. Pure. */

/**
 * How much of the spread is explored: the arms are drawn by the probability that they are the best within this share of
 * it (Thompson sampling with a narrowed posterior, Chapelle and Li 2011). Tuned on simulated shops.
 */
export const EXPLORATION = 0.1;

/**
 * What is little known gets the benefit of the doubt, as a multiple of half its variance in log odds. Without it the
 * engine falls silent: what is not shown is not learnt, and stays below the cost of showing.
 */
const HOPE = 0.6;

/** Posterior mean and standard deviation of P(yes). */
export type Belief = { probability: number; spread: number };

/** @param prior P(yes) by the candidate's own guess: the mean before anything was learnt */
export function beliefFrom({ mean, variance }: LogOdds, prior: number): Belief {
  const probability = probabilityFrom(mean, variance, prior);
  return { probability, spread: spreadFrom(probability, variance) };
}

/** The posterior mean of P(yes), from the log odds that were learnt. */
export function probabilityFrom(mean: number, variance: number, prior: number): number {
  return meanProbability(priorLogOdds(prior) + mean, variance);
}

/** The posterior standard deviation of P(yes), from the variance of its log odds. */
export function spreadFrom(probability: number, variance: number): number {
  return probability * (1 - probability) * Math.sqrt(variance);
}

/** Where the log odds start, so that their mean probability is the prior. */
export function priorLogOdds(prior: number): number {
  return Math.log(prior / (1 - prior)) - PRIOR_VARIANCE / 2;
}

/** P(yes) with the benefit of the doubt. */
export function hopeful({ probability, spread }: Belief): number {
  const odds = probability * (1 - probability);
  const variance = odds > 0 ? (spread / odds) ** 2 : 0;
  return Math.min(1, probability + (HOPE / 2) * variance * odds);
}
