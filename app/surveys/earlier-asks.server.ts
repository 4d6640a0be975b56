import type { PoolClient } from "pg";
import type { ShopId, Tx } from "#app/db/tx";
import { claimKeys } from "#app/orders/order-claim";

/** Somebody who may be asked about an order. */
export type Asked = {
  orderGid: string;
  /** The signed-in customer, if any; else the order tells. */
  customerGid: string | null;
  checkoutToken?: string;
  confirmationNumber?: string;
};

/** What was asked of a person before. */
export type EarlierAsks = {
  /** True once a parcel of the order has arrived. */
  delivered: boolean;
  /** Surveys this person answered or dismissed about this order. */
  done: ReadonlySet<string>;
  /** Complete answers about this order; times in UTC ms. */
  answers: { surveyId: string; at: number }[];
  /** When they were last asked anything about another order, on any surface or by mail; UTC ms. */
  lastElsewhere: number | null;
};

export const NEVER_ASKED: EarlierAsks = {
  delivered: false,
  done: new Set(),
  answers: [],
  lastElsewhere: null,
};

/**
 * One row per person, in their order: $2 orders, $3 customers. Times travel as milliseconds: both drivers read numbers. What a
 * mail asked stands among the touches, under the message's id.
 */
const READ_EARLIER = {
  name: "surveys-earlier-asks",
  text: `
    SELECT coalesce(asked.customer, o."customerGid") AS customer,
      EXISTS (SELECT FROM "Parcel" p WHERE p."shopId" = $1 AND p."orderGid" = asked.gid AND p."deliveredAt" IS NOT NULL) AS delivered,
      answered.keys, answered.surveys, answered.times,
      ARRAY (
        SELECT p."candidateId" FROM "Decision" d JOIN "Placement" p ON p."shopId" = $1 AND p."decisionId" = d.id
        WHERE d."shopId" = $1 AND d."orderGid" = asked.gid AND p.kind = 'survey' AND p."dismissedAt" IS NOT NULL
      ) AS dismissed,
      (
        SELECT (extract(epoch FROM max(at)) * 1000)::float8 FROM (
          SELECT p."impressionAt" AS at FROM "Placement" p JOIN "Decision" d ON d."shopId" = $1 AND d.id = p."decisionId"
          WHERE p."shopId" = $1 AND p.kind = 'survey' AND d."orderGid" IS DISTINCT FROM asked.gid
            AND p."personKey" = coalesce(asked.customer, o."customerGid", 'order:' || asked.gid)
          UNION ALL
          SELECT coalesce(r."answeredAt", r."startedAt") FROM "SurveyResponse" r
          WHERE r."shopId" = $1 AND r."customerGid" = coalesce(asked.customer, o."customerGid")
            AND r."orderGid" IS DISTINCT FROM asked.gid
          UNION ALL
          SELECT t."happenedAt" FROM "Touch" t JOIN "Message" m ON m."shopId" = $1
            AND m.id = CASE WHEN t."sourceKey" LIKE 'message:%' THEN split_part(t."sourceKey", ':', 2)::uuid END
          WHERE t."shopId" = $1 AND t."personKey" = coalesce(asked.customer, o."customerGid", 'order:' || asked.gid)
            AND t.kind IN ('survey', 'nps') AND m."orderGid" IS DISTINCT FROM asked.gid
        ) elsewhere
      ) AS elsewhere
    FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS asked(gid, customer, place)
    LEFT JOIN "Order" o ON o."shopId" = $1 AND o.gid = asked.gid
    CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(r."respondentKey"), '{}') AS keys, coalesce(array_agg(r."surveyId"::text), '{}') AS surveys,
        coalesce(array_agg((extract(epoch FROM r."answeredAt") * 1000)::float8), '{}') AS times
      FROM "SurveyResponse" r WHERE r."shopId" = $1 AND r."orderGid" = asked.gid AND r.complete
    ) answered
    ORDER BY asked.place`,
};

type Row = {
  customer: string | null;
  delivered: boolean;
  keys: string[];
  surveys: string[];
  times: number[];
  dismissed: string[];
  elsewhere: number | null;
};

/**
 * For many people at once, on the hot path.
 * @returns one entry per person, in the same order
 */
export async function earlierAsksOf(
  client: PoolClient,
  shopId: ShopId,
  people: Asked[],
): Promise<EarlierAsks[]> {
  const { rows } = await client.query<Row>({ ...READ_EARLIER, values: valuesFor(shopId, people) });
  return rows.map((row, index) => readRow(row, people[index]!));
}

/** For one person, in a transaction of the domain. */
export async function earlierAsks(tx: Tx, shopId: ShopId, person: Asked): Promise<EarlierAsks> {
  const [row] = await tx.$queryRawUnsafe<Row[]>(READ_EARLIER.text, ...valuesFor(shopId, [person]));
  return readRow(row!, person);
}

function valuesFor(shopId: ShopId, people: Asked[]): unknown[] {
  return [shopId, people.map(({ orderGid }) => orderGid), people.map(({ customerGid }) => customerGid)];
}

/** Answers count for this person where they were given under the order itself, or under a claim that is theirs. */
function readRow(row: Row, person: Asked): EarlierAsks {
  const own = new Set([`order:${person.orderGid}`, ...claimKeys({ ...person, customerGid: row.customer })]);
  const answers = row.keys.flatMap((key, index) =>
    own.has(key) ? [{ surveyId: row.surveys[index]!, at: row.times[index]! }] : [],
  );
  return {
    delivered: row.delivered,
    done: new Set([...answers.map(({ surveyId }) => surveyId), ...row.dismissed]),
    answers,
    lastElsewhere: row.elsewhere,
  };
}
