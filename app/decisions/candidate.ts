import type { Placement } from "../../extensions/shared/contract";

/**
 * Something that could be shown to one shopper at one moment. Each feature proposes its own candidates; decisions
 * compares them without knowing the features.
 */
export type CandidateKind =
  | "offer"
  | "sponsored"
  | "survey"
  | "loyalty-join"
  | "referral"
  | "review-ask"
  | "appreciation"
  | "reassurance"
  | "help";

/** A placement as the extension gets it, before a decision gives it its position and its own link. */
export type Payload = DistributiveOmit<Placement, "position" | "clickUrl">;
type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

/** Name → value, in few words. */
export type Features = Readonly<Record<string, string | number | boolean>>;

export type Candidate = {
  kind: CandidateKind;
  /** Id of the offer, survey or programme. Statistics, caps and dismissals hang on kind and id. */
  id: string;
  /** What exactly is proposed where one id covers many things: an offer's product (gid). Learnt apart, shrunk to the id. */
  subject?: string;
  /**
   * What the shop nets if the shopper says yes, in minor units of the shop's currency: price after discount minus cost.
   * Left out by kinds that are not about money (surveys, loyalty): they are compared by probability alone, with no floor.
   */
  valueMinor?: number;
  /** Guess of P(yes) before any outcome is known, 0..1. Left out: the kind's usual rate. */
  prior?: number;
  /** Where a rule of its own forbids it to this person: it is stored, so that it can be explained, and never shown. */
  refusal?: Rejection;
  /** Percent of the people who never see it, so that its own effect can be measured. */
  holdoutPercent?: number;
  /** How well it fits this very order, 0..1; left out where that has no meaning. */
  fit?: number;
  /**
   * What speaks for or against it, for the model and for "explain this decision": bucketed or small numbers, no personal
   * data. Many candidates may share one object (`shared`): then it is looked at once.
   */
  features: Features;
  /** What the extension shows if this candidate is chosen; a function where there are many and few are shown. */
  payload: Payload | ((candidate: Candidate) => Payload);
};

/** Put together when it is first asked for: it is stored and answered. */
export function payloadOf(candidate: Candidate): Payload {
  if (typeof candidate.payload === "function") candidate.payload = candidate.payload(candidate);
  return candidate.payload;
}

/** Why a candidate was not shown. */
export type Rejection =
  | "surface-off" // the merchant switched the surface off
  | "holdout" // this shopper sees none of this kind, so that its effect can be measured
  | "hold" // contact policy: open case, late parcel, return; or the order was cancelled or refunded
  | "dismissed" // the shopper said "not for me" within the cool-down
  | "taken" // the shopper took it within the cool-down
  | "capped" // the shopper has seen enough of this kind
  | "excluded" // the merchant never wants it beside this order, or in this offer
  | "not-targeted" // the merchant means it for other orders or shoppers
  | "offer-capped" // the shopper has seen this one as often as the merchant allows
  | "used-up" // taken as often as the merchant allows
  | "worthless" // no margin left, or not a number
  | "offer-first" // thanks and help stand back while there is an offer for this shopper
  | "below-floor" // expected net value too small for this order
  | "not-drawn"; // good enough, but another one (or nothing) was drawn

/**
 * A candidate as the decision judged it; stored with the decision. `probability`, `spread` and `value` are what the
 * ranking saw, so that it can be replayed.
 */
export type JudgedCandidate = {
  kind: CandidateKind;
  id: string;
  subject?: string;
  /** Posterior mean of P(yes). */
  probability: number;
  /** Posterior standard deviation of P(yes). */
  spread: number;
  /** Net value of a yes in minor units; 1 for kinds that are not about money. */
  value: number;
  /** Expected net value, with the benefit of the doubt, less the cost of attention; minor units. */
  score: number;
  /** Probability of being drawn: at its own turn for a chosen one, at the first draw for others, 0 where rejected. */
  propensity: number;
  /** Position among the placements; absent where it was not chosen. */
  position?: number;
  reason?: Rejection;
  fit?: number;
  features: Features;
};
