import {
  HELD_OUT,
  offerHoldoutKey,
  recordExposures,
  SHOP_HOLDOUT,
  SHOWN,
  type NewExposure,
} from "#app/experiments/exposures.server";
import type { Experiment } from "#app/experiments/experiment";
import { listExperiments } from "#app/experiments/experiments.server";
import type { ShopId, Tx } from "#app/db/tx";
import { settingsOf } from "#app/shops/shops.server";
import type { DecisionContext } from "./decision";
import { countChances, lockChances, type Mark } from "./offer-chances.server";
import { SOLD, standing } from "./standing";
import { unpackCandidates } from "./stored-candidates";

/**
 * Reads stored decisions once, in their order, for what comparisons need: who met which variant first, who was held
 * out, and for how many orders each offer stood ready. Reading and remembering how far are one transaction, so nothing
 * counts twice, and the path that answers shoppers writes nothing for it.
 */
const BATCH = 500;
/** Decisions are stored within seconds; after this time none can still come in before those that are read. */
const SETTLED_MS = 30_000;

export async function shopsToFold(tx: Tx, now: Date): Promise<ShopId[]> {
  const settled = new Date(now.getTime() - SETTLED_MS);
  const rows = await tx.$queryRaw<{ id: ShopId }[]>`
    SELECT s.id FROM "Shop" s LEFT JOIN "ExposureFold" f ON f."shopId" = s.id
    CROSS JOIN LATERAL (
      SELECT FROM "Decision" d WHERE d."shopId" = s.id AND d."decidedAt" <= ${settled}
        AND (d."decidedAt", d.id) > (coalesce(f."decidedAt", ${BEFORE_ALL.decidedAt}), coalesce(f.decision, ${BEFORE_ALL.decision}::uuid))
      ORDER BY d."decidedAt", d.id LIMIT 1
    ) next
    WHERE s.status = 'installed'`;
  return rows.map(({ id }) => id);
}

type Row = {
  id: string;
  block: string;
  surface: string;
  personKey: string;
  orderGid: string | null;
  context: DecisionContext;
  candidates: Uint8Array;
  decidedAt: Date;
};

/** @returns how many decisions were read; 0 also where another process is reading this shop's */
export async function foldExposures(tx: Tx, shopId: ShopId, now: Date): Promise<number> {
  if (!(await lockFold(tx, shopId))) return 0;
  const settled = new Date(now.getTime() - SETTLED_MS);
  await lockChances(tx, shopId);
  const before = (await tx.exposureFold.findUnique({ where: { shopId } })) ?? BEFORE_ALL;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, block, surface, "personKey", "orderGid", context, candidates, "decidedAt" FROM "Decision"
    WHERE "shopId" = ${shopId} AND "decidedAt" <= ${settled}
      AND ("decidedAt", id) > (${before.decidedAt}, ${before.decision}::uuid)
    ORDER BY "decidedAt", id LIMIT ${BATCH}`;
  const last = rows.at(-1);
  if (!last) return 0;
  const running = await listExperiments(tx, shopId);
  const shares = await sharesOf(tx, shopId, running);
  // A person who was erased meanwhile is not remembered anew.
  const kept = rows.filter(({ context }) => Object.keys(context).length > 0);
  const exposures = kept.flatMap((row) => exposuresOf(row, shares, running));
  await recordExposures(tx, shopId, exposures);
  const reached = { decidedAt: last.decidedAt, decision: last.id };
  await countChances(tx, shopId, kept, { before, now: reached });
  await tx.exposureFold.upsert({ where: { shopId }, create: { shopId, ...reached }, update: reached });
  return rows.length;
}

/** Two that read the same mark would both add the same orders to the chances. */
async function lockFold(tx: Tx, shopId: ShopId): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtext('exposure-fold'), ${shopId}) AS locked`;
  return row!.locked;
}

const BEFORE_ALL: Mark = { decidedAt: new Date(0), decision: "00000000-0000-0000-0000-000000000000" };

/** Probability of each variant of each trial, as it is set now: a minute after the decisions at most. */
async function sharesOf(
  tx: Tx,
  shopId: ShopId,
  known: Experiment[],
): Promise<(trialKey: string, variant: string) => number> {
  const { holdoutPercent } = await settingsOf(tx, shopId);
  const offers = await tx.offer.findMany({
    where: { shopId, holdoutPercent: { gt: 0 } },
    select: { id: true, holdoutPercent: true },
  });
  const held = new Map(offers.map((offer) => [offerHoldoutKey(offer.id), offer.holdoutPercent / 100]));
  held.set(SHOP_HOLDOUT, holdoutPercent / 100);
  const experiments = new Map(known.map((one) => [one.id, one.variants]));
  return (trialKey, variant) =>
    held.get(trialKey) ?? (experiments.get(trialKey)?.find(({ key }) => key === variant)?.share ?? 0) / 100;
}

function exposuresOf(
  row: Row,
  shareOf: (trialKey: string, variant: string) => number,
  experiments: Experiment[],
): NewExposure[] {
  const { personKey, orderGid, context, decidedAt } = row;
  const exposure = (trialKey: string, variant: string): NewExposure => ({
    trialKey,
    personKey,
    variant,
    share: shareOf(trialKey, variant),
    orderGid,
    valueMinor: Math.round(context.orderValueMinor),
    exposedAt: decidedAt,
  });
  const trials = Object.entries(context.trials ?? {})
    .filter(([key]) =>
      wasMet(
        row,
        experiments.find(({ id }) => id === key),
      ),
    )
    .map(([key, variant]) => exposure(key, variant));
  if (row.block !== "offers" || standing(row.candidates, SOLD).size === 0) return trials;
  return [exposure(SHOP_HOLDOUT, context.holdout ? HELD_OUT : SHOWN), ...trials];
}

/**
 * Words of a survey do not move its chance of being asked, so only those count who were asked. A discount does, so all
 * count who could have met the offer.
 */
function wasMet({ candidates }: Row, experiment: Experiment | undefined): boolean {
  if (experiment?.subject !== "survey") return true;
  return unpackCandidates(candidates).some(({ id, position }) => id === experiment.subjectId && position);
}
