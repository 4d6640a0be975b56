import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { DeliveryException, Order, Parcel } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";
import {
  clocksOf,
  DEFAULT_RULES,
  DeliveryRulesSchema,
  settledBy,
  TOLD_BY_SCANS,
  type Clock,
  type DeliveryRules,
  type ExceptionKind,
} from "./exception";

/**
 * Exceptions: what went wrong between "placed" and "delivered". Clocks are rows with a time; each scan sets them anew,
 * so that finding what is overdue costs as much as there is overdue, however many parcels are on the road. An exception
 * is opened once, told as a fact, and closed when the parcel moves on. Orders from history and test orders have none.
 */

/** Clocks handled in one turn. */
const BATCH = 500;
const HOUR = 60 * 60 * 1000;

export async function rulesOf(tx: Tx, shopId: ShopId): Promise<DeliveryRules> {
  const row = await tx.deliverySettings.findUnique({ where: { shopId } });
  return row ? DeliveryRulesSchema.parse(row.rules) : DEFAULT_RULES;
}

/** New rules hold for clocks that start from now on. */
export async function saveRules(tx: Tx, shopId: ShopId, rules: DeliveryRules, now: Date): Promise<void> {
  const values = { rules, updatedAt: now };
  await tx.deliverySettings.upsert({ where: { shopId }, create: { shopId, ...values }, update: values });
}

// ───────── watching ─────────

/** An order waits to be shipped. */
export async function watchOrder(tx: Tx, shopId: ShopId, orderGid: string): Promise<void> {
  const order = await tx.order.findUnique({ where: { shopId_gid: { shopId, gid: orderGid } } });
  if (!order || !takesPart(order) || !isUnshipped(order)) return;
  if ((await tx.parcel.count({ where: { shopId, orderGid, cancelledAt: null } })) > 0) return;
  const { notShippedHours } = await rulesOf(tx, shopId);
  const dueAt = new Date(order.placedAt.getTime() + notShippedHours * HOUR);
  await setClocks(tx, shopId, { subject: orderGid, orderGid }, [{ kind: "not-shipped", dueAt }]);
}

/** A cancelled order has nothing to wait for. */
export async function unwatchOrder(tx: Tx, shopId: ShopId, orderGid: string, now: Date): Promise<void> {
  await tx.deliveryClock.deleteMany({ where: { shopId, orderGid } });
  await close(tx, { shopId, orderGid }, now);
}

/**
 * A parcel was made or has moved: its clocks start anew, and what is over is closed.
 * @param problems what is wrong by its scans
 */
export async function watchParcel(
  tx: Tx,
  order: Order,
  parcel: Parcel,
  problems: ExceptionKind[],
  now: Date,
): Promise<void> {
  const { shopId, orderGid, id: subject } = parcel;
  if (!takesPart(order)) return;
  await setClocks(tx, shopId, { subject: orderGid, orderGid }, []);
  await close(tx, { shopId, subject: orderGid }, now);
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const rules = await rulesOf(tx, shopId);
  const country = parcel.originCountry || shop.country;
  const calendar = { country, timezone: shop.timezone, closedDays: rules.closedDays };
  const isInternational = Boolean(order.country && country && order.country !== country);
  const clocks = clocksOf(parcel, { rules, calendar, isInternational });
  // Told again without any news: what has run out since the last scan was noted then, and stays as it is.
  const rung = await openedSince(tx, shopId, subject, parcel.lastScanAt ?? parcel.shippedAt);
  const old = clocks.filter(({ kind, dueAt }) => dueAt <= now && rung.has(kind));
  await setClocks(
    tx,
    shopId,
    { subject, orderGid },
    clocks.filter((clock) => !old.includes(clock)),
  );
  if (parcel.cancelledAt) return close(tx, { shopId, subject }, now);
  const still = [...problems, ...old.map(({ kind }) => kind)];
  const over = [...settledBy(parcel.status), ...TOLD_BY_SCANS].filter((kind) => !still.includes(kind));
  await close(tx, { shopId, subject, kind: { in: over } }, now);
  for (const kind of problems) await open(tx, { shopId, kind, subject, orderGid, parcelId: subject }, now);
}

/** The forecast says that the parcel comes later than the shopper was told. */
export async function openLate(tx: Tx, shopId: ShopId, parcelId: string, orderGid: string, now: Date) {
  const order = await tx.order.findUnique({ where: { shopId_gid: { shopId, gid: orderGid } } });
  if (!order || !takesPart(order)) return;
  await open(tx, { shopId, kind: "late", subject: parcelId, orderGid, parcelId }, now);
}

async function openedSince(tx: Tx, shopId: ShopId, subject: string, since: Date): Promise<Set<string>> {
  const opened = await tx.deliveryException.findMany({
    where: { shopId, subject, openedAt: { gt: since } },
    select: { kind: true },
  });
  return new Set(opened.map(({ kind }) => kind));
}

function takesPart(order: Pick<Order, "imported" | "test" | "cancelledAt">): boolean {
  return !order.imported && !order.test && !order.cancelledAt;
}

