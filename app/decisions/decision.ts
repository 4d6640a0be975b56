import type { Block, Surface } from "../../extensions/shared/contract";
import type { Trials } from "#app/experiments/experiment";
import type { ShopId } from "#app/db/tx";
import type { Candidate, Payload } from "./candidate";
import type { Traits } from "./model/features";
import type { Model } from "./model/model";
import type { Verdicts } from "./verdicts";

/** The question of one surface at one moment, with everything the answer depends on. */
export type Ask = {
  shopId: ShopId;
  /** Id of the decision to be stored, and the seed of its random draws. */
  id: string;
  seed: string;
  block: Block;
  surface: Surface;
  locale: string;
  /** The order, or where there is none the visit (`gid://postlude/Visit/…`). */
  orderGid: string;
  checkoutToken?: string;
  /** Of the cart that the checkout came from, where our block stood in it. */
  cartToken?: string;
  /** The signed-in customer, where the page told one. */
  customerGid: string | null;
  /** False where the buyer did not allow analytics: the person is then the order only, and stays so. */
  mayLink: boolean;
  /** What the order is worth, minor units; the floor is a share of it. */
  orderValueMinor: number;
  /** What is known of the moment, for the model; what is known of the person is added by the judgement. */
  traits: Traits;
  model: Model;
  rules: ShopRules;
  /** At most so many placements. */
  limit: number;
  now: Date;
};

/** What there is to decide between, once it is known who looks. */
export type Proposed = {
  candidates: readonly Candidate[];
  /** Variants that this person meets of the experiments on this block. */
  trials?: Trials;
};

/** What the merchant set. */
export type ShopRules = {
  surfaceOn: boolean;
  /** Least expected net value as a share of the order's value. */
  offerFloor: number;
  holdoutPercent: number;
  /** Impressions of the shop so far; the more, the less "nothing" is overruled for learning. */
  impressions: number;
  /** Share of what was taken that the shop kept after refunds; 1 where it is not known. */
  keptShare: number;
};

/** What we know of the person at that moment (attention.server.ts). */
export type Attention = {
  personKey: string;
  /** How this purchase was drawn when it was first looked at; `holdout` is null where it was not. */
  drawn: { holdout: boolean | null; trials: Trials };
  /** By comparison, the arm that they met first, and how many percent met it then. */
  met: ReadonlyMap<string, { arm: string; percent: number }>;
  customerGid: string | null;
  held: boolean;
  /** Subjects and candidate ids that the person dismissed and that rest yet. */
  dismissed: ReadonlySet<string>;
  /** Subjects (an offer's product) that the person took within the cool-down. */
  taken: ReadonlySet<string>;
  /** Impressions per kind within the last seven days. */
  seenThisWeek: ReadonlyMap<string, number>;
  earlier: EarlierAnswer | null;
};

/** The answer this order already got on this surface a moment ago. */
export type EarlierAnswer = {
  decisionId: string;
  placements: EarlierPlacement[];
};

export type EarlierPlacement = {
  position: number;
  id: string;
  subject: string;
  dismissed: boolean;
  accepted: boolean;
  /** What was shown, and is given to who takes it. */
  shown: Payload;
};

/** Stored with the decision: what the ranking saw besides the candidates. */
export type DecisionContext = {
  orderValueMinor: number;
  /** Least expected net value in minor units, and so the cost of asking for attention. */
  floorMinor: number;
  /** Share of draws in which "nothing" was left out. */
  forced: number;
  limit: number;
  holdout: boolean;
  /** True where at least one candidate passed everything but the holdout. */
  eligible: boolean;
  /** True where the draw was held; then nothing shown means that nothing was drawn. */
  drawn: boolean;
  mayLink: boolean;
  /** Share of the spread that was explored. */
  exploration?: number;
  /** Share of draws that went evenly to all that stood, where it was less than usual. */
  even?: number;
  /** Expected share of an offer's value that refunds leave, where it is below 1; the candidates' values have it taken off. */
  keptShare?: number;
  /** What the model was told of the moment. Older decisions have none. */
  traits?: Traits;
  /** Own guess of P(yes) of each chosen candidate, by position: the model learns what speaks against it. */
  priors?: number[];
  /** Variants met, and offers held out or not from this person alone. */
  trials?: Trials;
};

export type Judgement = { context: DecisionContext; verdicts: Verdicts; chosen: Chosen[] };
/** `index` points into the candidates. */
export type Chosen = { index: number; position: number; propensity: number; score: number };

/** What the asker gets: candidates to show, by position. */
export type Answer = {
  decisionId: string;
  placements: { position: number; candidate: Candidate; accepted?: boolean }[];
};
