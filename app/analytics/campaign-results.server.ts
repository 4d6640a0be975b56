import type { ShopId, Tx } from "#app/db/tx";
import { compareArms, type Comparison } from "#app/experiments/compare-arms";
import { NO_PEOPLE, type Moments } from "#app/experiments/moments";

/** What came of a campaign. */
export type CampaignResults = {
  /** Queued, or being handed over. */
  waiting: number;
  sent: number;
  /** Sent and not known to have bounced. */
  delivered: number;
  /** Bounced, failed, complained about, or of unknown fate. */
  troubled: number;
  /** Messages with a click by a person. */
  clicked: number;
  unsubscribed: number;
  /** Not sent, by reason; without those held out. */
  notSent: Record<string, number>;
  heldOut: number;
  /** By those it was sent to, within WINDOW_DAYS of it, net of refunds and cancellations, minor units. */
  orders: number;
  netMinor: number;
  /** Net per person against those held out; null without a holdout. */
  effect: Comparison | null;
};

/** An order counts for so long after the message. */
export const WINDOW_DAYS = 7;

const NOTHING: CampaignResults = {
  ...{ waiting: 0, sent: 0, delivered: 0, troubled: 0, clicked: 0, unsubscribed: 0, heldOut: 0 },
  ...{ orders: 0, netMinor: 0, effect: null },
  notSent: {},
};

type Asked = { id: string; dueAt: Date; holdoutPercent: number };

/** Results by the campaign's id. */
export async function campaignResults(
  tx: Tx,
  shopId: ShopId,
  campaigns: Asked[],
): Promise<Map<string, CampaignResults>> {
  const results = new Map(
    campaigns.map(({ id }) => [id, { ...NOTHING, notSent: {} as Record<string, number> }]),
  );
  if (campaigns.length === 0) return results;
  for (const { id, reason, count, ...counts } of await outcomes(tx, shopId, campaigns)) {
    const sum = results.get(id)!;
    if (reason === "holdout") sum.heldOut += count;
    else if (reason !== null) sum.notSent[reason] = (sum.notSent[reason] ?? 0) + count;
    for (const key of ["waiting", "sent", "delivered", "troubled", "clicked", "unsubscribed"] as const)
      sum[key] += counts[key];
  }
  const arms = await purchases(tx, shopId, campaigns);
  for (const { id, holdoutPercent } of campaigns) {
    const [got, heldOut] = [false, true].map((held) =>
      arms.find((arm) => arm.id === id && arm.held === held),
    );
    const sum = results.get(id)!;
    sum.orders = got?.orders ?? 0;
    sum.netMinor = Math.round(got?.y ?? 0);
    if (heldOut) sum.effect = compareArms(momentsOf(got), momentsOf(heldOut), holdoutPercent / 100);
  }
  return results;
}

type Outcome = Pick<
  CampaignResults,
  "waiting" | "sent" | "delivered" | "troubled" | "clicked" | "unsubscribed"
> & { id: string; reason: string | null; count: number };

function outcomes(tx: Tx, shopId: ShopId, campaigns: Asked[]): Promise<Outcome[]> {
  const ids = campaigns.map(({ id }) => id);
  return tx.$queryRaw<Outcome[]>`
    SELECT m."campaignId"::text AS id, CASE WHEN m.state = 'suppressed' THEN m.reason END AS reason,
      count(*)::int AS count,
      count(*) FILTER (WHERE m.state IN ('queued', 'sending'))::int AS waiting,
      count(m."sentAt")::int AS sent,
      count(*) FILTER (WHERE m."sentAt" IS NOT NULL AND m.state IN ('sent', 'delivered'))::int AS delivered,
      count(*) FILTER (WHERE m.state IN ('bounced', 'failed', 'complained', 'unknown'))::int AS troubled,
      count(m."clickedAt")::int AS clicked,
      count(*) FILTER (WHERE m."sentAt" IS NOT NULL AND EXISTS (
        SELECT 1 FROM "MessageEvent" e
        WHERE e."shopId" = m."shopId" AND e."messageId" = m.id AND e.kind = 'unsubscribe'))::int AS unsubscribed
    FROM "Message" m
    WHERE m."shopId" = ${shopId} AND m."campaignId" = ANY (${ids}::uuid[])
    GROUP BY 1, 2`;
}

type Arm = { id: string; held: boolean; people: number; orders: number; y: number; yy: number; most: number };

/** Who bought what after it was sent, or after it would have been. */
function purchases(tx: Tx, shopId: ShopId, campaigns: Asked[]): Promise<Arm[]> {
  const ids = campaigns.map(({ id }) => id);
  const since = new Date(Math.min(...campaigns.map(({ dueAt }) => dueAt.getTime())));
  return tx.$queryRaw<Arm[]>`
    WITH person AS (
      SELECT "campaignId", "customerGid", state = 'suppressed' AS held, coalesce("sentAt", "dueAt") AS at
      FROM "Message"
      WHERE "shopId" = ${shopId} AND "campaignId" = ANY (${ids}::uuid[])
        AND ("sentAt" IS NOT NULL OR (state = 'suppressed' AND reason = 'holdout'))
    ), bought AS (
      SELECT p."campaignId", p."customerGid", count(*) AS orders, sum(o."totalMinor" - o."refundedMinor") AS net
      FROM person p
      JOIN "Order" o ON o."shopId" = ${shopId} AND o."customerGid" = p."customerGid"
        AND o."placedAt" > p.at AND o."placedAt" <= p.at + make_interval(days => ${WINDOW_DAYS})
      WHERE o."placedAt" > ${since} AND NOT o.test AND o."cancelledAt" IS NULL
      GROUP BY 1, 2
    )
    SELECT p."campaignId"::text AS id, p.held, count(*)::int AS people, coalesce(sum(b.orders), 0)::int AS orders,
      coalesce(sum(b.net), 0)::float8 AS y, coalesce(sum(b.net * b.net), 0)::float8 AS yy,
      coalesce(max(b.net), 0)::float8 AS most
    FROM person p LEFT JOIN bought b ON b."campaignId" = p."campaignId" AND b."customerGid" = p."customerGid"
    GROUP BY 1, 2`;
}

function momentsOf(arm: Arm | undefined): Moments {
  if (!arm) return NO_PEOPLE;
  const { people, y, yy, most } = arm;
  return { ...NO_PEOPLE, people, y, yy, most, n: people, nn: people, yn: y };
}
