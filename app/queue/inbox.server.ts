import type { Tx } from "#app/db/tx";
import type { InboxStatus, WebhookInbox } from "#app/generated/prisma/client";

/** The inbox as the merchant sees it: what Shopify sent, what became of it, and another try for what failed. */
export type InboxEntry = Omit<WebhookInbox, "body">;
export type InboxFilter = { status?: InboxStatus; topic?: string };

/** Newest first, without the bodies: they hold personal data. */
export async function inboxEntries(
  tx: Tx,
  shopDomain: string,
  filter: InboxFilter,
  page: { skip: number; take: number },
): Promise<InboxEntry[]> {
  return tx.webhookInbox.findMany({
    where: { shopDomain, ...filter },
    orderBy: [{ receivedAt: "desc" }, { webhookId: "desc" }],
    omit: { body: true },
    ...page,
  });
}

/** How many webhooks there are of each status and the topics that came, for the filters. */
export async function inboxOverview(
  tx: Tx,
  shopDomain: string,
): Promise<{ byStatus: Partial<Record<InboxStatus, number>>; topics: string[] }> {
  const groups = await tx.webhookInbox.groupBy({
    by: ["status", "topic"],
    where: { shopDomain },
    _count: { _all: true },
  });
  const byStatus: Partial<Record<InboxStatus, number>> = {};
  for (const { status, _count } of groups) byStatus[status] = (byStatus[status] ?? 0) + _count._all;
  return { byStatus, topics: [...new Set(groups.map(({ topic }) => topic))].sort() };
}

/**
 * Puts webhooks back into the queue: one by its id, or all that failed. Handling is idempotent, so a replay of one that
 * was done changes nothing. Emptied bodies (redacted, too old) have nothing to replay.
 * @returns how many will be tried again
 */
export async function replayWebhooks(
  tx: Tx,
  shopDomain: string,
  which: { webhookId: string } | "failed",
  now: Date,
): Promise<number> {
  const chosen =
    which === "failed"
      ? { status: "failed" as const }
      : { webhookId: which.webhookId, status: { not: "pending" as const } };
  const { count } = await tx.webhookInbox.updateMany({
    where: { shopDomain, body: { not: "" }, ...chosen },
    data: { status: "pending", attempts: 0, nextAttemptAt: now, error: null, processedAt: null },
  });
  return count;
}

/** How long bodies of handled webhooks are kept: long enough to look into a problem, no longer. */
const KEEP_BODIES_DAYS = 30;
const KEEP_ROWS_DAYS = 90;

/** Personal data is not kept for ever: bodies go first, then the rows. @returns how many rows were touched */
export async function forgetOldWebhooks(tx: Pick<Tx, "webhookInbox">, now: Date): Promise<number> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const gone = await tx.webhookInbox.deleteMany({
    where: { status: { not: "pending" }, processedAt: { lt: before(KEEP_ROWS_DAYS) } },
  });
  const emptied = await tx.webhookInbox.updateMany({
    where: { status: { not: "pending" }, processedAt: { lt: before(KEEP_BODIES_DAYS) }, body: { not: "" } },
    data: { body: "" },
  });
  return gone.count + emptied.count;
}
