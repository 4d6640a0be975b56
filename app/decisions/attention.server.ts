import type { PoolClient } from "pg";
import { personKeyOf } from "#app/customers/customers.server";
import { int4Array, textArray } from "#app/db/binary-arrays";
import type { ShopId } from "#app/db/tx";
import { NO_TRIALS, type Trials } from "#app/experiments/experiment";
import type { CandidateKind, Payload } from "./candidate";
import type { Ask, Attention, EarlierAnswer } from "./decision";
import { COOL_DOWN_DAYS, OFFER_REST_DAYS } from "./judge";
import { visitsBefore } from "./visits";

/**
 * What we know of the people who look, for many at once in one round trip: holds and touches of contact policy, whether their
 * order still stands, what they dismissed or took, which arms of comparisons they met, and the answer their order got a moment ago. They may be of several shops.
 */
const DAY = 24 * 60 * 60 * 1000;
const WEEK = 7 * DAY;
/** Of a purchase, so many decisions tell how it was drawn: each block notes its own comparisons. */
const FIRST_LOOKS = 8;
/** A page that is opened again within this time gets the same answer. */
export const SAME_VISIT = 30 * 60 * 1000;

/**
 * Every branch goes from the people to their rows by an index, however much the shops have stored; opening a branch costs a small group
 * more than its rows do, so each table has one. $1 and $2 are people by shop and key, $3 and $4 orders. What a person answered has
 * the number `DECLINED`, `RESTS` or `TAKEN`, or their sum: an offer of many products returns sooner with another one of them.
 */
const DECLINED = 1;
/** The whole of it rests, not only its subject. */
const RESTS = 2;
const TAKEN = 4;
const READ_ATTENTION = {
  text: `
    WITH asked AS MATERIALIZED (
      -- Each once, as with people: two blocks of a page are often asked for together.
      SELECT DISTINCT shop, gid FROM unnest($3::int[], $4::text[]) AS orders(shop, gid)
    ), arrived AS MATERIALIZED (
      SELECT shop, asked.gid, o."customerGid" AS customer,
        -- Who gave all of it back wants nothing beside it.
        o."cancelledAt" IS NOT NULL OR (o."totalMinor" > 0 AND o."refundedMinor" >= o."totalMinor") AS undone
      FROM asked JOIN "Order" o ON o."shopId" = shop AND o.gid = asked.gid
    ), person AS MATERIALIZED (
      SELECT * FROM unnest($1::int[], $2::text[]) AS people(shop, key)
      UNION SELECT shop, customer FROM arrived WHERE customer IS NOT NULL
    )
    SELECT 'order' AS what, shop, gid AS key, customer AS id, NULL AS detail, NULL AS subject, undone::int AS number,
      NULL AS shown
    FROM arrived
    UNION ALL
    SELECT 'hold', shop, key, NULL, NULL, NULL, NULL, NULL
    FROM person JOIN "Hold" h ON h."shopId" = shop AND h."personKey" = key
    WHERE h."startsAt" <= $5 AND (h."endsAt" IS NULL OR h."endsAt" > $5)
    UNION ALL
    SELECT 'seen', shop, key, t.kind, NULL, NULL, 1, NULL
    FROM person JOIN "Touch" t ON t."shopId" = shop AND t."personKey" = key AND t."happenedAt" > $6
    UNION ALL
    -- By an index of their own, so that what a person was merely shown costs nothing here.
    SELECT 'answered', shop, key, p."candidateId", p.kind, p.subject,
      CASE WHEN p."dismissedAt" > $7 THEN ${DECLINED} ELSE 0 END
      + CASE WHEN p."dismissedAt" > CASE WHEN p.kind = 'offer' THEN $9 ELSE $7 END THEN ${RESTS} ELSE 0 END
      + CASE WHEN p."acceptedAt" > $7 THEN ${TAKEN} ELSE 0 END, NULL
    FROM person JOIN "Placement" p ON p."shopId" = shop AND p."personKey" = key
      AND (p."dismissedAt" > $7 OR p."acceptedAt" > $7)
    UNION ALL
    SELECT 'met', shop, key, e."trialKey", e.variant, NULL, round(e.share * 10000)::int, NULL
    FROM person JOIN "Exposure" e ON e."shopId" = shop AND e."personKey" = key
    UNION ALL
    -- How this purchase was drawn when it was first looked at, in the cart, the checkout or under its order.
    SELECT 'drawn', shop, key, d.id::text, d.trials, NULL, d.holdout, NULL
    FROM unnest($1::int[], $2::text[]) AS purchase(shop, key) CROSS JOIN LATERAL (
      SELECT id, context->>'trials' AS trials, (context->>'holdout')::boolean::int AS holdout FROM "Decision" d
      WHERE d."shopId" = shop AND d."orderGid" = substr(key, 7) ORDER BY d."decidedAt" LIMIT ${FIRST_LOOKS}
    ) d WHERE key LIKE 'order:%'
    UNION ALL
    SELECT 'earlier', d."shopId", d."orderGid", p."candidateId",
      concat_ws(' ', d.id, d.surface, d.block, (p."dismissedAt" IS NOT NULL)::text, (p."acceptedAt" IS NOT NULL)::text),
      p.subject, p.position, p.payload::text
    FROM asked JOIN "Decision" d ON d."shopId" = shop AND d."orderGid" = asked.gid AND d."decidedAt" > $8
    LEFT JOIN "Placement" p ON p."shopId" = d."shopId" AND p."decisionId" = d.id
    WHERE p.position IS NOT NULL OR d.context->>'drawn' = 'true'`,
};

