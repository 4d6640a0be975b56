import { SHOP_HOLDOUT } from "#app/experiments/exposures.server";
import { believe, priorOf, sixDigits } from "./beliefs";
import type { Candidate, CandidateKind, JudgedCandidate, Rejection } from "./candidate";
import type { Ask, Attention, Chosen, DecisionContext, Judgement, Proposed } from "./decision";
import { addArm, roomForArms } from "./arms";
import { drawArms, EVEN_SHARE, evenShare } from "./draw";
import type { Traits } from "./model/features";
import { EXPLORATION, hopeful } from "./model/worth";
import { hashText, randomFrom } from "./random";
import { keptSide, noteTrials } from "./trials";
import { openVerdicts, verdictsOf, type Verdicts } from "./verdicts";

/**
 * The judgement behind a decision: policy first, then beliefs, then the draw. Pure: the same ask and attention give the
 * same answer, and a stored one can be replayed from its seed.
 */

/** Days for which something dismissed does not return. */
export const COOL_DOWN_DAYS = 90;
/** Days for which an offer rests once one of its products was dismissed. */
export const OFFER_REST_DAYS = 7;

/** Of decisions that were stored without it. */
const EARLIER_EXPLORATION = 0.3;

type KindPolicy = {
  /** Most impressions per person in seven days, over all surfaces. */
  weeklyCap: number;
  /** Part of the holdout, so that its effect can be measured. */
  measured: boolean;
  /** Stops while contact policy holds marketing back. */
  holdable: boolean;
  /** Shown where no offer clears the floor. */
  care: boolean;
};

const COMMERCIAL: KindPolicy = { weeklyCap: 3, measured: true, holdable: true, care: false };
const HELPFUL: KindPolicy = { weeklyCap: 20, measured: false, holdable: false, care: false };
const CARE: KindPolicy = { ...HELPFUL, care: true };
const POLICY: Record<CandidateKind, KindPolicy> = {
  offer: COMMERCIAL,
  sponsored: COMMERCIAL,
  referral: { ...COMMERCIAL, measured: false },
  "loyalty-join": { ...HELPFUL, weeklyCap: 10, holdable: true },
  "review-ask": { ...HELPFUL, weeklyCap: 3, holdable: true },
  survey: HELPFUL,
  appreciation: CARE,
  reassurance: CARE,
  help: CARE,
};

/** The same person is always in or always out. Each shop draws its own. */
export function isHeldOut(shopId: number, personKey: string, percent: number): boolean {
  return hashText(`holdout\0${shopId}\0${personKey}`) % 10_000 < percent * 100;
}

/** @returns verdicts that the next judgement overwrites: what is stored of them is packed at once */
export function judge(ask: Ask, { candidates, trials }: Proposed, attention: Attention): Judgement {
  const context: DecisionContext = {
    orderValueMinor: ask.orderValueMinor,
    floorMinor: isAboutMoney(candidates) ? sixDigits(ask.rules.offerFloor * ask.orderValueMinor) : 0,
    forced: sixDigits(Math.max(0.02, 1 / (1 + ask.rules.impressions / 20_000))),
    limit: ask.limit,
    holdout:
      keptSide(attention, SHOP_HOLDOUT, ask.rules.holdoutPercent) ??
      isHeldOut(ask.shopId, attention.personKey, ask.rules.holdoutPercent),
    eligible: false,
    drawn: false,
    mayLink: ask.mayLink,
    exploration: EXPLORATION,
    ...(ask.rules.keptShare < 1 && { keptShare: sixDigits(ask.rules.keptShare) }),
    traits: { ...ask.traits, ...personTraits(attention) },
  };
  const verdicts = openVerdicts(candidates.length);
  believe(candidates, ask.model, context.traits!, verdicts);
  for (let index = 0; index < candidates.length; index++) {
    judgeOne(candidates[index]!, index, verdicts, ask, attention, context);
  }
  noteTrials(ask, { candidates, trials }, attention, verdicts, context);
  standCareBack(candidates, verdicts);
  for (const reason of verdicts.reason) {
    context.drawn ||= reason === null;
    context.eligible ||= reason === null || reason === "holdout";
  }
  const even = sixDigits(evenShare(chanceOfBest(verdicts)));
  if (even < EVEN_SHARE) context.even = even;
  const chosen = draw(candidates, verdicts, context, ask.seed);
  if (chosen.length > 0) context.priors = chosen.map(({ index }) => sixDigits(priorOf(candidates[index]!)));
  return { context, verdicts, chosen };
}

/** P(yes) of what stands and is worth most. */
function chanceOfBest({ reason, score, probability }: Verdicts): number {
  let best = -1;
  for (let index = 0; index < reason.length; index++) {
    if (reason[index] === null && (best < 0 || score[index]! > score[best]!)) best = index;
  }
  return best < 0 ? 0 : probability[best]!;
}

/** What earlier answers say of a person, in few words. */
function personTraits({ seenThisWeek, dismissed, taken }: Attention): Traits {
  let seen = 0;
  for (const count of seenThisWeek.values()) seen += count;
  return {
    seen: seen > 2 ? "often" : seen > 0 ? "lately" : "not lately",
    ...(dismissed.size > 0 && { dismissed: "before" }),
    ...(taken.size > 0 && { taken: "before" }),
  };
}

