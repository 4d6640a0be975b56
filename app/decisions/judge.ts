import { beliefsOf, priorOf, sixDigits } from "./beliefs";
import type { Candidate, CandidateKind, JudgedCandidate, Rejection } from "./candidate";
import type { Ask, Attention, Chosen, DecisionContext, Judgement } from "./decision";
import { drawArms, type Arm } from "./draw";
import type { Traits } from "./model/features";
import { EXPLORATION, hopeful, type Belief } from "./model/worth";
import { hashText, randomFrom } from "./random";
import { noteTrials } from "./trials";

/**
 * The judgement behind a decision: policy first, then beliefs, then the draw. Pure: the same ask and attention give the
 * same answer, and a stored one can be replayed from its seed.
 */

/** Days for which something dismissed does not return. */
export const COOL_DOWN_DAYS = 90;

/** Of decisions that were stored without it. */
const EARLIER_EXPLORATION = 0.3;

type KindPolicy = {
  /** Most impressions per person in seven days, over all surfaces. */
  weeklyCap: number;
  /** Part of the holdout, so that its effect can be measured. */
  measured: boolean;
  /** Stops while contact policy holds marketing back. */
  holdable: boolean;
};

const COMMERCIAL: KindPolicy = { weeklyCap: 3, measured: true, holdable: true };
const HELPFUL: KindPolicy = { weeklyCap: 20, measured: false, holdable: false };
const POLICY: Record<CandidateKind, KindPolicy> = {
  offer: COMMERCIAL,
  sponsored: COMMERCIAL,
  referral: { ...COMMERCIAL, measured: false },
  "loyalty-join": { weeklyCap: 10, measured: false, holdable: true },
  "review-ask": { weeklyCap: 3, measured: false, holdable: true },
  survey: HELPFUL,
  appreciation: HELPFUL,
  reassurance: HELPFUL,
  help: HELPFUL,
};

/** What is shown where no offer clears the floor. */
const CARE: ReadonlySet<CandidateKind> = new Set(["appreciation", "reassurance", "help"]);

/** The same person is always in or always out. Each shop draws its own. */
export function isHeldOut(shopId: number, personKey: string, percent: number): boolean {
  return hashText(`holdout\0${shopId}\0${personKey}`) % 10_000 < percent * 100;
}

