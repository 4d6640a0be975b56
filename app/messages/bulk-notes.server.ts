import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";

/**
 * Notes, before they are handed over, that these mails are in flight.
 * @param client in a transaction bound to the shop: the hot path speaks to Postgres itself
 * @returns those that may be handed over; the others were taken back in the meantime
 */
export async function startMany(
  client: PoolClient,
  shopId: ShopId,
  ids: string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>(
    `UPDATE "Message" SET state = 'sending', "sendingAt" = $3, attempts = attempts + 1
     WHERE "shopId" = $1 AND id = ANY ($2::uuid[]) AND state = 'queued' RETURNING id::text`,
    [shopId, ids, now],
  );
  return new Set(rows.map(({ id }) => id));
}

export type Sent = { id: string; providerId: string };

/** Records mails that the mail server has taken, each with its own answer. Their touches were recorded when written. */
export async function recordSentMany(
  client: PoolClient,
  shopId: ShopId,
  sent: Sent[],
  now: Date,
): Promise<void> {
  if (sent.length === 0) return;
  await client.query(
    `UPDATE "Message" m
     SET state = 'sent', "providerId" = s."providerId", "sentAt" = $3, reason = NULL, "endedAt" = NULL
     FROM unnest($2::uuid[], $4::text[]) AS s(id, "providerId")
     WHERE m."shopId" = $1 AND m.id = s.id AND m.state IN ('sending', 'unknown')`,
    [shopId, sent.map(({ id }) => id), now, sent.map(({ providerId }) => providerId)],
  );
}
