import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Parcel } from "#app/generated/prisma/client";
import { expectedFor } from "./expected";

/**
 * The promise ledger: each range of days that a shopper was given for a parcel, where and when. By it we know whether a
 * delivery is late to the shopper, and whether we said so before the day had passed.
 */

const HOUR = 60 * 60 * 1000;
/** Ranges that differ by less than this read the same. */
const SAME = 6 * HOUR;

/** Notes what the shopper is told now, where it is new. `channel` is a channel or surface. */
export async function notePromise(
  tx: Tx,
  shopId: ShopId,
  parcel: Parcel,
  channel: string,
  now: Date,
): Promise<void> {
  const expected = expectedFor(parcel);
  if (!expected) return;
  const last = await tx.deliveryPromise.findFirst({
    where: { shopId, parcelId: parcel.id, channel },
    orderBy: { saidAt: "desc" },
  });
  if (last && isSame(last.earliestAt, expected.from) && isSame(last.latestAt, expected.until)) return;
  await tx.deliveryPromise.create({
    data: {
      shopId,
      id: newId(now),
      parcelId: parcel.id,
      orderGid: parcel.orderGid,
      channel,
      earliestAt: expected.from,
      latestAt: expected.until,
      saidAt: now,
    },
  });
}

function isSame(a: Date, b: Date): boolean {
  return Math.abs(a.getTime() - b.getTime()) < SAME;
}

export type Broken = { parcelId: string; orderGid: string };

/**
 * Which of these parcels will probably come at least so many days after the last day that their shoppers were told. Of further boxes
 * without a scan, and of parcels without a number, nobody will ever hear: that time passes says nothing about them.
 */
export async function brokenPromises(
  tx: Tx,
  shopId: ShopId,
  parcelIds: string[],
  { slippedDays, timezone }: { slippedDays: number; timezone: string },
): Promise<Broken[]> {
  return tx.$queryRaw<Broken[]>`
    SELECT p.id AS "parcelId", p."orderGid"
    FROM "Parcel" p JOIN LATERAL (
      SELECT "latestAt" FROM "DeliveryPromise" d WHERE d."shopId" = p."shopId" AND d."parcelId" = p.id
      ORDER BY d."saidAt" DESC LIMIT 1
    ) said ON true
    WHERE p."shopId" = ${shopId} AND p.id = ANY (${parcelIds}::uuid[]) 
      AND (p."lastScanAt" IS NOT NULL OR (p.piece = 0 AND p."trackingKey" IS NOT NULL))
      AND (p."likelyAt" AT TIME ZONE ${timezone})::date - (said."latestAt" AT TIME ZONE ${timezone})::date >= ${slippedDays}`;
}
