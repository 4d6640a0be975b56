import type { ShopId, Tx } from "#app/db/tx";

/** A job that failed for good: what it was, what it was about (ids only), and why. */
export type DeadLetter = { id: string; job: string; ids: string; error: string; failedAt: Date };

/** Newest first. pg-boss keeps a failed job in its own queue; the copy among the dead letters has lost its name. */
export async function deadLetters(
  tx: Tx,
  shopId: ShopId,
  page: { skip: number; take: number },
): Promise<DeadLetter[]> {
  return tx.$queryRaw<DeadLetter[]>`
    SELECT id::text, name AS job, (data - 'shopId')::text AS ids,
      coalesce(output->>'error', output->>'message', output::text, '') AS error, completed_on AS "failedAt"
    FROM pgboss.job
    WHERE state = 'failed' AND name <> 'dead-letters' AND (data->>'shopId')::int = ${shopId}
    ORDER BY completed_on DESC, id LIMIT ${page.take} OFFSET ${page.skip}`;
}

/** Puts dead letters of this shop back into their queues: one, or all. @returns how many run again */
export async function replayDeadLetters(tx: Tx, shopId: ShopId, id: string | "all"): Promise<number> {
  return tx.$executeRaw`
    UPDATE pgboss.job SET state = 'retry', retry_limit = retry_limit + 1, completed_on = NULL, start_after = now()
    WHERE state = 'failed' AND name <> 'dead-letters' AND (data->>'shopId')::int = ${shopId}
      AND (${id} = 'all' OR id::text = ${id})`;
}
