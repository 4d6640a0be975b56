import type { PoolClient } from "pg";
import { personKeyOf } from "#app/customers/customers.server";
import type { ShopId } from "#app/db/tx";
import { NO_TRIALS, type Trials } from "#app/experiments/experiment";
import type { CandidateKind } from "./candidate";
import type { Ask, Attention, EarlierAnswer } from "./decision";
import { COOL_DOWN_DAYS } from "./judge";

/**
 * What we know of the people who look, for many at once in one round trip: holds and touches of contact policy, what
 * they dismissed or took, and the answer their order got a moment ago.
 */
const DAY = 24 * 60 * 60 * 1000;
const WEEK = 7 * DAY;
/** A page that is opened again within this time gets the same answer. */
const SAME_VISIT = 30 * 60 * 1000;

const READ_ATTENTION = {
  name: "decisions-attention",
  text: `
    WITH customer AS (
      SELECT gid, "customerGid" FROM "Order"
      WHERE "shopId" = $1 AND gid = ANY ($3::text[]) AND "customerGid" IS NOT NULL
    ), person AS (
      -- As one array, so that every lookup below is an index scan per person, however much the shop has stored.
      SELECT $2::text[] || coalesce((SELECT array_agg("customerGid") FROM customer), '{}') AS keys
    )
    SELECT 'customer' AS what, gid AS key, "customerGid" AS id, NULL AS detail, NULL AS subject, NULL::int AS number
    FROM customer
    UNION ALL
    SELECT 'hold', "personKey", NULL, NULL, NULL, NULL FROM "Hold"
    WHERE "shopId" = $1 AND "personKey" = ANY ((SELECT keys FROM person)::text[])
      AND "startsAt" <= $4 AND ("endsAt" IS NULL OR "endsAt" > $4)
    UNION ALL
    SELECT 'seen', "personKey", kind, NULL, NULL, count(*)::int FROM "Touch"
    WHERE "shopId" = $1 AND "personKey" = ANY ((SELECT keys FROM person)::text[]) AND "happenedAt" > $5
    GROUP BY "personKey", kind
    UNION ALL
    -- Each by an index of its own, so that what a person was merely shown costs nothing here.
    SELECT 'dismissed', "personKey", "candidateId", kind, subject, NULL FROM "Placement"
    WHERE "shopId" = $1 AND "personKey" = ANY ((SELECT keys FROM person)::text[]) AND "dismissedAt" > $6
    UNION ALL
    SELECT 'taken', "personKey", "candidateId", kind, subject, NULL FROM "Placement"
    WHERE "shopId" = $1 AND "personKey" = ANY ((SELECT keys FROM person)::text[]) AND "acceptedAt" > $6
    UNION ALL
    SELECT 'earlier', d."orderGid", p."candidateId", concat_ws(' ', d.id, d.surface, d.block, (p."dismissedAt" IS NOT NULL)::text, (p."acceptedAt" IS NOT NULL)::text, d.context->>'trials'), p.subject, p.position
    FROM "Decision" d LEFT JOIN "Placement" p ON p."shopId" = d."shopId" AND p."decisionId" = d.id
    WHERE d."shopId" = $1 AND d."orderGid" = ANY ($3::text[]) AND d."decidedAt" > $7
      AND (p.position IS NOT NULL OR d.context->>'drawn' = 'true')
    ORDER BY 1, 4`,
};

/** The part of an ask that says who looks, and where. */
type Looking = Pick<Ask, "orderGid" | "customerGid" | "mayLink" | "surface" | "block">;

type Row = {
  what: "customer" | "hold" | "seen" | "dismissed" | "taken" | "earlier";
  key: string;
  id: string | null;
  detail: string | null;
  subject: string | null;
  number: number | null;
};

/**
 * @param client in a transaction bound to the shop
 * @returns one attention per ask, in the same order
 */
export async function attentionOf(
  client: PoolClient,
  shopId: ShopId,
  asks: Looking[],
  now: Date,
): Promise<Attention[]> {
  const orders = asks.map((ask) => ask.orderGid);
  const people = asks.flatMap((ask) => (ask.mayLink && ask.customerGid ? [ask.customerGid] : []));
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const { rows } = await client.query<Row>({
    ...READ_ATTENTION,
    values: [
      shopId,
      [...orders.map((order) => `order:${order}`), ...people],
      orders,
      now,
      before(WEEK),
      before(COOL_DOWN_DAYS * DAY),
      before(SAME_VISIT),
    ],
  });
  const byKey = new Map<string, Row[]>();
  for (const row of rows) {
    const known = byKey.get(row.key);
    if (known) known.push(row);
    else byKey.set(row.key, [row]);
  }
  return asks.map((ask) => attentionFor(ask, byKey));
}

function attentionFor(ask: Looking, byKey: Map<string, Row[]>): Attention {
  const ofOrder = byKey.get(ask.orderGid) ?? [];
  const told = ask.customerGid ?? ofOrder.find((row) => row.what === "customer")?.id ?? null;
  const customerGid = ask.mayLink ? told : null;
  const orderKey = `order:${ask.orderGid}`;
  const ofPerson = [...(byKey.get(orderKey) ?? []), ...((customerGid && byKey.get(customerGid)) || [])];

  const dismissed = new Set<string>();
  const taken = new Set<string>();
  const seenThisWeek = new Map<string, number>();
  for (const row of ofPerson) {
    if (row.what === "dismissed") {
      dismissed.add(`${row.detail}\0${row.id}`);
      if (row.subject) dismissed.add(`${row.detail}\0${row.subject}`);
    }
    if (row.what === "taken" && row.subject) taken.add(`${row.detail}\0${row.subject}`);
    if (row.what === "seen") {
      const kind = row.id as CandidateKind;
      seenThisWeek.set(kind, (seenThisWeek.get(kind) ?? 0) + row.number!);
    }
  }
  return {
    personKey: personKeyOf({ customerGid, orderGid: ask.orderGid }),
    customerGid,
    held: ofPerson.some((row) => row.what === "hold"),
    dismissed,
    taken,
    seenThisWeek,
    earlier: earlierAnswer(ask, ofOrder),
  };
}

function readTrials(stored: string | undefined): Trials {
  return stored ? (JSON.parse(stored) as Trials) : NO_TRIALS;
}

/** The latest answer to the same block of the same surface. Rows come by id, and ids grow with time. */
function earlierAnswer(ask: Looking, ofOrder: Row[]): EarlierAnswer | null {
  const answers = new Map<string, EarlierAnswer>();
  for (const row of ofOrder) {
    if (row.what !== "earlier") continue;
    const [decisionId = "", surface, block, dismissed, accepted, trials] = row.detail!.split(" ");
    if (surface !== ask.surface || block !== ask.block) continue;
    const answer = answers.get(decisionId) ?? {
      decisionId,
      trials: readTrials(trials),
      placements: [],
    };
    answers.set(decisionId, answer);
    if (row.number === null) continue;
    answer.placements.push({
      position: row.number,
      id: row.id!,
      subject: row.subject!,
      dismissed: dismissed === "true",
      accepted: accepted === "true",
    });
  }
  return [...answers.values()].at(-1) ?? null;
}
