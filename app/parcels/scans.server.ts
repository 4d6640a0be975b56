import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Order, Parcel, Prisma, Scan } from "#app/generated/prisma/client";
import { lockOrder } from "#app/orders/orders.server";
import { publish } from "#app/queue/queue.server";
import { SETTLED, trackingKeyOf, type CarrierScan } from "./carrier-scan";
import { derive, problemsOf } from "./derive";
import { watchParcel } from "./exceptions.server";
import { parcelStatusOf } from "./parcel-status";

/**
 * Scans: each is kept, whoever told it, and what a parcel is follows from all of them. A scan that was told twice counts
 * once. One of a tracking number that no parcel has waits until a parcel has it.
 */

/** A scan to be written; `sourceKey` is unique in the shop. */
export type NewScan = Omit<Prisma.ScanCreateManyInput, "shopId" | "id" | "parcelId">;

/** @returns false where it was told before */
export async function addScan(
  tx: Tx,
  parcel: Pick<Parcel, "shopId" | "id">,
  scan: NewScan,
  now: Date,
): Promise<boolean> {
  const created = await tx.scan.createMany({
    data: [{ shopId: parcel.shopId, id: newId(now), parcelId: parcel.id, ...scan }],
    skipDuplicates: true,
  });
  return created.count > 0;
}

/** Makes the parcel what its scans say it is, tells of what is new, and sets its clocks. @returns the parcel as it is now */
export async function settleParcel(tx: Tx, order: Order, parcel: Parcel, now: Date): Promise<Parcel> {
  const { shopId, id } = parcel;
  const scans = await tx.scan.findMany({ where: { shopId, parcelId: id } });
  const isFollower = parcel.piece > 0 && (await hasLeader(tx, parcel));
  const isHearsay = isFollower && !speaksOfItself(scans);
  const derived = derive(isFollower && !isHearsay ? { ...parcel, ...UNTOLD } : parcel, scans);
  const heardAt = derived.deliveredAt ?? derived.lastScanAt;
  const hasMoved =
    derived.status !== parcel.status ||
    derived.deliveredAt?.getTime() !== parcel.deliveredAt?.getTime() ||
    derived.lastScanAt?.getTime() !== parcel.lastScanAt?.getTime();
  const settled = await tx.parcel.update({
    where: { shopId_id: { shopId, id } },
    // A parcel that has moved is forecast anew at once.
    data: { ...derived, ...(hasMoved && heardAt ? { forecastDueAt: heardAt } : {}) },
  });
  if (parcel.status !== settled.status && !isHearsay) {
    if (settled.status === "out_for_delivery") await tell(tx, order, settled, "parcel.out-for-delivery");
    if (settled.status === "delivered") await tell(tx, order, settled, "parcel.delivered");
    if (settled.status === "ready_for_pickup") await tell(tx, order, settled, "parcel.ready-for-pickup");
  }
  await watchParcel(tx, order, settled, isHearsay ? [] : problemsOf(settled.status, scans), now);
  return settled;
}

/**
 * Of a fulfillment in several boxes Shopify knows one status. It is the first box's; the others are as far until
 * somebody tells of their own numbers, and nothing is announced of them before.
 */
const UNTOLD = { toldStatus: "announced", toldDeliveredAt: null } as const;

function speaksOfItself(scans: Pick<Scan, "status" | "withdrawnAt">[]): boolean {
  return scans.some(({ status, withdrawnAt }) => !withdrawnAt && parcelStatusOf(status));
}

async function hasLeader(tx: Tx, { shopId, fulfillmentGid, piece }: Parcel): Promise<boolean> {
  const before = { shopId, fulfillmentGid, piece: { lt: piece }, cancelledAt: null };
  return (await tx.parcel.count({ where: before })) > 0;
}

