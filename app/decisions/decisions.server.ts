import type { PoolClient } from "pg";
import { attentionOf } from "./attention.server";
import { payloadOf, type Candidate, type Payload } from "./candidate";
import type { Answer, Ask, Attention, EarlierPlacement, Proposed } from "./decision";
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
  drawn: { holdout: null, trials: {} },
  met: new Map(),
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

/**
 * Null where there was no answer before, or what it showed can no longer be had as it was shown. What was taken stays as it was
 * taken; what the person meanwhile declined or took elsewhere is left out.
 */
function repeatAnswer(ask: Ask, { candidates }: Proposed, attention: Attention): Answer | null {
  const { earlier, held } = attention;
  if (!earlier || held || !ask.rules.surfaceOn) return null;
  const placements: Answer["placements"] = [];
  for (const one of earlier.placements) {
    const { position, accepted } = one;
    if (accepted && one.shown.kind === "offer") {
      placements.push({ position, candidate: asShown(one), accepted });
      continue;
    }
    if ((one.dismissed && !accepted) || isSettled(one, attention)) continue;
    const candidate = candidates.find(
      ({ refusal, id, subject = "" }) => !refusal && id === one.id && subject === one.subject,
    );
    if (!candidate || !isPromisedStill(payloadOf(candidate), one.shown)) return null;
    placements.push({ position, candidate, accepted });
  }
  return { decisionId: earlier.decisionId, placements };
}

/** Taken by this very shopper: whether it could be proposed to anybody now is no question. */
function asShown({ id, subject, shown }: EarlierPlacement): Candidate {
  return { kind: shown.kind, id, subject, features: {}, payload: shown };
}

/** By another page of theirs. That an offer rests as a whole after a no does not empty the page beside it. */
function isSettled({ subject, shown }: EarlierPlacement, { dismissed, taken }: Attention): boolean {
  const key = `${shown.kind}\0${subject}`;
  return subject !== "" && (dismissed.has(key) || taken.has(key));
}

/** An offer is given as it was stored: what is shown again under its name must promise the same. */
const PROMISED = ["variantId", "priceMinor", "discountedMinor", "discountPercent"] as const;

function isPromisedStill(now: Payload, shown: Payload): boolean {
  if (now.kind !== "offer" || shown.kind !== "offer") return true;
  return PROMISED.every((field) => now[field] === shown[field]);
}
