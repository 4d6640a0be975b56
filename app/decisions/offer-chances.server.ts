import { HELD_OUT, offerHoldoutKey } from "#app/experiments/exposures.server";
import type { ShopId, Tx } from "#app/db/tx";
import { waitForTurn } from "#app/db/wait-for-turn";
import { visitGid } from "#app/orders/visit";
import { localDay } from "#app/shops/local-day";
import type { DecisionContext } from "./decision";
import { OWN, standing } from "./standing";

/**
 * For how many orders each offer stood ready: the denominator of the take rate. An order counts once per offer, at its
 * first decision for which the offer stood and was not held out; where it was always held out, at the first of those.
 * A visit counts nothing until it is an order. The account shows no order: its page is about the customer's last one.
 *
 * What is counted is always what the decisions read so far say (`chancesIn`), so that reading more of them, or learning
 * that a visit was an order's, is the difference of two counts, whatever comes first.
 */

/** How far decisions have been read. */
export type Mark = { decidedAt: Date; decision: string };

type Look = {
  orderGid: string;
  context: DecisionContext;
  candidates: Uint8Array;
  decidedAt: Date;
  /** Read before, so what it says is counted already. */
  isOld: boolean;
};

type Chance = { day: string; isHeldOut: boolean };

/** One order is looked at a few times; what is looked at more often than this counts no new offers. */
const MOST_LOOKS = 100;

/** Waits for whoever counts this shop's chances now: reading decisions and moving them to an order must not mix. */
export function lockChances(tx: Tx, shopId: ShopId): Promise<void> {
  return waitForTurn(tx, `offer-chances ${shopId}`);
}

type Read = { block: string; surface: string; personKey: string; orderGid: string | null; decidedAt: Date };

/** After decisions were read: counts what they add. In the transaction that moves the mark, under `lockChances`. */
export async function countChances(
  tx: Tx,
  shopId: ShopId,
  rows: Read[],
  { before, now }: { before: Mark; now: Mark },
): Promise<void> {
  const offers = rows.filter(({ block }) => block === "offers");
  const orders = new Set([...ordersIn(offers), ...(await lastOrders(tx, shopId, offers))]);
  const looks = await looksAt(tx, shopId, [...orders], { before, now });
  const old = looks.filter(({ isOld }) => isOld);
  await addDifference(tx, shopId, old, looks);
}

/** `move` makes decisions those of this order: what they and the order's own said counts once from then on. */
export async function recountOrder(
  tx: Tx,
  shopId: ShopId,
  orderGid: string,
  move: () => Promise<void>,
): Promise<void> {
  await lockChances(tx, shopId);
  const mark = await tx.exposureFold.findUnique({ where: { shopId } });
  const read = async () => (mark ? looksAt(tx, shopId, [orderGid], { before: mark, now: mark }) : []);
  const before = await read();
  await move();
  await addDifference(tx, shopId, before, await read());
}

function ordersIn(rows: Read[]): string[] {
  const visit = visitGid("");
  return rows.flatMap(({ orderGid }) => (orderGid && !orderGid.startsWith(visit) ? [orderGid] : []));
}

/** Of those who looked at their account. */
async function lastOrders(tx: Tx, shopId: ShopId, rows: Read[]): Promise<string[]> {
  const looks = rows.filter(({ surface }) => surface === "account");
  if (looks.length === 0) return [];
  const found = await tx.$queryRaw<{ gid: string }[]>`
    SELECT DISTINCT last.gid
    FROM unnest(${looks.map(({ personKey }) => personKey)}::text[],
      ${looks.map(({ decidedAt }) => decidedAt)}::timestamptz[]) AS look(person, at)
    CROSS JOIN LATERAL (
      SELECT gid FROM "Order" WHERE "shopId" = ${shopId} AND "customerGid" = person AND "placedAt" <= at
      ORDER BY "placedAt" DESC LIMIT 1
    ) last`;
  return found.map(({ gid }) => gid);
}

