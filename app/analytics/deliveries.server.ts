import type { ShopId, Tx } from "#app/db/tx";
import type { Compared } from "./period";

/**
 * How well each carrier delivers on each lane: in time by what the shopper was told, how far the forecast was off, and
 * how often something went wrong. Each share comes with its 95 % interval: twelve parcels prove little.
 */
export type CarrierScore = {
  carrier: string;
  /** "DE>FR" */
  lane: string;
  delivered: number;
  /** Of those that had a last day: delivered on it or before. */
  onTime: Share | null;
  /** Mean difference between the first forecast and the truth, in days. */
  forecastError: number | null;
  /** Parcels with at least one exception. */
  exceptions: Share;
  /** Parcels that were noted as damaged. */
  damaged: Share;
  /** Of those that came after the last day first told: a new day was told before that day had passed. */
  toldFirst: Share | null;
  /** From answers to the NPS question about orders of this carrier, each once however many parcels its order had. */
  nps: NpsScore | null;
};
/** −100 to 100, with its 95 % interval. */
export type NpsScore = { score: number; low: number; high: number; answers: number };
export type Share = { value: number; low: number; high: number; of: number };

const MOST_ROWS = 50;
/** Of a 95 % interval. */
const Z = 1.96;

type Row = {
  carrier: string;
  lane: string;
  delivered: number;
  promised: number;
  onTime: number;
  forecastError: number | null;
  troubled: number;
  damaged: number;
  late: number;
  toldFirst: number;
  promoters: number;
  detractors: number;
  answers: number;
};

