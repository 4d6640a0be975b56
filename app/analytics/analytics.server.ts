import { Prisma } from "#app/generated/prisma/client";
import type { ShopId, Tx } from "#app/db/tx";
import { calendarDays, type Compared, type PeriodDays } from "./period";

/**
 * Figures over all domains, per calendar day in the shop's time zone. Reads tables and writes nothing.
 * Every figure has one definition, here; pages only show it. Money is net of refunds and in the shop's currency.
 */

const FIGURES = {
  orders: ["orders", "netSales"],
  offers: ["views", "accepts", "offerOrders", "netRevenue"],
  surveys: ["responses", "npsAnswers", "promoters", "detractors"],
  messages: ["sent", "bounced", "humanClicks", "unsubscribes"],
  points: ["joined", "pointsPending", "pointsApproved", "pointsTaken"],
} as const;

type Area = keyof typeof FIGURES;
export type FigureName = (typeof FIGURES)[Area][number];

export type Analytics = {
  /** Calendar days of the current period, oldest first. */
  days: string[];
  /** Per figure one value per day of the current period. */
  series: Record<FigureName, number[]>;
  totals: Record<FigureName, Compared>;
  /** Net promoter score −100..100; null where nobody answered. */
  nps: { current: number | null; previous: number | null };
};

/**
 * @param timezone IANA name; days begin at local midnight
 * @param now end of the period
 */
export async function analyticsOf(
  tx: Tx,
  shopId: ShopId,
  options: { days: PeriodDays; now: Date; timezone: string },
): Promise<Analytics> {
  const { days, now, timezone } = options;
  const calendar = calendarDays(days * 2, now, timezone);
  const since = calendar[0]!;
  const series = {} as Record<FigureName, number[]>;
  const totals = {} as Record<FigureName, Compared>;
  for (const area of Object.keys(FIGURES) as Area[]) {
    const rows = await tx.$queryRaw<DayRow[]>(QUERIES[area]({ shopId, since, timezone }));
    const byDay = new Map(rows.map((row) => [row.day, row]));
    for (const figure of FIGURES[area]) {
      const values = calendar.map((day) => Number(byDay.get(day)?.[figure] ?? 0));
      series[figure] = values.slice(days);
      totals[figure] = { previous: sum(values.slice(0, days)), current: sum(values.slice(days)) };
    }
  }
  return {
    days: calendar.slice(days),
    series,
    totals,
    nps: { current: npsOf(totals, "current"), previous: npsOf(totals, "previous") },
  };
}

type DayRow = { day: string } & Partial<Record<FigureName, number | bigint>>;
type Scope = { shopId: ShopId; since: string; timezone: string };

