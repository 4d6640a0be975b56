import { createHash } from "node:crypto";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { JourneyDefinition } from "./definition";
import { isReadyKey, READY_JOURNEYS, READY_KEYS, type ReadyKey } from "./ready/ready-journeys";

/**
 * Gives a shop the ready journeys as rows. A shop that never edited one gets its newest form as a new version; who is on
 * the way finishes on theirs, as after any edit.
 */

/** Tells whether a shop has the newest form of a ready journey. */
export const READY_HASHES = new Map<ReadyKey, string>(
  READY_KEYS.map((key) => [key, hashOf(READY_JOURNEYS[key].definition)]),
);

function hashOf(definition: JourneyDefinition): string {
  return createHash("sha256").update(JSON.stringify(definition)).digest("hex").slice(0, 16);
}

/** When shops were last seen to have all of them. A shop may be erased and come back: so not for good. */
const complete = new Map<ShopId, Date>();
const SURE_FOR = 60 * 60 * 1000;

/** Safe to repeat and to run at the same time. */
export async function ensureReadyJourneys(tx: Tx, shopId: ShopId, now: Date): Promise<void> {
  const seen = complete.get(shopId);
  if (seen && now.getTime() - seen.getTime() < SURE_FOR) return;
  const rows = await tx.journey.findMany({
    where: { shopId, key: { not: null } },
    select: { id: true, key: true, readyHash: true },
  });
  const known = new Map(rows.map((row) => [row.key, row]));
  const missing = READY_KEYS.filter((key) => !known.has(key));
  const outdated = rows.filter(
    ({ key, readyHash }) =>
      key !== null && isReadyKey(key) && readyHash !== null && readyHash !== READY_HASHES.get(key),
  );
  if (missing.length + outdated.length === 0) {
    // Only what a later transaction finds is certain to stay.
    complete.set(shopId, now);
    return;
  }
  if (missing.length > 0) await addReady(tx, shopId, missing, now);
  for (const { id, key } of outdated) await renewReady(tx, shopId, id, key as ReadyKey, now);
}

async function addReady(tx: Tx, shopId: ShopId, keys: ReadyKey[], now: Date): Promise<void> {
  await tx.journey.createMany({
    data: keys.map((key) => ({
      shopId,
      id: newId(now),
      key,
      name: READY_JOURNEYS[key].name,
      enabled: READY_JOURNEYS[key].on,
      trigger: READY_JOURNEYS[key].definition.trigger.fact,
      version: 1,
      readyHash: READY_HASHES.get(key)!,
      createdAt: now,
      updatedAt: now,
    })),
    skipDuplicates: true,
  });
  const added = await tx.journey.findMany({ where: { shopId, key: { in: keys } } });
  await tx.journeyVersion.createMany({
    data: added.map(({ id, key }) => ({
      shopId,
      journeyId: id,
      version: 1,
      definition: READY_JOURNEYS[key as ReadyKey].definition,
      createdAt: now,
    })),
    skipDuplicates: true,
  });
}

async function renewReady(tx: Tx, shopId: ShopId, id: string, key: ReadyKey, now: Date): Promise<void> {
  const { definition } = READY_JOURNEYS[key];
  const version = await addVersion(tx, shopId, id, { definition, author: "", now });
  await tx.journey.update({
    where: { shopId_id: { shopId, id } },
    data: { version, trigger: definition.trigger.fact, readyHash: READY_HASHES.get(key)!, updatedAt: now },
  });
}

/** Adds a version after the last one. Two editors at once wait for each other. @returns its number */
export async function addVersion(
  tx: Tx,
  shopId: ShopId,
  journeyId: string,
  { definition, author, now }: { definition: JourneyDefinition; author: string; now: Date },
): Promise<number> {
  await tx.$queryRaw`SELECT id FROM "Journey" WHERE "shopId" = ${shopId} AND id = ${journeyId}::uuid FOR UPDATE`;
  const last = await tx.journeyVersion.aggregate({ where: { shopId, journeyId }, _max: { version: true } });
  const version = (last._max.version ?? 0) + 1;
  await tx.journeyVersion.create({
    data: { shopId, journeyId, version, definition, createdAt: now, createdBy: author },
  });
  return version;
}