/** Parcels delivered in this stretch of time, busiest first. Those from history have no forecasts and no exceptions. */
export async function carrierScores(
  tx: Tx,
  shopId: ShopId,
  { from, to }: { from: Date; to: Date },
): Promise<CarrierScore[]> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH done AS (
      SELECT p.id, p."orderGid", coalesce(nullif(trim(p.carrier), ''), '?') AS carrier,
        coalesce(p."originCountry", s.country) || '>' || coalesce(nullif(o.country, ''), s.country) AS lane, p."deliveredAt",
        coalesce(said."latestAt", p."plannedFor") AS promised, first."likelyAt", s.timezone,
        (SELECT min(d."saidAt") FROM "DeliveryPromise" d WHERE d."shopId" = p."shopId" AND d."parcelId" = p.id
          AND said."latestAt" < d."latestAt") AS "toldLaterAt"
      FROM "Parcel" p
      JOIN "Order" o ON o."shopId" = p."shopId" AND o.gid = p."orderGid"
      JOIN "Shop" s ON s.id = p."shopId"
      LEFT JOIN LATERAL (
        SELECT "latestAt" FROM "DeliveryPromise" d WHERE d."shopId" = p."shopId" AND d."parcelId" = p.id
        ORDER BY d."saidAt" LIMIT 1
      ) said ON true
      LEFT JOIN "ParcelForecast" first ON first."shopId" = p."shopId" AND first."parcelId" = p.id AND first.stage = 'shipped'
      WHERE p."shopId" = ${shopId} AND p."deliveredAt" >= ${from} AND p."deliveredAt" < ${to} AND p."cancelledAt" IS NULL
    )
    , judged AS (
      SELECT *, ("deliveredAt" AT TIME ZONE timezone)::date > (promised AT TIME ZONE timezone)::date AS "isLate",
        ("toldLaterAt" AT TIME ZONE timezone)::date <= (promised AT TIME ZONE timezone)::date AS "isToldFirst",
        row_number() OVER (PARTITION BY "orderGid", carrier ORDER BY "deliveredAt", id) = 1 AS "speaksForOrder"
      FROM done
    )
    SELECT carrier, lane, count(*)::int AS delivered, count(promised)::int AS promised,
      count(*) FILTER (WHERE NOT "isLate")::int AS "onTime", count(*) FILTER (WHERE "isLate")::int AS late,
      count(*) FILTER (WHERE "isLate" AND "isToldFirst")::int AS "toldFirst",
      count(*) FILTER (WHERE EXISTS (
        SELECT FROM "DeliveryException" e
        WHERE e."shopId" = ${shopId} AND e.subject = done.id::text AND e.kind = 'damaged'))::int AS damaged,
      avg(abs(extract(epoch FROM done."deliveredAt" - "likelyAt")) / 86400)::float8 AS "forecastError",
      count(*) FILTER (WHERE EXISTS (
        SELECT FROM "DeliveryException" e WHERE e."shopId" = ${shopId} AND e.subject = done.id::text))::int AS troubled,
      coalesce(sum(answer.promoter), 0)::int AS promoters, coalesce(sum(answer.detractor), 0)::int AS detractors,
      count(answer.nps)::int AS answers
    FROM judged done LEFT JOIN LATERAL (
      SELECT r.score AS nps, (r.score >= 9)::int AS promoter, (r.score <= 6)::int AS detractor
      FROM "SurveyResponse" r JOIN "Survey" v ON v."shopId" = r."shopId" AND v.id = r."surveyId"
      WHERE r."shopId" = ${shopId} AND r."orderGid" = done."orderGid" AND r.score IS NOT NULL
        AND jsonb_path_exists(v.questions, '$[*] ? (@.type == "nps")')
      ORDER BY r."answeredAt" DESC NULLS LAST, r.id LIMIT 1
    ) answer ON done."speaksForOrder"
    GROUP BY carrier, lane ORDER BY delivered DESC, carrier, lane LIMIT ${MOST_ROWS}`;
  return rows.map((row) => ({
    carrier: row.carrier,
    lane: row.lane,
    delivered: row.delivered,
    onTime: row.promised > 0 ? shareOf(row.onTime, row.promised) : null,
    forecastError: row.forecastError,
    exceptions: shareOf(row.troubled, row.delivered),
    damaged: shareOf(row.damaged, row.delivered),
    toldFirst: row.late > 0 ? shareOf(row.toldFirst, row.late) : null,
    nps: row.answers > 0 ? npsOf(row) : null,
  }));
}

/**
 * The interval counts three answers more, evenly spread, so that it holds for few (adjusted Wald: B. Rocks, Interval
 * estimation for the net promoter score, The American Statistician 70, 2016).
 */
export function npsOf({
  promoters,
  detractors,
  answers,
}: Record<"promoters" | "detractors" | "answers", number>): NpsScore {
  const [pro, contra] = [(promoters + 0.75) / (answers + 3), (detractors + 0.75) / (answers + 3)];
  const centre = pro - contra;
  const half = Z * Math.sqrt((pro + contra - centre ** 2) / (answers + 3));
  const percent = (share: number) => Math.round(100 * Math.max(-1, Math.min(1, share)));
  return {
    score: Math.round((100 * (promoters - detractors)) / answers),
    low: percent(centre - half),
    high: percent(centre + half),
    answers,
  };
}

/** With the interval of Wilson (1927), which stays within 0 and 1 and holds for few parcels. */
export function shareOf(count: number, of: number): Share {
  const value = count / of;
  const spread = 1 + (Z * Z) / of;
  const centre = (value + (Z * Z) / (2 * of)) / spread;
  const half = (Z / spread) * Math.sqrt((value * (1 - value)) / of + (Z * Z) / (4 * of * of));
  return { value, low: Math.max(0, centre - half), high: Math.min(1, centre + half), of };
}

export type DeliveryOverview = {
  onTheRoad: number;
  openExceptions: number;
  /** Exceptions of the period, and about how many of them the shopper heard from us. */
  exceptions: Compared;
  told: number;
  /** Days from leaving to arriving, median of the parcels delivered in the period. */
  medianDays: number | null;
};

type Period = { from: Date; to: Date };

export async function deliveryOverview(
  tx: Tx,
  shopId: ShopId,
  { from, to }: Period,
): Promise<DeliveryOverview> {
  const before = new Date(2 * from.getTime() - to.getTime());
  const [row] = await tx.$queryRaw<
    {
      onTheRoad: number;
      open: number;
      current: number;
      previous: number;
      told: number;
      medianDays: number | null;
    }[]
  >`
    SELECT
      (SELECT count(*)::int FROM "Parcel" WHERE "shopId" = ${shopId} AND "deliveredAt" IS NULL AND "cancelledAt" IS NULL
        AND status NOT IN ('delivered', 'failed')) AS "onTheRoad",
      (SELECT count(*)::int FROM "DeliveryException" WHERE "shopId" = ${shopId} AND "closedAt" IS NULL) AS open,
      count(*) FILTER (WHERE "openedAt" >= ${from})::int AS current,
      count(*) FILTER (WHERE "openedAt" < ${from})::int AS previous,
      count(*) FILTER (WHERE "openedAt" >= ${from} AND "toldAt" IS NOT NULL)::int AS told,
      (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM "deliveredAt" - "shippedAt") / 86400)::float8
        FROM "Parcel" WHERE "shopId" = ${shopId} AND "deliveredAt" >= ${from} AND "deliveredAt" < ${to}) AS "medianDays"
    FROM "DeliveryException" WHERE "shopId" = ${shopId} AND "openedAt" >= ${before} AND "openedAt" < ${to}`;
  const { onTheRoad, open, current, previous, told, medianDays } = row!;
  return { onTheRoad, openExceptions: open, exceptions: { current, previous }, told, medianDays };
}

export type OpenException = {
  id: string;
  kind: string;
  orderName: string;
  parcelId: string | null;
  carrier: string | null;
  trackingUrl: string | null;
  country: string;
  openedAt: Date;
  toldAt: Date | null;
  /** The last day that we expect now. */
  latestAt: Date | null;
};

/** What is wrong now, or was: newest first. `more` where there are others. */
export async function listExceptions(
  tx: Tx,
  shopId: ShopId,
  { open, kind, limit }: { open: boolean; kind: string | null; limit: number },
): Promise<{ exceptions: OpenException[]; more: boolean }> {
  const rows = await tx.$queryRaw<OpenException[]>`
    SELECT e.id, e.kind, o.name AS "orderName", e."parcelId", p.carrier, p."trackingUrl", o.country, e."openedAt", e."toldAt", p."latestAt"
    FROM "DeliveryException" e
    JOIN "Order" o ON o."shopId" = e."shopId" AND o.gid = e."orderGid"
    LEFT JOIN "Parcel" p ON p."shopId" = e."shopId" AND p.id = e."parcelId"
    WHERE e."shopId" = ${shopId} AND (e."closedAt" IS NULL) = ${open} AND (${kind}::text IS NULL OR e.kind = ${kind})
    ORDER BY e."openedAt" DESC, e.id LIMIT ${limit + 1}`;
  return { exceptions: rows.slice(0, limit), more: rows.length > limit };
}