/** The part of an ask that says who looks, and where. */
export type Looking = Pick<
  Ask,
  "shopId" | "orderGid" | "checkoutToken" | "cartToken" | "customerGid" | "mayLink" | "surface" | "block"
>;

type Row = {
  what: "order" | "hold" | "seen" | "answered" | "met" | "drawn" | "earlier";
  shop: ShopId;
  key: string;
  id: string | null;
  detail: string | null;
  subject: string | null;
  number: number | null;
  shown: string | null;
};

/**
 * @param client in a transaction bound to the shops
 * @returns one attention per ask, in the same order
 */
export async function attentionOf(client: PoolClient, asks: Looking[], now: Date): Promise<Attention[]> {
  const known = asks.filter((ask) => ask.mayLink && ask.customerGid);
  const visits = asks.flatMap((ask) => visitsBefore(ask).map((key) => ({ shopId: ask.shopId, key })));
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const { rows } = await client.query<Row>({
    ...READ_ATTENTION,
    values: [
      int4Array([...asks, ...known, ...visits].map(({ shopId }) => shopId)),
      textArray([
        ...asks.map(orderKey),
        ...known.map(({ customerGid }) => customerGid),
        ...visits.map(({ key }) => key),
      ]),
      int4Array(asks.map(({ shopId }) => shopId)),
      textArray(asks.map(({ orderGid }) => orderGid)),
      now,
      before(WEEK),
      before(COOL_DOWN_DAYS * DAY),
      before(SAME_VISIT),
      before(OFFER_REST_DAYS * DAY),
    ],
  });
  const byKey = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.shop} ${row.key}`;
    const others = byKey.get(key);
    if (others) others.push(row);
    else byKey.set(key, [row]);
  }
  return asks.map((ask) => attentionFor(ask, byKey));
}

function orderKey({ orderGid }: Looking): string {
  return `order:${orderGid}`;
}

const NOTHING: Row[] = [];
const NOT_DRAWN: Attention["drawn"] = { holdout: null, trials: NO_TRIALS };
const NOTHING_MET: Attention["met"] = new Map();

function attentionFor(ask: Looking, byKey: Map<string, Row[]>): Attention {
  const of = (key: string) => byKey.get(`${ask.shopId} ${key}`) ?? NOTHING;
  const ofOrder = of(ask.orderGid);
  const arrived = ofOrder.find((row) => row.what === "order");
  const told = ask.customerGid ?? arrived?.id ?? null;
  const customerGid = ask.mayLink ? told : null;
  const ofPerson = [
    ...of(orderKey(ask)),
    ...(customerGid ? of(customerGid) : NOTHING),
    ...visitsBefore(ask).flatMap(of),
  ];

  const dismissed = new Set<string>();
  const taken = new Set<string>();
  const seenThisWeek = new Map<string, number>();
  let met: Attention["met"] = NOTHING_MET;
  const looks: Row[] = [];
  for (const row of ofPerson) {
    if (row.what === "answered") {
      if (row.number! & RESTS) dismissed.add(`${row.detail}\0${row.id}`);
      if (row.number! & DECLINED && row.subject) dismissed.add(`${row.detail}\0${row.subject}`);
      if (row.number! & TAKEN && row.subject) taken.add(`${row.detail}\0${row.subject}`);
    }
    if (row.what === "seen") {
      const kind = row.id as CandidateKind;
      seenThisWeek.set(kind, (seenThisWeek.get(kind) ?? 0) + row.number!);
    }
    if (row.what === "drawn") looks.push(row);
    if (row.what === "met")
      met = new Map([...met, [row.id!, { arm: row.detail!, percent: row.number! / 100 }]]);
  }
  return {
    personKey: personKeyOf({ customerGid, orderGid: ask.orderGid }),
    drawn: looks.length > 0 ? drawnBefore(looks) : NOT_DRAWN,
    met,
    customerGid,
    held: arrived?.number === 1 || ofPerson.some((row) => row.what === "hold"),
    dismissed,
    taken,
    seenThisWeek,
    earlier: earlierAnswer(ask, ofOrder),
  };
}

/** The first decision counts; ids grow with time. */
function drawnBefore(looks: Row[]): Attention["drawn"] {
  looks.sort((a, b) => (a.id! < b.id! ? -1 : 1));
  const noted = looks.map(({ detail }) => (detail ? (JSON.parse(detail) as Trials) : NO_TRIALS));
  return { holdout: looks[0]!.number === 1, trials: Object.assign({}, ...noted.reverse()) as Trials };
}

/** The latest answer to the same block of the same surface; ids grow with time. */
function earlierAnswer(ask: Looking, ofOrder: Row[]): EarlierAnswer | null {
  let latest: EarlierAnswer | null = null;
  for (const row of ofOrder) {
    if (row.what !== "earlier") continue;
    const [decisionId = "", surface, block, dismissed, accepted] = row.detail!.split(" ");
    if (surface !== ask.surface || block !== ask.block) continue;
    if (!latest || latest.decisionId < decisionId) latest = { decisionId, placements: [] };
    if (row.number === null || latest.decisionId !== decisionId) continue;
    latest.placements.push({
      position: row.number,
      id: row.id!,
      subject: row.subject!,
      dismissed: dismissed === "true",
      accepted: accepted === "true",
      shown: JSON.parse(row.shown!) as Payload,
    });
  }
  latest?.placements.sort((a, b) => a.position - b.position);
  return latest;
}