/** Facts are for parcels whose order was placed while we were there. */
export async function tell(
  tx: Tx,
  order: Pick<Order, "imported">,
  parcel: Parcel,
  fact: "parcel.shipped" | "parcel.out-for-delivery" | "parcel.ready-for-pickup" | "parcel.delivered",
): Promise<void> {
  if (order.imported) return;
  await publish(tx, fact, { shopId: parcel.shopId, parcelId: parcel.id });
}

// ───────── from sources that know a tracking number only ─────────

export type Taken = {
  /** Scans that are new to a parcel. */
  taken: number;
  /** Scans that wait for a parcel. */
  waiting: number;
  /** Scans that were told before. */
  known: number;
};

/** Parcels that were shipped longer ago than this before a scan have had their number before somebody else got it. */
const LONGEST_WAY = 120 * 24 * 60 * 60 * 1000;
/** A scan that no parcel has claimed for so long never will be. */
const LONGEST_WAIT = 90 * 24 * 60 * 60 * 1000;

/** Takes in what a source tells. @param source its key, e.g. "aftership" */
export async function takeScans(
  tx: Tx,
  shopId: ShopId,
  source: string,
  scans: CarrierScan[],
  now: Date,
): Promise<Taken> {
  const sum: Taken = { taken: 0, waiting: 0, known: 0 };
  for (const [key, told] of byNumber(scans)) {
    const parcels = await parcelsWith(tx, shopId, key);
    if (parcels.length === 0) {
      sum.waiting += await keepWaiting(tx, shopId, source, key, told, now);
      continue;
    }
    let added = 0;
    for (const parcel of parcels) added += await putOn(tx, parcel, source, told, now);
    sum.taken += added;
    sum.known += Math.max(0, told.length - added);
  }
  return sum;
}

/** A parcel has got a tracking number: the scans that waited for it are its own. */
export async function claimScans(tx: Tx, parcel: Parcel, now: Date): Promise<void> {
  const { shopId, trackingKey } = parcel;
  if (!trackingKey) return;
  await lockNumber(tx, shopId, trackingKey);
  const waiting = await tx.waitingScan.findMany({ where: { shopId, trackingKey } });
  if (waiting.length === 0) return;
  for (const row of waiting) {
    const scan = revive(row.scan);
    if (isTooOld(parcel, scan)) continue;
    await addScan(tx, parcel, rowOf(parcel, row.source, scan), now);
  }
  await tx.waitingScan.deleteMany({ where: { shopId, trackingKey } });
}

function byNumber(scans: CarrierScan[]): Map<string, CarrierScan[]> {
  const groups = new Map<string, CarrierScan[]>();
  for (const scan of scans) {
    const key = trackingKeyOf(scan.trackingNumber);
    if (key) groups.set(key, [...(groups.get(key) ?? []), scan]);
  }
  return groups;
}

async function parcelsWith(tx: Tx, shopId: ShopId, trackingKey: string): Promise<Parcel[]> {
  return tx.parcel.findMany({ where: { shopId, trackingKey, cancelledAt: null }, orderBy: { id: "asc" } });
}

async function putOn(tx: Tx, found: Parcel, source: string, told: CarrierScan[], now: Date): Promise<number> {
  const { shopId, id, orderGid } = found;
  await lockOrder(tx, shopId, orderGid);
  const { order, ...parcel } = await tx.parcel.findUniqueOrThrow({
    where: { shopId_id: { shopId, id } },
    include: { order: true },
  });
  let added = 0;
  for (const scan of told) {
    if (isTooOld(parcel, scan)) continue;
    if (await addScan(tx, parcel, rowOf(parcel, source, scan), now)) added++;
  }
  if (added > 0) await settleParcel(tx, order, parcel, now);
  return added;
}