/** % promoters (9-10) − % detractors (0-6), Reichheld 2003. */
function npsOf(totals: Record<FigureName, Compared>, when: keyof Compared): number | null {
  const answers = totals.npsAnswers[when];
  return answers === 0 ? null : ((totals.promoters[when] - totals.detractors[when]) / answers) * 100;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The local calendar day of a timestamp column, as text. */
function day(column: string, timezone: string): Prisma.Sql {
  return Prisma.sql`to_char(${Prisma.raw(column)} AT TIME ZONE ${timezone}, 'YYYY-MM-DD')`;
}

/** Start of the local day `since`. */
function start({ since, timezone }: Scope): Prisma.Sql {
  return Prisma.sql`(${since}::timestamp AT TIME ZONE ${timezone})`;
}

const QUERIES: Record<Area, (scope: Scope) => Prisma.Sql> = {
  orders: (scope) => Prisma.sql`
    SELECT ${day('"placedAt"', scope.timezone)} AS day, count(*) AS orders, sum("totalMinor" - "refundedMinor") AS "netSales"
    FROM "Order"
    WHERE "shopId" = ${scope.shopId} AND "placedAt" >= ${start(scope)} AND "cancelledAt" IS NULL AND NOT test
    GROUP BY 1`,

  // Each outcome counts on the day it happened; revenue on the day of the order that came of the offer.
  offers: (scope) => Prisma.sql`
    SELECT day, sum(views) AS views, sum(accepts) AS accepts, sum(orders) AS "offerOrders", sum(net) AS "netRevenue"
    FROM (
      SELECT ${day('"impressionAt"', scope.timezone)} AS day, 1 AS views, 0 AS accepts, 0 AS orders, 0 AS net
      FROM "Placement" WHERE "shopId" = ${scope.shopId} AND kind = 'offer' AND "impressionAt" >= ${start(scope)}
      UNION ALL
      SELECT ${day('"acceptedAt"', scope.timezone)}, 0, 1, 0, 0
      FROM "Placement" WHERE "shopId" = ${scope.shopId} AND kind = 'offer' AND "acceptedAt" >= ${start(scope)}
      UNION ALL
      SELECT ${day('"convertedAt"', scope.timezone)}, 0, 0, 1, "revenueMinor" - "refundedMinor"
      FROM "Placement" WHERE "shopId" = ${scope.shopId} AND kind = 'offer' AND "convertedAt" >= ${start(scope)}
    ) outcomes GROUP BY day`,

  surveys: (scope) => Prisma.sql`
    SELECT ${day('r."answeredAt"', scope.timezone)} AS day, count(*) AS responses,
           count(*) FILTER (WHERE asks.nps AND r.score IS NOT NULL) AS "npsAnswers",
           count(*) FILTER (WHERE asks.nps AND r.score >= 9) AS promoters,
           count(*) FILTER (WHERE asks.nps AND r.score <= 6) AS detractors
    FROM "SurveyResponse" r
    JOIN "Survey" s ON s."shopId" = r."shopId" AND s.id = r."surveyId"
    CROSS JOIN LATERAL (
      SELECT EXISTS (SELECT FROM jsonb_array_elements(s.questions) q WHERE q->>'type' = 'nps') AS nps
    ) asks
    WHERE r."shopId" = ${scope.shopId} AND r.complete AND r."answeredAt" >= ${start(scope)}
    GROUP BY 1`,

  messages: (scope) => Prisma.sql`
    SELECT day, sum(sent) AS sent, sum(bounced) AS bounced, sum(clicks) AS "humanClicks", sum(unsubscribes) AS unsubscribes
    FROM (
      SELECT ${day('"sentAt"', scope.timezone)} AS day, 1 AS sent, (state IN ('bounced', 'complained'))::int AS bounced,
             0 AS clicks, 0 AS unsubscribes
      FROM "Message" WHERE "shopId" = ${scope.shopId} AND "sentAt" >= ${start(scope)}
      UNION ALL
      SELECT ${day('"happenedAt"', scope.timezone)}, 0, 0, (kind = 'click' AND human)::int, (kind = 'unsubscribe')::int
      FROM "MessageEvent" WHERE "shopId" = ${scope.shopId} AND "happenedAt" >= ${start(scope)}
    ) events GROUP BY day`,

  points: (scope) => Prisma.sql`
    SELECT day, sum(joined) AS joined, sum(pending) AS "pointsPending", sum(approved) AS "pointsApproved", sum(taken) AS "pointsTaken"
    FROM (
      SELECT ${day('"joinedAt"', scope.timezone)} AS day, 1 AS joined, 0 AS pending, 0 AS approved, 0 AS taken
      FROM "LoyaltyMember" WHERE "shopId" = ${scope.shopId} AND "joinedAt" >= ${start(scope)}
      UNION ALL
      SELECT ${day('"createdAt"', scope.timezone)}, 0, CASE WHEN state = 'pending' THEN points ELSE 0 END, 0,
             CASE WHEN points < 0 AND state <> 'void' THEN -points ELSE 0 END
      FROM "LedgerEntry" WHERE "shopId" = ${scope.shopId} AND "createdAt" >= ${start(scope)}
      UNION ALL
      SELECT ${day('"approvedAt"', scope.timezone)}, 0, 0, greatest(points, 0), 0
      FROM "LedgerEntry" WHERE "shopId" = ${scope.shopId} AND state = 'approved' AND "approvedAt" >= ${start(scope)}
    ) ledger GROUP BY day`,
};
