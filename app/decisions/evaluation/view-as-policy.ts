import type { JudgedCandidate } from "../candidate";
import type { DecisionContext } from "../decision";
import { armsOf } from "../arms";
import { chancesOf, EVEN_SHARE } from "../draw";
import { NOTHING, type Guess, type LoggedRow } from "./logged-row";
import type { Question } from "./question";
import { believeCounts, countOutcome, timesTaken, type CountedBeliefs } from "./counted-beliefs";

export type Shown = {
  wasSeen: boolean;
  wasTaken: boolean;
  /** What refunds left of the order that came of it, 0..1; null where there is none yet. */
  keptShare: number | null;
};

/** A stored decision with what came of what it showed first. */
export type LoggedDecision = {
  personKey: string;
  surface: string;
  decidedAt: Date;
  context: DecisionContext;
  candidates: JudgedCandidate[];
  /** What stood in the first place; null where nothing was shown. */
  shown: Shown | null;
};

const WEEK = 7 * 24 * 60 * 60 * 1000;
const SOLD: ReadonlySet<string> = new Set(["offer", "sponsored"]);
/** Of decisions that were stored without it. */
const EARLIER_EXPLORATION = 0.3;

/**
 * Looks at a log with the eyes of another policy: which candidates would have stood, and with what probability each would
 * have been drawn. Fed in the order of the log, because caps and popularity depend on what happened before.
 * @returns a function that gives the row of a decision; null where no draw was held that the question is about
 */
export function viewAs(question: Question): (decision: LoggedDecision) => LoggedRow | null {
  const seen = new Map<string, { kind: string; at: number }[]>();
  const counted: CountedBeliefs = new Map();
  return (decision) => {
    const row = rowOf(decision, question, seen.get(decision.personKey) ?? [], counted);
    remember(decision, seen, question.kind === "cap" ? question.weekly : Infinity);
    countOutcome(counted, decision);
    return row;
  };
}

type Seen = { kind: string; at: number }[];

function rowOf(
  decision: LoggedDecision,
  question: Question,
  seen: Seen,
  counted: CountedBeliefs,
): LoggedRow | null {
  const { context, candidates, shown } = decision;
  const sold = candidates.filter(({ kind }) => SOLD.has(kind));
  const drawn = sold.find(({ position }) => position === 1);
  if (context.holdout || !sold.some(couldStand) || (shown && !drawn)) return null;
  const targets = targetsOf(decision, sold, question, seen, counted);
  const chances = firstChances(sold.filter(isStanding), context);
  const isTaken = !!drawn && !!shown?.wasTaken;
  if (drawn && !(drawn.propensity > 0)) return null;
  return {
    person: decision.personKey,
    propensity: drawn ? drawn.propensity : nothingOf([...chances.values()]),
    target: drawn
      ? (targets.find(({ candidate }) => candidate === drawn)?.chance ?? 0)
      : nothingOf(targets.map(({ chance }) => chance)),
    ...overlapOf(targets, chances),
    reward: isTaken ? earnedBy(drawn, shown, context) : 0,
    taken: isTaken,
    action: drawn ? guessOf(drawn, 1) : NOTHING,
    targets: targets.map(({ candidate, chance }) => guessOf(candidate, chance)),
  };
}

/** Net value: real refunds once there is an order, expected ones until then. */
function earnedBy({ kind, value }: JudgedCandidate, { keptShare }: Shown, context: DecisionContext): number {
  if (kind !== "offer" || keptShare === null) return value;
  return (value / (context.keptShare ?? 1)) * keptShare;
}

/** Reached the draw, or was kept from it by what a question may change. */
function couldStand(candidate: JudgedCandidate): boolean {
  return isStanding(candidate) || candidate.reason === "below-floor" || candidate.reason === "capped";
}

/** Reached the draw. */
function isStanding({ reason }: JudgedCandidate): boolean {
  return !reason || reason === "not-drawn";
}

function nothingOf(chances: number[]): number {
  const rest = 1 - chances.reduce((sum, chance) => sum + chance, 0);
  // Six digits are stored of each.
  return rest < 1e-5 ? 0 : rest;
}

function guessOf({ id, probability, value }: JudgedCandidate, weight: number): Guess {
  return { key: id, guess: weight * probability * value };
}

type Target = { candidate: JudgedCandidate; chance: number };

/**
 * What the log's draw for the first place gave to each. What stands further down is stored with the probability of its
 * own turn: then the first turn is reckoned anew.
 */
