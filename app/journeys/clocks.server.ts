import { customerByGid } from "#app/customers/customers.server";
import { BIRTHDAY } from "#app/customers/known-attributes";
import type { ShopId, Tx } from "#app/db/tx";
import type { JourneyClock, Prisma } from "#app/generated/prisma/client";
import type { OrderWithLines } from "#app/orders/orders.server";
import { publish } from "#app/queue/queue.server";
import { nextBirthday } from "./birthday";

/**
 * What the calendar starts: birthdays, days without an order, products that are used up. Each is a row with its time, set
 * by the order that starts it and found by one indexed sweep, so that it costs as much as there is due. An order sets the
 * clocks of what it contains anew: whoever has bought again is not reminded.
 */

/** Days without an order at which `customer.lapsed` is told. */
export const LAPSES = [30, 60, 90, 120, 180, 365] as const;
const DAY = 24 * 60 * 60 * 1000;

/** Sets the clocks that an order starts. Safe to repeat. */
export async function windClocks(tx: Tx, shopId: ShopId, order: OrderWithLines, now: Date): Promise<void> {
  if (!order.customerGid || order.test || order.cancelledAt) return;
  const { customerGid, placedAt, gid: orderGid } = order;
  const newer = await tx.order.findFirst({
    where: { shopId, customerGid, placedAt: { gt: placedAt }, cancelledAt: null, test: false },
    select: { gid: true },
  });
  if (!newer) await setClock(tx, { ...lapse(shopId, customerGid, placedAt, LAPSES[0]), orderGid });
  await windReplenishment(tx, shopId, { ...order, customerGid });
  await windBirthday(tx, shopId, customerGid, now);
}

function lapse(shopId: ShopId, customerGid: string, lastOrderAt: Date, days: number): NewClock {
  const dueAt = new Date(lastOrderAt.getTime() + days * DAY);
  const subject = customerGid;
  return { shopId, kind: "customer.lapsed", subject, customerGid, days, dueAt, orderedAt: lastOrderAt };
}

type Bought = { gid: string; customerGid: string; placedAt: Date; lines: { variantGid: string | null }[] };

async function windReplenishment(tx: Tx, shopId: ShopId, order: Bought): Promise<void> {
  const variants = order.lines.flatMap(({ variantGid }) => variantGid ?? []);
  if (variants.length === 0) return;
  const rhythms = await tx.reorderRhythm.findMany({ where: { shopId, variantGid: { in: variants } } });
  for (const { variantGid, earlyDays, lateDays } of rhythms) {
    const { customerGid, gid: orderGid, placedAt } = order;
    const bought = { customerGid, orderGid, variantGid, orderedAt: placedAt };
    const clock = { shopId, subject: `${customerGid} ${variantGid}`, ...bought };
    const after = (days: number) => new Date(placedAt.getTime() + days * DAY);
    await setClock(tx, { ...clock, kind: "replenishment.due", dueAt: after(earlyDays) });
    await setClock(tx, { ...clock, kind: "replenishment.late", dueAt: after(lateDays) });
  }
}

async function windBirthday(tx: Tx, shopId: ShopId, customerGid: string, now: Date): Promise<void> {
  const customer = await customerByGid(tx, shopId, customerGid);
  const born = (customer?.attributes as Record<string, unknown> | undefined)?.[BIRTHDAY];
  if (!born) return;
  const { timezone } = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { timezone: true } });
  const dueAt = nextBirthday(born, now, timezone);
  if (dueAt)
    await setClock(tx, { shopId, kind: "customer.birthday", subject: customerGid, customerGid, dueAt });
}

type NewClock = Prisma.JourneyClockUncheckedCreateInput;

/**
 * The newest order counts, however late an older one is told. When a clock is due says nothing about that: a new pause
 * begins with thirty days, where the old one may have come to wait for its 365th. A birthday rests on no order: what is
 * known of it now holds.
 */
async function setClock(tx: Tx, clock: NewClock): Promise<void> {
  const { shopId, kind, subject, ...values } = clock;
  const { orderedAt } = clock;
  const created = await tx.journeyClock.createMany({ data: [clock], skipDuplicates: true });
  if (created.count > 0) return;
  await tx.journeyClock.updateMany({
    where: {
      shopId,
      kind,
      subject,
      ...(orderedAt && { OR: [{ orderedAt: null }, { orderedAt: { lt: orderedAt } }] }),
    },
    data: values,
  });
}

// ───────── the sweep ─────────

/** Shops with clocks that have run out. Read across all shops. */
export async function shopsWithDueJourneyClocks(tx: Tx, now: Date): Promise<ShopId[]> {
  const rows = await tx.$queryRaw<{ shopId: ShopId }[]>`
    SELECT DISTINCT "shopId" FROM (
      SELECT "shopId" FROM "JourneyClock" WHERE "dueAt" <= ${now} ORDER BY "dueAt" LIMIT 5000
    ) due`;
  return rows.map(({ shopId }) => shopId);
}

const BATCH = 200;
/** What was missed for longer than this is not made up for: nobody wants last month's birthday greeting. */
const STALE = 3 * DAY;

