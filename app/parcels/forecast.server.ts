import type { ShopId, Tx } from "#app/db/tx";
import { Prisma } from "#app/generated/prisma/client";
import { openLate, rulesOf } from "./exceptions.server";
import { OVER } from "./parcel-status";
import { brokenPromises } from "./promises.server";
import { adjustTails, EVEN_TAILS, forecast, stageOf, type Tails, type Track } from "./eta";

/**
 * Forecasts of when parcels arrive. A parcel is forecast anew after each scan, and twice a day while nothing is heard:
 * one that is silent comes later than we thought. A sweep does that; whoever is about to tell the day does it before. Which are due stands in their rows; what does not move costs nothing.
 * Once a parcel has arrived, its first forecasts say whether the shop's ranges are too narrow or too wide.
 */

/** Parcels looked at in one turn. */
const BATCH = 500;
/** The newest parcels of the shop that a forecast looks back on. */
const HISTORY = 3_000;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const HISTORY_TIME = 365 * DAY;
/** A parcel that was silent for so long is lost or was never scanned: a forecast would be a guess. */
const LONGEST = 60 * DAY;
const NEXT_LOOK = 12 * HOUR;

/** Shops with parcels that are due. */
export async function shopsToForecast(tx: Tx, now: Date): Promise<ShopId[]> {
  const rows = await tx.$queryRaw<{ shopId: ShopId }[]>`
    SELECT DISTINCT "shopId" FROM (
      SELECT "shopId" FROM "Parcel" WHERE "forecastDueAt" <= ${now} ORDER BY "forecastDueAt" LIMIT 5000
    ) due`;
  return rows.map(({ shopId }) => shopId);
}

/** @returns how many parcels were looked at */
export async function forecastDue(tx: Tx, shopId: ShopId, now: Date): Promise<number> {
  const due = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Parcel" WHERE "shopId" = ${shopId} AND "forecastDueAt" <= ${now}
    ORDER BY "forecastDueAt", id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
  const ids = due.map(({ id }) => id);
  await forecastAll(tx, shopId, ids, now);
  return ids.length;
}

/**
 * Forecasts one parcel where it is due: a message that says when it comes is often written before the sweep was there.
 * One that has arrived is left to the sweep, which learns from it.
 */
