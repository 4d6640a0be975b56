import type { ShopId, Tx } from "#app/db/tx";
import type { JobName } from "./jobs";

/**
 * Deletes jobs of a shop that nobody is working on, done and dead ones included: they carry ids of persons.
 * @param except stays
 * @returns how many were deleted, `most` at most
 */
export async function forgetJobs(tx: Tx, shopId: ShopId, except: JobName, most: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM pgboss.job WHERE (name, id) IN (
      SELECT name, id FROM pgboss.job
      WHERE (data->>'shopId')::int = ${shopId} AND state <> 'active' AND name <> ${except}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