/** Tells the facts of clocks that have run out, and winds those that run again. @returns how many */
export async function ringClocks(tx: Tx, shopId: ShopId, now: Date): Promise<number> {
  const due = await tx.$queryRaw<JourneyClock[]>`
    DELETE FROM "JourneyClock" c USING (
      SELECT kind, subject FROM "JourneyClock" WHERE "shopId" = ${shopId} AND "dueAt" <= ${now}
      ORDER BY "dueAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    ) due
    WHERE c."shopId" = ${shopId} AND c.kind = due.kind AND c.subject = due.subject
    RETURNING c.*`;
  for (const clock of due) {
    await rewind(tx, clock, now);
    if (now.getTime() - clock.dueAt.getTime() <= STALE) await ring(tx, clock);
  }
  return due.length;
}

async function ring(
  tx: Tx,
  { shopId, kind, customerGid, orderGid, variantGid, days }: JourneyClock,
): Promise<void> {
  switch (kind) {
    case "customer.birthday":
      return publish(tx, kind, { shopId, customerGid });
    case "customer.lapsed":
      return publish(tx, kind, { shopId, customerGid, days: days ?? 0 });
    case "replenishment.due":
    case "replenishment.late":
      return publish(tx, kind, {
        shopId,
        customerGid,
        orderGid: orderGid ?? undefined,
        variantGid: variantGid ?? undefined,
      });
  }
}

async function rewind(tx: Tx, clock: JourneyClock, now: Date): Promise<void> {
  const { shopId, customerGid, kind } = clock;
  if (kind === "customer.birthday") return windBirthday(tx, shopId, customerGid, now);
  if (kind !== "customer.lapsed") return;
  const lastOrderAt = new Date(clock.dueAt.getTime() - (clock.days ?? 0) * DAY);
  const next = LAPSES.find((days) => lastOrderAt.getTime() + days * DAY > now.getTime());
  if (next)
    await setClock(tx, { ...lapse(shopId, customerGid, lastOrderAt, next), orderGid: clock.orderGid });
}

// ───────── customers from before the installation ─────────

/** Few enough that a batch takes a moment, however many customers a shop has. */
const SEEDED_AT_ONCE = 1_000;

/**
 * Sets clocks for customers that were imported, and for those whose clock rests on an older order than their last: the next
 * lapse that is still to come. One batch of customers, in the order of their gids; safe to repeat.
 * @param after the customer with whom the batch before ended; "" to begin
 * @returns with whom this one ended, null where nobody was left
 */
export async function seedLapses(tx: Tx, shopId: ShopId, now: Date, after: string): Promise<string | null> {
  const [batch] = await tx.$queryRaw<[{ last: string | null }]>`
    WITH batch AS (
      SELECT gid, "lastOrderAt" FROM "Customer"
      WHERE "shopId" = ${shopId} AND gid > ${after} AND "redactedAt" IS NULL AND "lastOrderAt" IS NOT NULL
      ORDER BY gid LIMIT ${SEEDED_AT_ONCE}
    ), wound AS (
      INSERT INTO "JourneyClock" AS k ("shopId", kind, subject, "customerGid", days, "dueAt", "orderedAt")
      SELECT ${shopId}, 'customer.lapsed', c.gid, c.gid, next.days,
        c."lastOrderAt" + next.days * interval '24 hours', c."lastOrderAt"
      FROM batch c
      CROSS JOIN LATERAL (
        SELECT min(days) AS days FROM unnest(${[...LAPSES]}::int[]) AS days
        WHERE c."lastOrderAt" + days * interval '24 hours' > ${now}
      ) next
      WHERE next.days IS NOT NULL
      ON CONFLICT ("shopId", kind, subject) DO UPDATE SET days = excluded.days, "dueAt" = excluded."dueAt",
        "orderedAt" = excluded."orderedAt", "orderGid" = NULL
        WHERE k."orderedAt" IS NULL OR k."orderedAt" < excluded."orderedAt"
    )
    SELECT max(gid) AS last FROM batch`;
  return batch.last;
}

/**
 * Sets clocks for the birthdays that are known and have none. One batch of customers, in the order of their gids; safe to
 * repeat. A birthday that cannot be read gets no clock and is passed by.
 * @param after the customer with whom the batch before ended; "" to begin
 * @returns with whom this one ended, null where nobody was left
 */
export async function seedBirthdays(
  tx: Tx,
  shopId: ShopId,
  now: Date,
  after: string,
): Promise<string | null> {
  const known = await tx.$queryRaw<{ gid: string; born: string | null }[]>`
    SELECT gid, attributes ->> ${BIRTHDAY} AS born FROM "Customer" c
    WHERE c."shopId" = ${shopId} AND c.gid > ${after} AND c.attributes ? ${BIRTHDAY} AND c."redactedAt" IS NULL
      AND NOT EXISTS (SELECT FROM "JourneyClock" k
        WHERE k."shopId" = ${shopId} AND k.kind = 'customer.birthday' AND k.subject = c.gid)
    ORDER BY gid LIMIT ${SEEDED_AT_ONCE}`;
  const { timezone } = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { timezone: true } });
  const clocks = known.flatMap(({ gid, born }) => {
    const dueAt = nextBirthday(born, now, timezone);
    return dueAt ? [{ shopId, kind: "customer.birthday", subject: gid, customerGid: gid, dueAt }] : [];
  });
  await tx.journeyClock.createMany({ data: clocks, skipDuplicates: true });
  return known.at(-1)?.gid ?? null;
}
