import type { ShopId, Tx } from "#app/db/tx";
import type { DecisionContext } from "./decision";
import { unpackCandidates } from "./stored-candidates";
import { candidateFeatures, contextFeatures } from "./model/features";
import { correctToTaken, learn } from "./model/learning";
import { emptyModel, type Model } from "./model/model";
import { LAYOUT, packModel, unpackModel } from "./model/state";
import { priorLogOdds } from "./model/worth";

/**
 * Teaches a shop's model what came of its placements. What was seen counts as a "no" from then on, until a "yes"
 * corrects it, however late: while answers are awaited, the same guess is then not repeated on thousands of shoppers.
 * What was never seen is not learnt from. Learnt marks and the new state are one transaction with one writer per shop: a process that dies
 * loses no outcome, and counts none twice.
 */

/** Most placements learnt in one turn; a turn takes well below a second. */
const BATCH = 2_000;

/** Shops with outcomes that the model has not learnt yet. */
export async function shopsToTeach(tx: Tx): Promise<ShopId[]> {
  const rows = await tx.$queryRaw<{ shopId: ShopId }[]>`
    SELECT DISTINCT "shopId" FROM "Placement"
    WHERE "impressionAt" IS NOT NULL AND (taught = 0 OR (taught = 1 AND "acceptedAt" IS NOT NULL))`;
  return rows.map(({ shopId }) => shopId);
}

/**
 * Learns one batch, oldest first.
 * @returns how many placements were learnt; 0 also where another process is teaching this shop
 */
export async function teachModel(tx: Tx, shopId: ShopId, now: Date, batch = BATCH): Promise<number> {
  if (!(await lockModel(tx, shopId))) return 0;
  const due = await readDue(tx, shopId, batch);
  if (due.length === 0) return 0;
  const model = await modelToTeach(tx, shopId);
  for (const placement of due) teachOne(model, placement);
  await markTaught(tx, shopId, due);
  await storeModel(tx, shopId, model, now);
  return due.length;
}

async function lockModel(tx: Tx, shopId: ShopId): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtext('decision-model'), ${shopId}) AS locked`;
  return row!.locked;
}

type Due = {
  decisionId: string;
  position: number;
  taught: number;
  taken: boolean;
  context: DecisionContext;
  candidates: Uint8Array;
};

async function readDue(tx: Tx, shopId: ShopId, batch: number): Promise<Due[]> {
  return tx.$queryRaw<Due[]>`
    SELECT p."decisionId", p.position, p.taught, p."acceptedAt" IS NOT NULL AS taken, d.context, d.candidates
    FROM "Placement" p JOIN "Decision" d ON d."shopId" = p."shopId" AND d.id = p."decisionId"
    WHERE p."shopId" = ${shopId} AND p."impressionAt" IS NOT NULL
      AND (p.taught = 0 OR (p.taught = 1 AND p."acceptedAt" IS NOT NULL))
    ORDER BY p."impressionAt", p."decisionId", p.position LIMIT ${batch}
    FOR UPDATE OF p`;
}

/** The shop's own, or a copy of what many shops have in common. */
async function modelToTeach(tx: Tx, shopId: ShopId): Promise<Model> {
  const own = await tx.decisionModel.findUnique({
    where: { shopId_layout: { shopId, layout: LAYOUT } },
    select: { state: true },
  });
  if (own) return unpackModel(own.state);
  const shared = await tx.sharedModel.findUnique({ where: { layout: LAYOUT }, select: { state: true } });
  return shared ? unpackModel(shared.state) : emptyModel();
}

function teachOne(model: Model, { position, taught, taken, context, candidates }: Due): void {
  const chosen = unpackCandidates(candidates).find((candidate) => candidate.position === position);
  const prior = context.priors?.[position - 1];
  // Of an erased person nothing is left to learn from.
  if (!chosen || prior === undefined) return;
  const example = {
    context: contextFeatures(context.traits ?? {}),
    candidate: candidateFeatures(chosen),
    prior: priorLogOdds(prior),
  };
  if (taught === 1) correctToTaken(model, example);
  else learn(model, { ...example, taken });
}

async function markTaught(tx: Tx, shopId: ShopId, due: Due[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Placement" p SET taught = CASE WHEN due.taken THEN 2 ELSE 1 END
    FROM unnest(
      ${due.map(({ decisionId }) => decisionId)}::uuid[],
      ${due.map(({ position }) => position)}::int[],
      ${due.map(({ taken }) => taken)}::bool[]
    ) AS due (id, position, taken)
    WHERE p."shopId" = ${shopId} AND p."decisionId" = due.id AND p.position = due.position`;
}

async function storeModel(tx: Tx, shopId: ShopId, model: Model, now: Date): Promise<void> {
  const row = {
    state: await packModel(model),
    learnt: model.learnt,
    keptShare: await keptShare(tx, shopId),
    usualOrderMinor: await usualOrder(tx, shopId),
    updatedAt: now,
  };
  await tx.decisionModel.upsert({
    where: { shopId_layout: { shopId, layout: LAYOUT } },
    create: { shopId, layout: LAYOUT, ...row },
    update: row,
  });
}

/** So many conversions without any refund stand for what is not known yet. */
const KEPT_PRIOR = 20;

/** Share of the revenue that offers brought which was not refunded. */
async function keptShare(tx: Tx, shopId: ShopId): Promise<number> {
  const [row] = await tx.$queryRaw<{ orders: number; revenue: number; refunded: number }[]>`
    SELECT count(*)::float8 AS orders, coalesce(sum("revenueMinor"), 0)::float8 AS revenue,
      coalesce(sum(least("refundedMinor", "revenueMinor")), 0)::float8 AS refunded
    FROM "Placement" WHERE "shopId" = ${shopId} AND "orderGid" IS NOT NULL AND kind = 'offer'`;
  const { orders, revenue, refunded } = row!;
  if (revenue <= 0) return 1;
  return 1 - refunded / (revenue * (1 + KEPT_PRIOR / orders));
}

/** Median of the latest orders, minor units. */
async function usualOrder(tx: Tx, shopId: ShopId): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ median: number | null }[]>`
    SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY amount)::float8 AS median
    FROM (
      SELECT "subtotalMinor" AS amount FROM "Order"
      WHERE "shopId" = ${shopId} ORDER BY "placedAt" DESC LIMIT 200
    ) latest WHERE amount > 0`;
  return row?.median ?? null;
}
