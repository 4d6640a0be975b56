import type { PoolClient } from "pg";
import type { Trials } from "#app/experiments/experiment";
import { attentionOf } from "./attention.server";
import type { Candidate } from "./candidate";
import type { Answer, Ask, Attention, Judgement } from "./decision";
import { judge } from "./judge";
import { writeDecisions, type Made } from "./write-decisions.server";

/**
 * Decisions: what, if anything, for this shopper at this moment. The one answer for every surface and channel: it
 * weighs the candidates of all features under one policy, and stores what it saw, what it chose and why not the rest.
 * It proposes nothing itself and knows no feature; it never answers with something that is not stored.
 */

/** An ask whose candidates are proposed once it is known who looks. */
export type Question = Omit<Ask, "candidates" | "trials"> & {
  candidatesFor: (person: Attention) => Candidate[] | Promise<Candidate[]>;
  /** Variants of running experiments that this person meets here. */
  trialsFor?: (person: Attention) => Trials;
};

/** Somebody of whom nothing is known; in previews, everybody. */
export const STRANGER: Attention = {
  personKey: "",
  customerGid: null,
  held: false,
  dismissed: new Set(),
  taken: new Set(),
  seenThisWeek: new Map(),
  earlier: null,
};

/**
 * Decides for several asks, of one shop or several, in two round trips. Asked again about the same order, surface and block
 * within half an hour, it gives the answer it gave before, less what was dismissed since.
 *
 * @param client in a transaction bound to the shops
 * @returns one answer per ask, in the same order. They may be shown once `send` is done and the transaction committed.
 */
export async function decide(
  client: PoolClient,
  questions: Question[],
  now: Date,
): Promise<{ result: Answer[]; send: () => Promise<void> }> {
  const attentions = await attentionOf(client, questions, now);
  const proposed = await Promise.all(
    questions.map(({ candidatesFor }, index) => candidatesFor(attentions[index]!)),
  );
  const made: Made[] = [];
  const answers = questions.map((question, index) => {
    const attention = attentions[index]!;
    const ask: Ask = {
      ...question,
      candidates: proposed[index]!,
      trials: question.trialsFor?.(attention),
    };
    const repeated = repeatAnswer(ask, attention);
    if (repeated) return repeated;
    const judgement = judge(ask.shopId, ask, attention);
    made.push({ ask, attention, judgement });
    return newAnswer(ask, judgement);
  });
  return { result: answers, send: () => writeDecisions(client, made) };
}

function newAnswer(ask: Ask, judgement: Judgement): Answer {
  const placements = judgement.chosen.map(({ index, position }) => ({
    position,
    candidate: ask.candidates[index]!,
  }));
  return { decisionId: ask.id, placements };
}

/** Null where there was no answer before, or what it showed can no longer be had. */
function repeatAnswer(ask: Ask, { earlier, held }: Attention): Answer | null {
  if (!earlier || held || !ask.rules.surfaceOn) return null;
  const placements: Answer["placements"] = [];
  for (const { position, id, subject, dismissed, accepted } of earlier.placements) {
    if (dismissed) continue;
    const candidate = ask.candidates.find((one) => one.id === id && (one.subject ?? "") === subject);
    if (!candidate) return null;
    placements.push({ position, candidate, accepted });
  }
  return { decisionId: earlier.decisionId, placements };
}