async function keepWaiting(
  tx: Tx,
  shopId: ShopId,
  source: string,
  trackingKey: string,
  told: CarrierScan[],
  now: Date,
): Promise<number> {
  await lockNumber(tx, shopId, trackingKey);
  // A parcel may have come while we waited for the lock.
  const parcels = await parcelsWith(tx, shopId, trackingKey);
  for (const parcel of parcels) await putOn(tx, parcel, source, told, now);
  if (parcels.length > 0) return 0;
  const tooOld = new Date(now.getTime() - LONGEST_WAIT);
  await tx.waitingScan.deleteMany({ where: { shopId, receivedAt: { lt: tooOld } } });
  const kept = await tx.waitingScan.createMany({
    data: told.map((scan) => {
      return { shopId, source, sourceKey: `${trackingKey}:${scan.key}`, trackingKey, scan, receivedAt: now };
    }),
    skipDuplicates: true,
  });
  return kept.count;
}

/** Of a scan that waits and a parcel that comes, one sees the other. */
async function lockNumber(tx: Tx, shopId: ShopId, trackingKey: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${shopId}::int, hashtext(${`tracking:${trackingKey}`}))`;
}

function isTooOld({ shippedAt }: Parcel, { happenedAt }: CarrierScan): boolean {
  return happenedAt.getTime() - shippedAt.getTime() > LONGEST_WAY;
}

/** A number may be that of two orders in one box: then the scan belongs to both. */
function rowOf({ id }: Parcel, source: string, scan: CarrierScan): NewScan {
  const { key, trackingNumber: _number, ...told } = scan;
  return { source, sourceKey: `${source}:${key}:${id}`, ...told };
}

/** JSON keeps times as texts. */
function revive(stored: unknown): CarrierScan {
  const scan = stored as CarrierScan;
  return {
    ...scan,
    happenedAt: new Date(scan.happenedAt),
    estimatedDeliveryAt: scan.estimatedDeliveryAt && new Date(scan.estimatedDeliveryAt),
  };
}

// ───────── by staff ─────────

export type StaffNote = {
  status: CarrierScan["status"];
  handover: CarrierScan["handover"];
  trouble: CarrierScan["trouble"];
  message: string | null;
};

/** What a staff member knows of a parcel. @returns the scan's id, to be taken back by; null for an unknown parcel */
export async function noteScan(
  tx: Tx,
  shopId: ShopId,
  parcelId: string,
  note: StaffNote,
  staffId: string,
  now: Date,
): Promise<string | null> {
  const found = await lockedParcel(tx, shopId, parcelId);
  if (!found) return null;
  const id = newId(now);
  await tx.scan.create({
    data: {
      shopId,
      id,
      parcelId,
      source: "staff",
      sourceKey: `staff:${id}`,
      staffId,
      happenedAt: now,
      ...note,
    },
  });
  await settleParcel(tx, found.order, found.parcel, now);
  return id;
}

/** Takes back what a staff member noted; what others told cannot be taken back. */
export async function withdrawScan(
  tx: Tx,
  shopId: ShopId,
  { parcelId, scanId }: { parcelId: string; scanId: string },
  now: Date,
): Promise<{ status: "withdrawn" | "not-possible" }> {
  const found = await lockedParcel(tx, shopId, parcelId);
  if (!found) return { status: "not-possible" };
  const { count } = await tx.scan.updateMany({
    where: { shopId, id: scanId, parcelId, source: "staff", withdrawnAt: null },
    data: { withdrawnAt: now },
  });
  if (count === 0) return { status: "not-possible" };
  await settleParcel(tx, found.order, found.parcel, now);
  return { status: "withdrawn" };
}

/** What was wrong with the parcel has been put right: by a refund, a second parcel, a talk. */
export function settledNote(message: string | null): StaffNote {
  return { status: SETTLED, handover: null, trouble: null, message };
}

async function lockedParcel(
  tx: Tx,
  shopId: ShopId,
  id: string,
): Promise<{ parcel: Parcel; order: Order } | null> {
  const found = await tx.parcel.findUnique({ where: { shopId_id: { shopId, id } } });
  if (!found) return null;
  await lockOrder(tx, shopId, found.orderGid);
  const { order, ...parcel } = await tx.parcel.findUniqueOrThrow({
    where: { shopId_id: { shopId, id } },
    include: { order: true },
  });
  return { parcel, order };
}