function firstChances(standing: JudgedCandidate[], context: DecisionContext): Map<JudgedCandidate, number> {
  const isOneOfMany = standing.some(({ position = 1 }) => position > 1);
  if (!isOneOfMany) return new Map(standing.map((one) => [one, one.propensity]));
  const drawn = draw(scored(standing), context, context.floorMinor);
  return new Map(drawn.map(({ candidate, chance }) => [candidate, chance]));
}

/** How the other policy's choices lie among those of the log; nothing is no choice: what comes of it is known. */
function overlapOf(
  targets: Target[],
  chances: Map<JudgedCandidate, number>,
): Pick<LoggedRow, "showing" | "squaredWeight" | "unsupported"> {
  let [showing, squaredWeight, unsupported] = [0, 0, 0];
  for (const { candidate, chance } of targets) {
    const logged = chances.get(candidate) ?? 0;
    if (logged > 0) {
      showing += chance;
      squaredWeight += chance ** 2 / logged;
    } else unsupported += chance;
  }
  return { showing, squaredWeight, unsupported: Math.min(1, unsupported) };
}

function targetsOf(
  decision: LoggedDecision,
  sold: JudgedCandidate[],
  question: Question,
  seen: Seen,
  counted: CountedBeliefs,
): Target[] {
  const { context, decidedAt } = decision;
  switch (question.kind) {
    case "floor": {
      const floorMinor = question.floor * context.orderValueMinor;
      const judged = sold
        .filter((one) => isStanding(one) || one.reason === "below-floor")
        .map((one) => ({ candidate: one, mean: one.score + context.floorMinor - floorMinor }))
        .filter(({ mean }) => mean >= 0);
      return draw(judged, context, floorMinor);
    }
    case "cap": {
      const recent = (kind: string) =>
        seen.filter((one) => one.kind === kind && decidedAt.getTime() - one.at < WEEK).length;
      const open = sold
        .filter((one) => isStanding(one) || one.reason === "capped")
        .filter(({ kind }) => recent(kind) < question.weekly);
      return draw(scored(open), context, context.floorMinor);
    }
    case "without":
      return draw(
        scored(sold.filter((one) => isStanding(one) && one.id !== question.id)),
        context,
        context.floorMinor,
      );
    case "popularity": {
      const standing = sold.filter(isStanding);
      if (standing.length === 0) return [];
      const best = standing.reduce(
        (top, one) => (timesTaken(counted, one) > timesTaken(counted, top) ? one : top),
        standing[0]!,
      );
      return [{ candidate: best, chance: 1 }];
    }
    case "previous-model": {
      const judged = sold
        .filter((one) => isStanding(one) || one.reason === "below-floor")
        .map((one) => {
          const { probability, spread } = believeCounts(counted, one, decision.surface);
          const candidate = { ...one, spread };
          return { candidate, original: one, mean: probability * one.value - context.floorMinor };
        })
        .filter(({ mean }) => mean >= 0);
      const drawn = draw(
        judged,
        { ...context, exploration: EARLIER_EXPLORATION, even: EVEN_SHARE },
        context.floorMinor,
      );
      return drawn.map(({ chance }, index) => ({ candidate: judged[index]!.original, chance }));
    }
  }
}

function scored(candidates: JudgedCandidate[]): { candidate: JudgedCandidate; mean: number }[] {
  return candidates.map((candidate) => ({ candidate, mean: candidate.score }));
}

/** As the decision itself draws (judge.ts): the first place of what stands. */
function draw(
  standing: { candidate: JudgedCandidate; mean: number }[],
  context: DecisionContext,
  floorMinor: number,
): Target[] {
  const { exploration = EARLIER_EXPLORATION } = context;
  const arms = armsOf(
    standing.map(({ candidate: { spread, value }, mean }) => ({
      mean,
      spread: exploration * spread * value,
    })),
  );
  const chances = chancesOf(arms, floorMinor > 0 ? context.forced : 1, context.even);
  return standing.map(({ candidate }, index) => ({ candidate, chance: chances[index]! }));
}

/** @param most what goes beyond so many of a kind in a week, the other policy would not have shown */
function remember(
  { personKey, decidedAt, candidates, shown }: LoggedDecision,
  seen: Map<string, Seen>,
  most: number,
): void {
  const first = candidates.find(({ position }) => position === 1);
  if (!first || !shown?.wasSeen) return;
  const at = decidedAt.getTime();
  const recent = (seen.get(personKey) ?? []).filter((one) => at - one.at < WEEK);
  if (recent.filter(({ kind }) => kind === first.kind).length >= most) return;
  seen.set(personKey, [...recent, { kind: first.kind, at }]);
}
