import type { ShopId, Tx } from "#app/db/tx";

/** Half-open: from inclusive, to exclusive, in UTC. */
export type Period = { from: Date; to: Date };

export type MessageResults = {
  /** Handed over to the mail server, which took responsibility. */
  sent: number;
  /**
   * Sent and not known to have bounced. Without reports from the receiving side this is the most that can honestly be
   * said: it does not mean that the mail is in the inbox.
   */
  delivered: number;
  bounced: number;
  failed: number;
  unknown: number;
  /** Messages with at least one click by a person. */
  clicked: number;
  /** Messages with at least one open by a person. Many mail programs hide opens, so this is a lower bound. */
  opened: number;
  unsubscribed: number;
  /** Not sent, by reason. */
  suppressed: Record<string, number>;
};

const NOTHING: MessageResults = {
  sent: 0,
  delivered: 0,
  bounced: 0,
  failed: 0,
  unknown: 0,
  clicked: 0,
  opened: 0,
  unsubscribed: 0,
  suppressed: {},
};

type Row = Omit<MessageResults, "suppressed"> & {
  templateKey: string;
  reason: string | null;
  suppressed: number;
};

/** Results of the messages that were queued in the period, per template. */
export async function messageResultsByTemplate(
  tx: Tx,
  shopId: ShopId,
  { from, to }: Period,
): Promise<Map<string, MessageResults>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT "templateKey", CASE WHEN state = 'suppressed' THEN reason END AS reason,
      count("sentAt")::int AS sent,
      count(*) FILTER (WHERE "sentAt" IS NOT NULL AND state IN ('sent', 'delivered'))::int AS delivered,
      count(*) FILTER (WHERE state = 'bounced')::int AS bounced,
      count(*) FILTER (WHERE state = 'failed')::int AS failed,
      count(*) FILTER (WHERE state = 'unknown')::int AS unknown,
      count("clickedAt")::int AS clicked,
      count("openedAt")::int AS opened,
      count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM "MessageEvent" e
        WHERE e."shopId" = m."shopId" AND e."messageId" = m.id AND e.kind = 'unsubscribe'))::int AS unsubscribed,
      count(*) FILTER (WHERE state = 'suppressed')::int AS suppressed
    FROM "Message" m
    WHERE "shopId" = ${shopId} AND "queuedAt" >= ${from} AND "queuedAt" < ${to}
    GROUP BY 1, 2`;
  const results = new Map<string, MessageResults>();
  for (const { templateKey, reason, suppressed, ...counts } of rows) {
    const sum = addTo(results.get(templateKey) ?? NOTHING, counts);
    if (reason) sum.suppressed[reason] = (sum.suppressed[reason] ?? 0) + suppressed;
    results.set(templateKey, sum);
  }
  return results;
}

/** Results of all messages that were queued in the period. */
export async function messageResults(tx: Tx, shopId: ShopId, period: Period): Promise<MessageResults> {
  const byTemplate = await messageResultsByTemplate(tx, shopId, period);
  let sum = NOTHING;
  for (const { suppressed, ...counts } of byTemplate.values()) {
    sum = addTo(sum, counts);
    for (const [reason, count] of Object.entries(suppressed)) {
      sum.suppressed[reason] = (sum.suppressed[reason] ?? 0) + count;
    }
  }
  return sum;
}

function addTo(sum: MessageResults, counts: Omit<MessageResults, "suppressed">): MessageResults {
  return {
    sent: sum.sent + counts.sent,
    delivered: sum.delivered + counts.delivered,
    bounced: sum.bounced + counts.bounced,
    failed: sum.failed + counts.failed,
    unknown: sum.unknown + counts.unknown,
    clicked: sum.clicked + counts.clicked,
    opened: sum.opened + counts.opened,
    unsubscribed: sum.unsubscribed + counts.unsubscribed,
    suppressed: { ...sum.suppressed },
  };
}
