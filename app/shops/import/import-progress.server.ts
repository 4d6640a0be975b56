import type { ShopId, Tx } from "#app/db/tx";
import type { ImportKind, ImportStatus } from "#app/generated/prisma/client";

export type ImportProgress = {
  kind: ImportKind;
  status: ImportStatus;
  objectsDone: number;
  objectsTotal: number;
  error: string | null;
};

const ORDER: ImportKind[] = ["products", "customers", "orders"];

/** How far the newest import of each kind has come, in the order in which they run; empty before the first. */
export async function importProgress(tx: Tx, shopId: ShopId): Promise<ImportProgress[]> {
  const runs = await tx.importRun.findMany({
    where: { shopId },
    orderBy: { startedAt: "desc" },
    distinct: ["kind"],
    select: { kind: true, status: true, objectsDone: true, objectsTotal: true, error: true },
  });
  return runs.sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}
