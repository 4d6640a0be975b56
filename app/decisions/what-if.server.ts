import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Prisma } from "#app/generated/prisma/client";
import { enqueue } from "#app/queue/queue.server";
import type { DecisionContext } from "./decision";
import { estimatePolicy, type PolicyEstimate } from "./evaluation/estimate-policy";
import type { LoggedRow } from "./evaluation/logged-row";
import { QUESTION_DAYS, QuestionSchema, type Question } from "./evaluation/question";
import { viewAs, type LoggedDecision } from "./evaluation/view-as-policy";
import { unpackCandidates } from "./stored-candidates";

/**
 * "What would have happened if…": another policy seen through the log of the one that ran. A question is a row; a job
 * works on it, batch by batch, so that a long log neither blocks a page nor a transaction. It changes nothing that a
 * shopper sees.
 */
export type WhatIf = {
  id: string;
  question: Question;
  status: "waiting" | "running" | "done" | "failed";
  /** Decisions read, of how many. */
  done: number;
  total: number;
  result: PolicyEstimate | null;
  askedAt: Date;
};

/** A longer log is looked at by its latest decisions. */
const MOST_DECISIONS = 100_000;
export const BATCH = 1_000;
const DAY = 24 * 60 * 60 * 1000;

export async function askWhatIf(tx: Tx, shopId: ShopId, question: Question, now: Date): Promise<string> {
  const id = newId(now);
  await tx.whatIf.create({
    data: {
      ...{ shopId, id, question: question as Prisma.InputJsonObject, status: "waiting" },
      ...{ askedAt: now, updatedAt: now },
    },
  });
  await enqueue(tx, "decisions.answer-what-if", { shopId, whatIfId: id });
  return id;
}

/** Newest first. */
export async function latestWhatIfs(tx: Tx, shopId: ShopId, limit: number): Promise<WhatIf[]> {
  const rows = await tx.whatIf.findMany({
    where: { shopId },
    orderBy: [{ askedAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return rows.map(readWhatIf);
}

type WhatIfRow = Awaited<ReturnType<Tx["whatIf"]["findMany"]>>[number];

function readWhatIf({ id, question, status, done, total, result, askedAt }: WhatIfRow): WhatIf {
  const asked = QuestionSchema.parse(question);
  return { id, question: asked, status, done, total, askedAt, result: result as PolicyEstimate | null };
}

/** Runs each step in a transaction of its own. */
export type Step = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Answers a question from the start, however far an earlier attempt got. Safe to repeat. */
export async function answerWhatIf(step: Step, shopId: ShopId, id: string, now: Date): Promise<void> {
  const asked = await step((tx) => startAnswering(tx, shopId, id, now));
  if (!asked) return;
  const view = viewAs(asked.question);
  const rows: LoggedRow[] = [];
  let after = asked.after;
  for (let done = 0; ;) {
    const batch = await step(async (tx) => {
      const read = await readLog(tx, shopId, after, asked.until);
      await tx.whatIf.updateMany({
        where: { shopId, id },
        data: { done: done + read.length, updatedAt: now },
      });
      return read;
    });
    for (const { decision } of batch) {
      const row = view(decision);
      if (row) rows.push(row);
    }
    const last = batch.at(-1);
    if (!last) break;
    done += batch.length;
    after = { at: last.decision.decidedAt, id: last.id };
  }
  const result = estimatePolicy(rows, { seed: id });
  await step((tx) =>
    tx.whatIf.updateMany({
      where: { shopId, id },
      data: { status: "done", result: result as Prisma.InputJsonObject, finishedAt: now, updatedAt: now },
    }),
  );
}

type Mark = { at: Date; id: string };
type Asked = { question: Question; after: Mark; until: Date };
const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Null where the question is gone or answered. */
async function startAnswering(tx: Tx, shopId: ShopId, id: string, now: Date): Promise<Asked | null> {
  const row = await tx.whatIf.findUnique({ where: { shopId_id: { shopId, id } } });
  if (!row || row.status === "done") return null;
  const { question, askedAt } = readWhatIf(row);
  const since = new Date(askedAt.getTime() - QUESTION_DAYS * DAY);
  const [span] = await tx.$queryRaw<{ total: bigint; oldest: Date | null }[]>`
    SELECT count(*) AS total, min("decidedAt") AS oldest FROM (
      SELECT "decidedAt" FROM "Decision"
      WHERE "shopId" = ${shopId} AND "decidedAt" >= ${since} AND "decidedAt" <= ${askedAt} AND block = 'offers'
      ORDER BY "decidedAt" DESC LIMIT ${MOST_DECISIONS}
    ) latest`;
  const total = Number(span?.total ?? 0);
  await tx.whatIf.update({
    where: { shopId_id: { shopId, id } },
    data: { status: "running", done: 0, total, updatedAt: now },
  });
  const oldest = span?.oldest ?? since;
  return { question, after: { at: new Date(oldest.getTime() - 1), id: NO_ID }, until: askedAt };
}

type LogRow = {
  id: string;
  personKey: string;
  surface: string;
  decidedAt: Date;
  context: DecisionContext;
  candidates: Uint8Array;
  shown: boolean;
  seen: boolean;
  taken: boolean;
  kept: number | null;
};

/** The next decisions of the log, in its order, with what came of their first place. */
async function readLog(
  tx: Tx,
  shopId: ShopId,
  after: Mark,
  until: Date,
): Promise<{ id: string; decision: LoggedDecision }[]> {
  const rows = await tx.$queryRaw<LogRow[]>`
    SELECT d.id, d."personKey", d.surface, d."decidedAt", d.context, d.candidates,
      p.position IS NOT NULL AS shown, p."impressionAt" IS NOT NULL AS seen,
      (p."acceptedAt" IS NOT NULL OR p."convertedAt" IS NOT NULL) AS taken,
      CASE WHEN p."revenueMinor" > 0 THEN 1 - p."refundedMinor"::float8 / p."revenueMinor" END AS kept
    FROM "Decision" d
    LEFT JOIN "Placement" p ON p."shopId" = d."shopId" AND p."decisionId" = d.id AND p.position = 1
    WHERE d."shopId" = ${shopId} AND d.block = 'offers' AND d."decidedAt" <= ${until}
      AND (d."decidedAt", d.id) > (${after.at}, ${after.id}::uuid)
    ORDER BY d."decidedAt", d.id LIMIT ${BATCH}`;
  return rows.map(({ id, shown, seen, taken, kept, candidates, ...row }) => {
    // A person who was erased left no context: nothing of the decision can be judged any more.
    const isErased = Object.keys(row.context).length === 0;
    const decision: LoggedDecision = {
      ...row,
      candidates: isErased ? [] : unpackCandidates(candidates),
      shown: shown
        ? { wasSeen: seen, wasTaken: taken, keptShare: kept === null ? null : Math.max(0, kept) }
        : null,
    };
    return { id, decision };
  });
}

/** After the last attempt: the page says so instead of waiting for ever. */
export async function giveUpWhatIfs(tx: Tx, shopId: ShopId, now: Date): Promise<number> {
  const { count } = await tx.whatIf.updateMany({
    where: {
      shopId,
      status: { in: ["waiting", "running"] },
      updatedAt: { lt: new Date(now.getTime() - DAY) },
    },
    data: { status: "failed", finishedAt: now, updatedAt: now },
  });
  return count;
}
