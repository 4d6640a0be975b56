import type { Candidate, CandidateKind } from "./candidate";

/**
 * What we believe about P(yes) of a candidate: a Beta distribution, shrunk in two steps. An offer as a whole is pulled
 * towards the usual rate of its kind; one of its products towards the offer, times what its own prior says. So a new
 * offer starts sensibly, and a product with few impressions cannot win or lose by luck.
 */
export const MODEL_VERSION = "beta-thompson-1";

/** What was seen of a shop's candidates, by surface, kind and id. */
export type Stats = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, SeenCandidate>>>;
type Seen = { shown: number; accepted: number };
export type SeenCandidate = Seen & { subjects: Map<string, Seen> };

/** Usual P(yes) of a kind, a little optimistic so that new candidates are tried. */
const USUAL_RATE: Record<CandidateKind, number> = {
  offer: 0.03,
  sponsored: 0.02,
  survey: 0.3,
  "loyalty-join": 0.2,
  referral: 0.03,
  "review-ask": 0.05,
  appreciation: 0.1,
  reassurance: 0.1,
  help: 0.05,
};

/** How many impressions a prior is worth. */
const PRIOR_WEIGHT = 60;
const SUBJECT_WEIGHT = 40;

export type Belief = { probability: number; spread: number };

export function usualRate(kind: CandidateKind): number {
  return USUAL_RATE[kind];
}

export function believe(candidate: Candidate, stats: Stats, surface: string): Belief {
  const usual = USUAL_RATE[candidate.kind];
  const whole = stats.get(surface)?.get(candidate.kind)?.get(candidate.id) ?? NOTHING_SEEN;
  const prior = clamp(candidate.prior ?? usual);
  if (!candidate.subject) return beta(prior, PRIOR_WEIGHT, whole);
  const lift = (usual * PRIOR_WEIGHT + whole.accepted) / (PRIOR_WEIGHT + whole.shown) / usual;
  const own = whole.subjects.get(candidate.subject) ?? NOTHING_SEEN;
  return beta(clamp(prior * lift), SUBJECT_WEIGHT, own);
}

const NOTHING_SEEN: SeenCandidate = { shown: 0, accepted: 0, subjects: new Map() };

function beta(prior: number, weight: number, seen: Seen): Belief {
  const yes = prior * weight + seen.accepted;
  const all = weight + Math.max(seen.shown, seen.accepted);
  const probability = yes / all;
  return {
    probability: sixDigits(probability),
    spread: sixDigits(Math.sqrt((probability * (1 - probability)) / (all + 1))),
  };
}

function clamp(probability: number): number {
  return Math.min(0.95, Math.max(0.0005, probability));
}

/** Stored and ranked with the same digits, so that a replay sees what the ranking saw. */
export function sixDigits(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