/** The first decisions about each order, the oldest first. */
function looksAt(
  tx: Tx,
  shopId: ShopId,
  orderGids: string[],
  { before, now }: { before: Mark; now: Mark },
): Promise<Look[]> {
  if (orderGids.length === 0) return Promise.resolve([]);
  return tx.$queryRaw<Look[]>`
    SELECT asked.gid AS "orderGid", look.context, look.candidates, look."decidedAt",
      (look."decidedAt", look.id) <= (${before.decidedAt}, ${before.decision}::uuid) AS "isOld"
    FROM unnest(${orderGids}::text[]) AS asked(gid) CROSS JOIN LATERAL (
      SELECT d.id, d."decidedAt", d.context, d.candidates FROM "Decision" d
      WHERE d."shopId" = ${shopId} AND d."orderGid" = asked.gid AND d.block = 'offers'
      UNION ALL
      SELECT d.id, d."decidedAt", d.context, d.candidates
      FROM "Order" o JOIN "Decision" d ON d."shopId" = o."shopId" AND d."personKey" = o."customerGid"
        AND d.surface = 'account' AND d.block = 'offers' AND d."decidedAt" >= o."placedAt"
      WHERE o."shopId" = ${shopId} AND o.gid = asked.gid AND NOT EXISTS (SELECT FROM "Order" later
        WHERE later."shopId" = o."shopId" AND later."customerGid" = o."customerGid"
          AND later."placedAt" > o."placedAt" AND later."placedAt" <= d."decidedAt")
      ORDER BY "decidedAt", id LIMIT ${MOST_LOOKS}
    ) look
    WHERE look.context->>'orderValueMinor' IS NOT NULL
      AND (look."decidedAt", look.id) <= (${now.decidedAt}, ${now.decision}::uuid)
    ORDER BY look."decidedAt", look.id`;
}

async function addDifference(tx: Tx, shopId: ShopId, before: Look[], after: Look[]): Promise<void> {
  if (after.length === 0) return;
  const { timezone } = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { timezone: true } });
  const was = chancesIn(before, timezone);
  const counts = new Map<string, { offerId: string; day: string; orders: number; heldOut: number }>();
  const add = (offerId: string, { day, isHeldOut }: Chance, by: 1 | -1) => {
    const key = `${offerId} ${day}`;
    const count = counts.get(key) ?? { offerId, day, orders: 0, heldOut: 0 };
    counts.set(key, count);
    if (isHeldOut) count.heldOut += by;
    else count.orders += by;
  };
  for (const [key, { offerId, ...chance }] of chancesIn(after, timezone)) {
    const known = was.get(key);
    if (known) add(offerId, known, -1);
    add(offerId, chance, 1);
  }
  const changed = [...counts.values()].filter(({ orders, heldOut }) => orders !== 0 || heldOut !== 0);
  if (changed.length > 0) await writeCounts(tx, shopId, changed);
}

/** By order and offer. */
function chancesIn(looks: Look[], timezone: string): Map<string, Chance & { offerId: string }> {
  const chances = new Map<string, Chance & { offerId: string }>();
  for (const { orderGid, context, candidates, decidedAt } of looks) {
    for (const offerId of standing(candidates, OWN)) {
      const isHeldOut = Boolean(context.holdout) || context.trials?.[offerHoldoutKey(offerId)] === HELD_OUT;
      const key = `${orderGid} ${offerId}`;
      const known = chances.get(key);
      if (known && (isHeldOut || !known.isHeldOut)) continue;
      chances.set(key, { offerId, day: localDay(decidedAt, timezone), isHeldOut });
    }
  }
  return chances;
}

/** Orders that an older version counted otherwise must not leave less than none. */
async function writeCounts(
  tx: Tx,
  shopId: ShopId,
  counts: { offerId: string; day: string; orders: number; heldOut: number }[],
): Promise<void> {
  await tx.$executeRaw`
    MERGE INTO "OfferChance" c
    USING unnest(
      ${counts.map(({ offerId }) => offerId)}::uuid[], ${counts.map(({ day }) => day)}::date[],
      ${counts.map(({ orders }) => orders)}::int[], ${counts.map(({ heldOut }) => heldOut)}::int[]
    ) AS more("offerId", day, orders, "heldOut")
    ON c."shopId" = ${shopId} AND c."offerId" = more."offerId" AND c.day = more.day
    WHEN MATCHED THEN UPDATE SET
      orders = greatest(0, c.orders + more.orders), "heldOut" = greatest(0, c."heldOut" + more."heldOut")
    WHEN NOT MATCHED THEN INSERT ("shopId", "offerId", day, orders, "heldOut")
      VALUES (${shopId}, more."offerId", more.day, greatest(0, more.orders), greatest(0, more."heldOut"))`;
}
