import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import type { History } from "./history";
import type { Offer } from "./offer";
import { asksAboutPerson } from "./targeting";

/** What the rules of offers ask about a person, for many people at once. */
export type Acquaintance = {
  /** Null where the person is not known as a customer. */
  isNew: boolean | null;
  /** Null where the person is not known as a customer. */
  history: History | null;
  attributes: Record<string, unknown>;
  customerTags: string[];
  /** Per capped offer, how often the person saw it within the time of its cap. */
  seen: Map<string, number>;
};

export const UNKNOWN_PERSON: Acquaintance = {
  isNew: null,
  history: null,
  attributes: {},
  customerTags: [],
  seen: new Map(),
};

/** `visits`: the cart and the checkout before, as keys of who has no other name there. */
type Looking = { orderGid: string; customerGid: string | null; mayLink: boolean; visits: string[] };

/** Whether any offer has a rule that needs a look into the database. */
export function asksAboutPeople(offers: Offer[]): boolean {
  return offers.some((offer) => offer.capPerShopper !== null || asksAboutPerson(offer.targeting));
}

const DAY = 24 * 60 * 60 * 1000;
const READ_PEOPLE = {
  name: "offers-acquaintance",
  text: `
    WITH asked AS (
      SELECT * FROM unnest($2::text[], $3::text[], $4::boolean[], $8::text[], $9::text[])
        WITH ORDINALITY AS a ("orderGid", "customerGid", "mayLink", visit, "visitBefore", place)
    ), person AS MATERIALIZED (
      -- Worked out first: folded into the look-ups below, it keeps them from using an index.
      SELECT place, asked."orderGid", visit, "visitBefore",
        CASE WHEN "mayLink" THEN coalesce(asked."customerGid", o."customerGid") END AS "customerGid",
        -- Once the order has arrived, the customer's row counts it too.
        coalesce(o."customerGid" IS NOT NULL AND o."cancelledAt" IS NULL AND NOT o.test, false)::int AS own,
        coalesce(o."totalMinor" - o."refundedMinor", 0) AS "ownMinor"
      FROM asked LEFT JOIN "Order" o ON o."shopId" = $1 AND o.gid = asked."orderGid"
    ), capped AS (
      SELECT * FROM unnest($5::text[], $6::timestamptz[]) AS c (id, since)
    )
    SELECT c.attributes, c.tags, (
        SELECT json_object_agg(id, times) FROM (
          SELECT capped.id, count(*) AS times
          FROM capped JOIN "Placement" p ON p."shopId" = $1 AND p.kind = 'offer' AND p."candidateId" = capped.id
            AND p."personKey" IN ('order:' || person."orderGid", person."customerGid", visit, "visitBefore")
            AND p."impressionAt" > capped.since
          GROUP BY capped.id
        ) seen
      ) AS seen,
      CASE WHEN person."customerGid" IS NOT NULL THEN NOT EXISTS (
        SELECT FROM "Order" other
        WHERE other."shopId" = $1 AND other."customerGid" = person."customerGid" AND other.gid <> person."orderGid"
          AND other."cancelledAt" IS NULL AND NOT other.test
      ) END AS "isNew",
      CASE WHEN person."customerGid" IS NOT NULL THEN json_build_object(
        'orders', greatest(coalesce(c."ordersCount", 0) - own, 0),
        'spentMinor', greatest(coalesce(c."spentMinor", 0) - own * "ownMinor", 0),
        'daysSinceLastOrder', (
          SELECT floor(extract(epoch FROM $7::timestamptz - max(other."placedAt")) / 86400) FROM "Order" other
          WHERE other."shopId" = $1 AND other."customerGid" = person."customerGid" AND other.gid <> person."orderGid"
            AND other."cancelledAt" IS NULL AND NOT other.test
        )
      ) END AS history
    FROM person LEFT JOIN "Customer" c ON c."shopId" = $1 AND c.gid = person."customerGid"
    ORDER BY place`,
};

/**
 * @param client in a transaction bound to the shop
 * @returns one entry per person, in the same order
 */
export async function readPeople(
  client: PoolClient,
  shopId: ShopId,
  people: Looking[],
  offers: Offer[],
  now: Date,
): Promise<Acquaintance[]> {
  const capped = offers.filter(({ capPerShopper }) => capPerShopper !== null);
  const { rows } = await client.query<{
    attributes: Record<string, unknown> | null;
    tags: string[] | null;
    seen: Record<string, number> | null;
    isNew: boolean | null;
    history: History | null;
  }>({
    ...READ_PEOPLE,
    values: [
      shopId,
      people.map(({ orderGid }) => orderGid),
      people.map(({ customerGid }) => customerGid),
      people.map(({ mayLink }) => mayLink),
      capped.map(({ id }) => id),
      capped.map(({ capDays }) => new Date(now.getTime() - capDays * DAY)),
      now,
      people.map(({ visits }) => visits[0] ?? null),
      people.map(({ visits }) => visits[1] ?? null),
    ],
  });
  return rows.map(({ attributes, tags, seen, isNew, history }) => ({
    isNew,
    history,
    attributes: attributes ?? {},
    customerTags: tags ?? [],
    seen: new Map(Object.entries(seen ?? {})),
  }));
}