function isUnshipped({ fulfillmentStatus }: Pick<Order, "fulfillmentStatus">): boolean {
  return !["fulfilled", "partial", "restocked"].includes(fulfillmentStatus.toLowerCase());
}

type Subject = { subject: string; orderGid: string };

async function setClocks(tx: Tx, shopId: ShopId, { subject, orderGid }: Subject, clocks: Clock[]) {
  await tx.deliveryClock.deleteMany({ where: { shopId, subject } });
  if (clocks.length === 0) return;
  await tx.deliveryClock.createMany({
    data: clocks.map((clock) => ({ shopId, subject, orderGid, ...clock })),
  });
}

// ───────── the sweep ─────────

/** Shops with clocks that have run out. */
export async function shopsWithDueClocks(tx: Tx, now: Date): Promise<ShopId[]> {
  const rows = await tx.$queryRaw<{ shopId: ShopId }[]>`
    SELECT DISTINCT "shopId" FROM (
      SELECT "shopId" FROM "DeliveryClock" WHERE "dueAt" <= ${now} ORDER BY "dueAt" LIMIT 5000
    ) due`;
  return rows.map(({ shopId }) => shopId);
}

/** Opens what is overdue. @returns how many clocks were handled */
export async function openOverdue(tx: Tx, shopId: ShopId, now: Date): Promise<number> {
  const due = await tx.$queryRaw<{ kind: ExceptionKind; subject: string; orderGid: string }[]>`
    DELETE FROM "DeliveryClock" c USING (
      SELECT kind, subject FROM "DeliveryClock" WHERE "shopId" = ${shopId} AND "dueAt" <= ${now}
      ORDER BY "dueAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    ) due
    WHERE c."shopId" = ${shopId} AND c.kind = due.kind AND c.subject = due.subject
    RETURNING c.kind, c.subject, c."orderGid"`;
  for (const { kind, subject, orderGid } of due) {
    const parcelId = subject === orderGid ? null : subject;
    if (kind === "not-shipped" && !(await stillUnshipped(tx, shopId, orderGid))) continue;
    await open(tx, { shopId, kind, subject, orderGid, parcelId }, now);
  }
  return due.length;
}

async function stillUnshipped(tx: Tx, shopId: ShopId, orderGid: string): Promise<boolean> {
  const order = await tx.order.findUnique({ where: { shopId_gid: { shopId, gid: orderGid } } });
  return Boolean(order && takesPart(order) && isUnshipped(order));
}

// ───────── opening and closing ─────────

type NewException = Pick<DeliveryException, "shopId" | "kind" | "subject" | "orderGid" | "parcelId"> & {
  kind: ExceptionKind;
};

async function open(tx: Tx, exception: NewException, now: Date): Promise<void> {
  const { shopId, kind, subject, orderGid, parcelId } = exception;
  const id = newId(now);
  // One open exception of a kind per subject: the index decides, whoever is first.
  const opened = await tx.$executeRaw`
    INSERT INTO "DeliveryException" ("shopId", id, kind, subject, "orderGid", "parcelId", "openedAt")
    VALUES (${shopId}, ${id}::uuid, ${kind}, ${subject}, ${orderGid}, ${parcelId}::uuid, ${now})
    ON CONFLICT ("shopId", kind, subject) WHERE "closedAt" IS NULL DO NOTHING`;
  if (opened > 0) await publish(tx, "delivery.exception-opened", { shopId, exceptionId: id });
}

type Which = { shopId: ShopId; orderGid?: string; subject?: string; kind?: { in: ExceptionKind[] } };

async function close(tx: Tx, which: Which, now: Date): Promise<void> {
  const open = await tx.deliveryException.findMany({ where: { ...which, closedAt: null } });
  for (const { shopId, id } of open) {
    await tx.deliveryException.update({ where: { shopId_id: { shopId, id } }, data: { closedAt: now } });
    await publish(tx, "delivery.exception-closed", { shopId, exceptionId: id });
  }
}

// ───────── reading ─────────

export async function exceptionById(tx: Tx, shopId: ShopId, id: string): Promise<DeliveryException | null> {
  return tx.deliveryException.findUnique({ where: { shopId_id: { shopId, id } } });
}

/** Whether the shopper heard of one of these kinds lately: two mails about the same delay are one too many. */
export async function toldLately(
  tx: Tx,
  { shopId, subject }: Pick<DeliveryException, "shopId" | "subject">,
  kinds: ExceptionKind[],
  since: Date,
): Promise<boolean> {
  const where = { shopId, subject, kind: { in: kinds }, toldAt: { gt: since } };
  return (await tx.deliveryException.count({ where })) > 0;
}

/** A message about it has gone to the shopper. */
export async function noteTold(tx: Tx, shopId: ShopId, id: string, now: Date): Promise<void> {
  await tx.deliveryException.updateMany({ where: { shopId, id, toldAt: null }, data: { toldAt: now } });
}
