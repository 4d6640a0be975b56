import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { Prisma } from "#app/generated/prisma/client";
import { readExperiment, type Experiment, type ExperimentForm, type Running } from "./experiment";
import type { Subject } from "./subjects";

/**
 * Experiments as the merchant keeps them: start, stop, promote a variant, take that back. This door knows no offer,
 * survey or message: whoever promotes changes the thing itself, in the same transaction, and hands over what it replaced.
 */
export type StartResult = { status: "started"; id: string } | { status: "already-running" };

/** From this moment on every person has a variant. One experiment at a time per thing. */
export async function startExperiment(
  tx: Tx,
  shopId: ShopId,
  form: ExperimentForm,
  { author, now }: { author: string; now: Date },
): Promise<StartResult> {
  const id = newId(now);
  const { count } = await tx.experiment.createMany({
    data: [
      {
        ...form,
        variants: form.variants as Prisma.InputJsonValue,
        shopId,
        id,
        salt: randomUUID(),
        status: "running",
        startedAt: now,
        createdBy: author,
      },
    ],
    skipDuplicates: true,
  });
  return count > 0 ? { status: "started", id } : { status: "already-running" };
}

/** Newest first. */
export async function listExperiments(tx: Tx, shopId: ShopId): Promise<Experiment[]> {
  const rows = await tx.experiment.findMany({
    where: { shopId },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: 200,
  });
  return rows.map(readExperiment);
}

export async function experimentById(tx: Tx, shopId: ShopId, id: string): Promise<Experiment | null> {
  const row = await tx.experiment.findUnique({ where: { shopId_id: { shopId, id } } });
  return row && readExperiment(row);
}

/** The one that runs on this thing, if any. */
export async function runningOn(
  tx: Tx,
  shopId: ShopId,
  subject: Subject,
  subjectId: string,
): Promise<Experiment | null> {
  const row = await tx.experiment.findFirst({ where: { shopId, subject, subjectId, status: "running" } });
  return row && readExperiment(row);
}

/** For the hot path. @param client in a transaction bound to the shop */
export async function loadRunning(client: PoolClient, shopId: ShopId): Promise<Running[]> {
  const { rows } = await client.query<Running>(
    `SELECT id, subject, "subjectId", salt, variants FROM "Experiment"
     WHERE "shopId" = $1 AND status = 'running' ORDER BY id`,
    [shopId],
  );
  return rows;
}

/** Everybody gets the first variant again, which is the thing as it is. */
export async function stopExperiment(
  tx: Tx,
  shopId: ShopId,
  id: string,
  now: Date,
): Promise<{ status: "stopped" | "not-running" }> {
  const stopped = await tx.experiment.updateMany({
    where: { shopId, id, status: "running" },
    data: { status: "stopped", endedAt: now },
  });
  return { status: stopped.count > 0 ? "stopped" : "not-running" };
}

/**
 * Notes that a variant stays. The caller has changed the thing in this transaction.
 * @param replaced what the change replaced, to take it back; null where nothing changed
 */
export async function notePromotion(
  tx: Tx,
  shopId: ShopId,
  id: string,
  { variant, replaced, now }: { variant: string; replaced: object | null; now: Date },
): Promise<void> {
  await tx.experiment.update({
    where: { shopId_id: { shopId, id } },
    data: {
      status: "promoted",
      promoted: variant,
      replaced: (replaced as Prisma.InputJsonObject | null) ?? Prisma.DbNull,
      endedAt: now,
    },
  });
}

/** What promoting replaced; null where there is nothing to take back. */
export async function replacedBy(tx: Tx, shopId: ShopId, id: string): Promise<unknown> {
  const row = await tx.experiment.findUnique({ where: { shopId_id: { shopId, id } } });
  return row?.status === "promoted" ? row.replaced : null;
}

/** The caller has put the thing back in this transaction. The experiment stays over. */
export async function noteUndo(tx: Tx, shopId: ShopId, id: string): Promise<void> {
  await tx.experiment.updateMany({
    where: { shopId, id, status: "promoted" },
    data: { status: "stopped", promoted: null, replaced: Prisma.DbNull },
  });
}