export function judge(shopId: number, ask: Ask, attention: Attention): Judgement {
  const context: DecisionContext = {
    orderValueMinor: ask.orderValueMinor,
    floorMinor: isAboutMoney(ask.candidates) ? sixDigits(ask.rules.offerFloor * ask.orderValueMinor) : 0,
    forced: sixDigits(Math.max(0.02, 1 / (1 + ask.rules.impressions / 20_000))),
    limit: ask.limit,
    holdout: isHeldOut(shopId, attention.personKey, ask.rules.holdoutPercent),
    eligible: false,
    drawn: false,
    mayLink: ask.mayLink,
    exploration: EXPLORATION,
    ...(ask.rules.keptShare < 1 && { keptShare: sixDigits(ask.rules.keptShare) }),
    traits: { ...ask.traits, ...personTraits(attention) },
  };
  const beliefs = beliefsOf(ask.candidates, ask.model, context.traits!);
  const candidates = ask.candidates.map((candidate, index) =>
    judgeOne(candidate, beliefs[index]!, ask, attention, context),
  );
  noteTrials(shopId, ask, attention, candidates, context);
  standCareBack(candidates);
  context.eligible = candidates.some(({ reason }) => !reason || reason === "holdout");
  context.drawn = candidates.some((candidate) => !candidate.reason);
  const chosen = draw(candidates, context, ask.seed);
  if (chosen.length > 0)
    context.priors = chosen.map(({ index }) => sixDigits(priorOf(ask.candidates[index]!)));
  return { context, candidates, chosen };
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
function standCareBack(candidates: JudgedCandidate[]): void {
  const isOffered = candidates.some(
    ({ kind, reason }) => POLICY[kind].measured && (!reason || reason === "holdout"),
  );
  if (!isOffered) return;
  for (const candidate of candidates) {
    if (CARE.has(candidate.kind)) candidate.reason ??= "offer-first";
  }
}

/**
 * Draws again what a stored decision drew.
 * @returns what was chosen: equal to the stored placements as long as ranking and storing agree
 */
export function replay(seed: string, context: DecisionContext, stored: JudgedCandidate[]): Chosen[] {
  const candidates = stored.map((candidate) => ({
    ...candidate,
    position: undefined,
    propensity: 0,
    reason: candidate.reason === "not-drawn" ? undefined : candidate.reason,
  }));
  return draw(candidates, context, seed);
}

function judgeOne(
  candidate: Candidate,
  { probability, spread }: Belief,
  ask: Ask,
  attention: Attention,
  context: DecisionContext,
): JudgedCandidate {
  const value = netValue(candidate, ask.rules);
  const cost = costOf(candidate, context);
  const judged: JudgedCandidate = {
    kind: candidate.kind,
    id: candidate.id,
    subject: candidate.subject,
    probability,
    spread,
    value: Number.isFinite(value) ? sixDigits(value) : 0,
    score: 0,
    propensity: 0,
    features: candidate.features,
  };
  if (candidate.fit !== undefined) judged.fit = candidate.fit;
  judged.score = sixDigits(hopeful(judged) * judged.value - cost);
  const reason = rejection(candidate, judged, ask, attention, context);
  if (reason) judged.reason = reason;
  return judged;
}

/** What a yes is worth once expected refunds are taken off; kinds that are not about money count 1. */
function netValue({ kind, valueMinor = 1 }: Candidate, { keptShare }: Ask["rules"]): number {
  return kind === "offer" ? valueMinor * keptShare : valueMinor;
}

function isAboutMoney(candidates: Candidate[]): boolean {
  return candidates.some((candidate) => candidate.valueMinor !== undefined);
}

/** Attention costs what the floor says; kinds that are not about money cost none. */
function costOf(candidate: Pick<Candidate, "valueMinor">, context: DecisionContext): number {
  return candidate.valueMinor === undefined ? 0 : context.floorMinor;
}

function rejection(
  candidate: Candidate,
  judged: JudgedCandidate,
  ask: Ask,
  attention: Attention,
  context: DecisionContext,
): Rejection | undefined {
  const policy = POLICY[candidate.kind];
  if (!ask.rules.surfaceOn) return "surface-off";
  if (candidate.refusal) return candidate.refusal;
  if (
    candidate.valueMinor !== undefined &&
    !(candidate.valueMinor > 0 && Number.isFinite(candidate.valueMinor))
  ) {
    return "worthless";
  }
  if (policy.holdable && attention.held) return "hold";
  if (isDismissed(candidate, attention)) return "dismissed";
  if (candidate.subject && attention.taken.has(`${candidate.kind}\0${candidate.subject}`)) return "taken";
  if ((attention.seenThisWeek.get(candidate.kind) ?? 0) >= policy.weeklyCap) return "capped";
  if (judged.score < 0) return "below-floor";
  if (policy.measured && context.holdout) return "holdout";
  return undefined;
}

function isDismissed({ kind, id, subject }: Candidate, { dismissed }: Attention): boolean {
  if (dismissed.size === 0) return false;
  return dismissed.has(`${kind}\0${id}`) || (!!subject && dismissed.has(`${kind}\0${subject}`));
}

/** Draws, and writes into the candidates what came of it. */
function draw(candidates: JudgedCandidate[], context: DecisionContext, seed: string): Chosen[] {
  const exploration = context.exploration ?? EARLIER_EXPLORATION;
  const standing: number[] = [];
  const arms: Arm[] = [];
  candidates.forEach(({ reason, score, spread, value }, index) => {
    if (reason) return;
    standing.push(index);
    arms.push({ mean: score, spread: exploration * spread * value });
  });
  // "Nothing" competes only where attention has a price.
  const isCare = standing.length > 0 && standing.every((index) => CARE.has(candidates[index]!.kind));
  const forced = context.floorMinor > 0 && !isCare ? context.forced : 1;
  const { drawn, chances } = drawArms(arms, {
    limit: isCare ? 1 : context.limit,
    forced,
    random: randomFrom(seed),
  });
  standing.forEach((index, arm) => {
    candidates[index]!.reason = "not-drawn";
    candidates[index]!.propensity = chances[arm]!;
  });
  return drawn.map(({ arm, propensity }, order) => {
    const chosen = candidates[standing[arm]!]!;
    delete chosen.reason;
    chosen.position = order + 1;
    chosen.propensity = propensity;
    return { index: standing[arm]!, position: order + 1, propensity };
  });
}