/** Thanks and help never compete with an offer, nor do they comfort the holdout: they fill the place where none stands. */
function standCareBack(candidates: readonly Kind[], { reason }: Verdicts): void {
  if (!candidates.some(({ kind }) => POLICY[kind].care)) return;
  const isOffered = candidates.some(
    ({ kind }, index) => POLICY[kind].measured && (reason[index] === null || reason[index] === "holdout"),
  );
  if (!isOffered) return;
  candidates.forEach(({ kind }, index) => {
    if (POLICY[kind].care) reason[index] ??= "offer-first";
  });
}
type Kind = { kind: CandidateKind };

/**
 * Draws again what a stored decision drew.
 * @returns what was chosen: equal to the stored placements as long as ranking and storing agree
 */
export function replay(seed: string, context: DecisionContext, stored: JudgedCandidate[]): Chosen[] {
  const verdicts = verdictsOf(stored);
  verdicts.reason = verdicts.reason.map((reason) => (reason === "not-drawn" ? null : reason));
  return draw(stored, verdicts, context, seed);
}

function judgeOne(
  candidate: Candidate,
  index: number,
  verdicts: Verdicts,
  ask: Ask,
  attention: Attention,
  context: DecisionContext,
): void {
  const worth = netValue(candidate, ask.rules);
  const value = Number.isFinite(worth) ? sixDigits(worth) : 0;
  const hope = hopeful({ probability: verdicts.probability[index]!, spread: verdicts.spread[index]! });
  const score = sixDigits(hope * value - costOf(candidate, context));
  verdicts.value[index] = value;
  verdicts.score[index] = score;
  verdicts.reason[index] = rejection(candidate, score, ask, attention, context);
}

/** What a yes is worth once expected refunds are taken off; kinds that are not about money count 1. */
function netValue({ kind, valueMinor = 1 }: Candidate, { keptShare }: Ask["rules"]): number {
  return kind === "offer" ? valueMinor * keptShare : valueMinor;
}

function isAboutMoney(candidates: readonly Candidate[]): boolean {
  return candidates.some((candidate) => candidate.valueMinor !== undefined);
}

/** Attention costs what the floor says; kinds that are not about money cost none. */
function costOf(candidate: Pick<Candidate, "valueMinor">, context: DecisionContext): number {
  return candidate.valueMinor === undefined ? 0 : context.floorMinor;
}

function rejection(
  candidate: Candidate,
  score: number,
  ask: Ask,
  attention: Attention,
  context: DecisionContext,
): Rejection | null {
  const { kind, subject, valueMinor, refusal } = candidate;
  const policy = POLICY[kind];
  if (!ask.rules.surfaceOn) return "surface-off";
  if (refusal) return refusal;
  if (valueMinor !== undefined && !(valueMinor > 0 && Number.isFinite(valueMinor))) return "worthless";
  if (policy.holdable && attention.held) return "hold";
  if (isDismissed(candidate, attention)) return "dismissed";
  if (subject && attention.taken.size > 0 && attention.taken.has(`${kind}\0${subject}`)) return "taken";
  if (attention.seenThisWeek.size > 0 && (attention.seenThisWeek.get(kind) ?? 0) >= policy.weeklyCap)
    return "capped";
  if (score < 0) return "below-floor";
  if (policy.measured && context.holdout) return "holdout";
  return null;
}

function isDismissed({ kind, id, subject }: Candidate, { dismissed }: Attention): boolean {
  if (dismissed.size === 0) return false;
  return dismissed.has(`${kind}\0${id}`) || (!!subject && dismissed.has(`${kind}\0${subject}`));
}

type Proposal = Kind & { subject?: string };
/** Several offers may propose one product: a shopper sees it once. */
function isSameProduct(one: Proposal, other: Proposal): boolean {
  return one.kind === "offer" && other.kind === "offer" && !!one.subject && one.subject === other.subject;
}

/** The candidates that stand, and their arms; used again by each draw. */
const standing: number[] = [];
const arms = roomForArms(64);

/** Draws, and writes into the verdicts what came of it. */
function draw(
  candidates: readonly Proposal[],
  verdicts: Verdicts,
  context: DecisionContext,
  seed: string,
): Chosen[] {
  const { score, spread, value, reason, propensity, position } = verdicts;
  const exploration = context.exploration ?? EARLIER_EXPLORATION;
  standing.length = 0;
  arms.count = 0;
  let isCare = true;
  for (let index = 0; index < candidates.length; index++) {
    if (reason[index] !== null) continue;
    standing.push(index);
    addArm(arms, score[index]!, exploration * spread[index]! * value[index]!);
    isCare &&= POLICY[candidates[index]!.kind].care;
  }
  isCare &&= standing.length > 0;
  // "Nothing" competes only where attention has a price.
  const forced = context.floorMinor > 0 && !isCare ? context.forced : 1;
  const { drawn, chances } = drawArms(arms, {
    limit: isCare ? 1 : context.limit,
    forced,
    even: context.even,
    random: randomFrom(seed),
    alike: (arm, other) => isSameProduct(candidates[standing[arm]!]!, candidates[standing[other]!]!),
  });
  for (let arm = 0; arm < standing.length; arm++) {
    reason[standing[arm]!] = "not-drawn";
    propensity[standing[arm]!] = chances[arm]!;
  }
  return drawn.map(({ arm, propensity: chance }, order) => {
    const index = standing[arm]!;
    reason[index] = null;
    position[index] = order + 1;
    propensity[index] = chance;
    return { index, position: order + 1, propensity: chance, score: score[index]! };
  });
}