export async function forecastParcel(tx: Tx, shopId: ShopId, parcelId: string, now: Date): Promise<void> {
  const due = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Parcel" WHERE "shopId" = ${shopId} AND id = ${parcelId}::uuid
      AND "forecastDueAt" <= ${now} AND "deliveredAt" IS NULL FOR UPDATE`;
  const ids = due.map(({ id }) => id);
  await forecastAll(tx, shopId, ids, now);
}

async function forecastAll(tx: Tx, shopId: ShopId, ids: string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const tails = await learnFromArrivals(tx, shopId, ids, now);
  const parcels = await onTheRoad(tx, shopId, ids, now);
  if (parcels.length > 0) {
    const history = await latestTracks(tx, shopId, now);
    const made = parcels.map((parcel) => forecastOne(parcel, history, tails, now));
    await write(tx, shopId, made, now);
    await openLateOnes(tx, shopId, made, now);
  }
  await rest(tx, shopId, ids, now);
}

/** A parcel's way as stored; `fromCountry` is the shop's where its location is not known. */
type Way = {
  id: string;
  carrier: string | null;
  fromCountry: string;
  toCountry: string;
  placedAt: Date;
  plannedFor: Date | null;
  shippedAt: Date;
  inTransitAt: Date | null;
  outForDeliveryAt: Date | null;
  deliveredAt: Date | null;
};
type Known = { id: string; track: Track };

const WAY = Prisma.sql`p.id, p.carrier, coalesce(p."originCountry", s.country) AS "fromCountry", o.country AS "toCountry", o."placedAt", p."plannedFor",
  p."shippedAt", p."inTransitAt", p."outForDeliveryAt", p."deliveredAt"`;
const WAY_JOINS = Prisma.sql`JOIN "Order" o ON o."shopId" = p."shopId" AND o.gid = p."orderGid"
  JOIN "Shop" s ON s.id = p."shopId"`;

function trackOf(way: Way): Known {
  const shipped = way.shippedAt.getTime();
  return {
    id: way.id,
    track: {
      carrier: (way.carrier ?? "").trim().toLowerCase(),
      lane: `${way.fromCountry}>${way.toCountry || way.fromCountry}`,
      plannedDays: way.plannedFor && (way.plannedFor.getTime() - way.placedAt.getTime()) / DAY,
      reached: {
        shipped,
        ...(way.inTransitAt && { in_transit: way.inTransitAt.getTime() }),
        ...(way.outForDeliveryAt && { out_for_delivery: way.outForDeliveryAt.getTime() }),
      },
      deliveredAt: way.deliveredAt?.getTime() ?? null,
    },
  };
}

/** Those of these parcels that are still to come. */
async function onTheRoad(tx: Tx, shopId: ShopId, ids: string[], now: Date): Promise<Known[]> {
  const rows = await tx.$queryRaw<Way[]>`
    SELECT ${WAY} FROM "Parcel" p ${WAY_JOINS}
    WHERE p."shopId" = ${shopId} AND p.id = ANY (${ids}::uuid[]) AND p."cancelledAt" IS NULL
      AND NOT p.status::text = ANY (${OVER}) AND p."shippedAt" > ${new Date(now.getTime() - LONGEST)}
    ORDER BY p.id`;
  return rows.map(trackOf);
}

async function latestTracks(tx: Tx, shopId: ShopId, now: Date): Promise<Known[]> {
  const rows = await tx.$queryRaw<Way[]>`
    SELECT ${WAY} FROM (
      SELECT * FROM "Parcel"
      WHERE "shopId" = ${shopId} AND "shippedAt" > ${new Date(now.getTime() - HISTORY_TIME)} AND "cancelledAt" IS NULL
        AND ("deliveredAt" IS NOT NULL OR NOT status::text = ANY (${OVER}))
      ORDER BY "shippedAt" DESC LIMIT ${HISTORY}
    ) p ${WAY_JOINS}`;
  return rows.map(trackOf);
}

type Made = { id: string; stage: string; earliestAt: Date; likelyAt: Date; latestAt: Date };

function forecastOne({ id, track }: Known, history: Known[], tails: Tails, now: Date): Made {
  const others = history.filter((other) => other.id !== id).map((other) => other.track);
  const { p10, p50, p90 } = forecast(others, track, now.getTime(), tails);
  return {
    id,
    stage: stageOf(track),
    earliestAt: new Date(p10),
    likelyAt: new Date(p50),
    latestAt: new Date(p90),
  };
}

/** The newest forecast goes to the parcel; the first of each stage is kept to be compared with the truth. */
async function write(tx: Tx, shopId: ShopId, made: Made[], now: Date): Promise<void> {
  const rows = JSON.stringify(made);
  await tx.$executeRaw`
    UPDATE "Parcel" p SET "earliestAt" = m."earliestAt", "likelyAt" = m."likelyAt", "latestAt" = m."latestAt"
    FROM jsonb_to_recordset(${rows}::jsonb)
      AS m (id uuid, "earliestAt" timestamptz, "likelyAt" timestamptz, "latestAt" timestamptz)
    WHERE p."shopId" = ${shopId} AND p.id = m.id`;
  await tx.$executeRaw`
    INSERT INTO "ParcelForecast" ("shopId", "parcelId", stage, "earliestAt", "likelyAt", "latestAt", "madeAt")
    SELECT ${shopId}, id, stage, "earliestAt", "likelyAt", "latestAt", ${now}
    FROM jsonb_to_recordset(${rows}::jsonb)
      AS m (id uuid, stage text, "earliestAt" timestamptz, "likelyAt" timestamptz, "latestAt" timestamptz)
    ON CONFLICT DO NOTHING`;
}

/** The shopper was told a day that will probably pass. */
async function openLateOnes(tx: Tx, shopId: ShopId, made: Made[], now: Date): Promise<void> {
  const ids = made.map(({ id }) => id);
  const { slippedDays } = await rulesOf(tx, shopId);
  const { timezone } = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  for (const { parcelId, orderGid } of await brokenPromises(tx, shopId, ids, { slippedDays, timezone })) {
    await openLate(tx, shopId, parcelId, orderGid, now);
  }
}

/** Sends each to its next look; those that are over or too old are looked at no more. */
async function rest(tx: Tx, shopId: ShopId, ids: string[], now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Parcel" SET "forecastDueAt" = CASE
      WHEN "cancelledAt" IS NOT NULL OR status::text = ANY (${OVER}) OR "shippedAt" <= ${new Date(now.getTime() - LONGEST)}
      THEN NULL ELSE ${new Date(now.getTime() + NEXT_LOOK)}::timestamptz END
    WHERE "shopId" = ${shopId} AND id = ANY (${ids}::uuid[])`;
}

type Outcome = { earliestAt: Date; latestAt: Date; deliveredAt: Date };

/** Moves the shop's tails by the forecasts of parcels that have arrived, each counted once. */
async function learnFromArrivals(tx: Tx, shopId: ShopId, ids: string[], now: Date): Promise<Tails> {
  const stored = await tx.forecastTails.findUnique({ where: { shopId } });
  const outcomes = await tx.$queryRaw<Outcome[]>`
    WITH hit AS (
      UPDATE "ParcelForecast" f SET learnt = true FROM "Parcel" p
      WHERE f."shopId" = ${shopId} AND f."parcelId" = ANY (${ids}::uuid[]) AND NOT f.learnt
        AND p."shopId" = f."shopId" AND p.id = f."parcelId" AND p."deliveredAt" IS NOT NULL
      RETURNING f."earliestAt", f."latestAt", p."deliveredAt", f."parcelId", f.stage)
    SELECT * FROM hit ORDER BY "deliveredAt", "parcelId", stage`;
  const before: Tails = stored ?? EVEN_TAILS;
  if (outcomes.length === 0) return before;
  const { below, above } = outcomes.reduce<Tails>((tails, { earliestAt, latestAt, deliveredAt }) => {
    const range = { p10: earliestAt.getTime(), p90: latestAt.getTime() };
    return adjustTails(tails, range, deliveredAt.getTime());
  }, before);
  const data = { below, above, updatedAt: now };
  await tx.forecastTails.upsert({ where: { shopId }, create: { shopId, ...data }, update: data });
  return { below, above };
}
