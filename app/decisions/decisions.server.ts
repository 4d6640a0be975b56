import type { PoolClient } from "pg";
import { attentionOf } from "./attention.server";
import type { Answer, Ask, Attention, Proposed } from "./decision";
import { judge } from "./judge";
import { packCandidates } from "./pack-candidates";
import { writeDecisions, type Made } from "./write-decisions.server";

/**
 * Decisions: what, if anything, for this shopper at this moment. The one answer for every surface and channel: it
 * weighs the candidates of all features under one policy, and stores what it saw, what it chose and why not the rest.
 * It proposes nothing itself and knows no feature; it never answers with something that is not stored.
 */

/** An ask whose candidates are proposed once it is known who looks. */
export type Question = Ask & { propose: (person: Attention) => Proposed };

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
 * @param reading what the questions read for themselves meanwhile; they propose after it
 * @returns one answer per ask, in the same order. They may be shown once `send` is done and the transaction committed.
 */
export async function decide(
  client: PoolClient,
  questions: Question[],
  now: Date,
  reading?: Promise<unknown>,
): Promise<{ result: Answer[]; send: () => Promise<void> }> {
  const [attentions] = await Promise.all([attentionOf(client, questions, now), reading]);
  const made: Made[] = [];
  // One after the other from proposing to packing: what one works with is then still near the processor.
  const result = questions.map((question, index) => answer(question, attentions[index]!, made));
  return { result, send: () => writeDecisions(client, made) };
}

function answer(question: Question, attention: Attention, made: Made[]): Answer {
  const proposed = question.propose(attention);
  const repeated = repeatAnswer(question, proposed, attention);
  if (repeated) return repeated;
  const one = madeFrom(question, proposed, attention);
  made.push(one);
  return { decisionId: question.id, placements: one.placements };
}

function madeFrom(ask: Ask, proposed: Proposed, attention: Attention): Made {
  const { candidates } = proposed;
  const { context, verdicts, chosen } = judge(ask, proposed, attention);
  return {
    ask,
    attention,
    context,
    candidates: packCandidates(candidates, verdicts),
    placements: chosen.map(({ index, ...place }) => ({ ...place, candidate: candidates[index]! })),
  };
}

/** Null where there was no answer before, or what it showed can no longer be had. */
function repeatAnswer(ask: Ask, { candidates }: Proposed, { earlier, held }: Attention): Answer | null {
  if (!earlier || held || !ask.rules.surfaceOn) return null;
  const placements: Answer["placements"] = [];
  for (const { position, id, subject, dismissed, accepted } of earlier.placements) {
    // Taken in one tab, declined in another: what was taken stays.
    if (dismissed && !accepted) continue;
    const candidate = candidates.find(
      (one) => !one.refusal && one.id === id && (one.subject ?? "") === subject,
    );
    if (!candidate) return null;
    placements.push({ position, candidate, accepted });
  }
  return { decisionId: earlier.decisionId, placements };
}
