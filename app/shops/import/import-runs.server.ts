import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { ImportKind, ImportRun, ImportStatus } from "#app/generated/prisma/client";
import { enqueue, publish } from "#app/queue/queue.server";

/** The rows of imports: made, found, and brought to an end. Reading itself is in read-result.server.ts. */

const KINDS: ImportKind[] = ["products", "customers", "orders"];
export const ACTIVE: ImportStatus[] = ["waiting", "running", "reading"];

/**
 * Asks for an import of products, customers and orders. One at a time: while one is active, nothing happens.
 * @returns whether a new import was begun
 */
export async function startImport(tx: Tx, shopId: ShopId, now: Date): Promise<{ started: boolean }> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('import'), ${shopId}::int)`;
  const active = await tx.importRun.count({ where: { shopId, status: { in: ACTIVE } } });
  if (active > 0) return { started: false };
  await tx.importRun.createMany({
    data: KINDS.map((kind) => ({
      shopId,
      id: newId(now),
      kind,
      status: "waiting" as const,
      startedAt: now,
      updatedAt: now,
    })),
  });
  return { started: true };
}

/** Shopify says that a bulk operation has ended: if it is one of ours, its import goes on at once. */
export async function advanceImportSoon(tx: Tx, shopId: ShopId, bulkOperationId: string): Promise<void> {
  const run = await tx.importRun.findFirst({ where: { shopId, bulkOperationId, status: { in: ACTIVE } } });
  if (run) await enqueue(tx, "shops.advance-import", { shopId, importRunId: run.id });
}

export async function cancelImports(tx: Tx, shopId: ShopId, now: Date): Promise<void> {
  await tx.importRun.updateMany({
    where: { shopId, status: { in: ACTIVE } },
    data: { status: "cancelled", updatedAt: now, finishedAt: now },
  });
}

/** A kind waits for the kinds before it of the same import. */
export async function isItsTurn(tx: Tx, run: ImportRun): Promise<boolean> {
  const earlier = KINDS.slice(0, KINDS.indexOf(run.kind));
  const unfinished = await tx.importRun.count({
    where: { shopId: run.shopId, startedAt: run.startedAt, kind: { in: earlier }, status: { in: ACTIVE } },
  });
  return unfinished === 0;
}

/** Ends a run. With the last of an import goes the fact `import.finished`, once. */
export async function endRun(
  tx: Tx,
  run: Pick<ImportRun, "shopId" | "id" | "startedAt">,
  end: { status: "done" } | { status: "failed"; error: string },
  now: Date,
): Promise<void> {
  const { shopId, id, startedAt } = run;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('import'), ${shopId}::int)`;
  const ended = await tx.importRun.updateMany({
    where: { shopId, id, status: { in: ACTIVE } },
    data: { ...end, updatedAt: now, finishedAt: now },
  });
  if (ended.count === 0) return;
  const others = await tx.importRun.findMany({ where: { shopId, startedAt } });
  const finished = others.every((other) => !ACTIVE.includes(other.status));
  if (finished && others.some((other) => other.status === "done")) {
    await publish(tx, "import.finished", { shopId });
  }
}
