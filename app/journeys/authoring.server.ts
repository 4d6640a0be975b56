import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Journey } from "#app/generated/prisma/client";
import type { JourneyDefinition } from "./definition";
import type { DefinitionProblem } from "./definition-problems";
import { checkDefinition } from "./definition-schema";
import { addVersion, ensureReadyJourneys, READY_HASHES } from "./library.server";
import { isReadyKey, READY_JOURNEYS, type ReadyKey } from "./ready/ready-journeys";
import { missingParts, unwrittenMails } from "./missing-parts.server";
import { planOf } from "./versions.server";

/** What merchants do with journeys: list, write, switch, take back. Each edit is a version and counts for who enters next. */

export type ListedJourney = Pick<
  Journey,
  "id" | "name" | "enabled" | "version" | "trigger" | "createdAt" | "updatedAt"
> & {
  key: ReadyKey | null;
  description: string;
  /** A ready one that was changed here. */
  edited: boolean;
  /** Put away: nobody enters, who is on the way leaves before the next thing is done, and it can be brought back. */
  archived: boolean;
};

/** The ready ones in the library's order, then the shop's own, newest first; those that were put away only on request. */
export async function journeysOf(
  tx: Tx,
  shopId: ShopId,
  now: Date,
  { archived = false } = {},
): Promise<ListedJourney[]> {
  await ensureReadyJourneys(tx, shopId, now);
  const rows = await tx.journey.findMany({
    where: { shopId, archivedAt: archived ? { not: null } : null },
    orderBy: { createdAt: "desc" },
  });
  const order = Object.keys(READY_JOURNEYS);
  const place = ({ key }: Journey) => (key === null ? order.length : order.indexOf(key));
  return rows.sort((a, b) => place(a) - place(b)).map(listed);
}

function listed({ readyHash, archivedAt, ...row }: Journey): ListedJourney {
  const key = row.key !== null && isReadyKey(row.key) ? row.key : null;
  const description = key ? READY_JOURNEYS[key].description : "";
  const edited = key !== null && readyHash === null;
  return { ...row, key, description, edited, archived: archivedAt !== null };
}

export type JourneyDetail = ListedJourney & {
  definition: JourneyDefinition;
  /** Newest first; `createdBy` is empty for ours. */
  versions: { version: number; createdAt: Date; createdBy: string }[];
};

/** Null for a journey that this shop does not have. */
export async function journeyOf(tx: Tx, shopId: ShopId, id: string): Promise<JourneyDetail | null> {
  const row = await tx.journey.findUnique({ where: { shopId_id: { shopId, id } } });
  const plan = row && (await planOf(tx, shopId, id, row.version));
  if (!plan) return null;
  const versions = await tx.journeyVersion.findMany({
    where: { shopId, journeyId: id },
    orderBy: { version: "desc" },
    take: 50,
    select: { version: true, createdAt: true, createdBy: true },
  });
  return { ...listed(row), definition: plan.definition, versions };
}

export type JourneyForm = {
  /** Left out: a new journey, switched off. */
  id?: string;
  name: string;
  definition: unknown;
  author: string;
  now: Date;
  /** The version that was edited; left out: whichever is live. */
  seen?: number;
};
export type SaveJourneyResult =
  | { status: "saved"; id: string; version: number }
  /** Somebody saved a newer version than the one that was edited. */
  | { status: "changed" }
  | { status: "invalid"; problems: DefinitionProblem[] }
  | { status: "unknown" };

const LONGEST_NAME = 80;

/** Saves an edit as a new version and makes it live. People on the way keep theirs. */
export async function saveJourney(tx: Tx, shopId: ShopId, form: JourneyForm): Promise<SaveJourneyResult> {
  const name = form.name.trim();
  const checked = checkDefinition(form.definition);
  const problems = checked.status === "invalid" ? [...checked.problems] : [];
  if (!name) problems.unshift({ stepId: null, path: "name", message: "Give the journey a name." });
  if (name.length > LONGEST_NAME)
    problems.unshift({ stepId: null, path: "name", message: `Use at most ${LONGEST_NAME} characters.` });
  if (checked.status === "valid") problems.push(...(await missingParts(tx, shopId, checked.definition)));
  if (checked.status === "invalid" || problems.length > 0) return { status: "invalid", problems };

  const { definition } = checked;
  const { author, now } = form;
  const id = form.id ?? newId(now);
  const trigger = definition.trigger.fact;
  if (form.id) {
    const live = await lockJourney(tx, shopId, id);
    if (live === null) return { status: "unknown" };
    if (form.seen !== undefined && form.seen !== live.version) return { status: "changed" };
    const unwritten = live.enabled ? await unwrittenMails(tx, shopId, definition) : [];
    if (unwritten.length > 0) return { status: "invalid", problems: unwritten };
  } else {
    await tx.journey.create({
      data: { shopId, id, name, enabled: false, trigger, version: 1, createdAt: now, updatedAt: now },
    });
  }
  return makeLive(tx, shopId, id, { name, definition, author, now });
}

/** Two editors at once, or an edit and the switch, wait for each other here. @returns null where there is no such journey */
async function lockJourney(
  tx: Tx,
  shopId: ShopId,
  id: string,
): Promise<Pick<Journey, "version" | "enabled"> | null> {
  const [row] = await tx.$queryRaw<Pick<Journey, "version" | "enabled">[]>`
    SELECT version, enabled FROM "Journey" WHERE "shopId" = ${shopId} AND id = ${id}::uuid FOR UPDATE`;
  return row ?? null;
}

export type SwitchResult =
  { status: "switched" | "unknown" } | { status: "invalid"; problems: DefinitionProblem[] };

/**
 * On: people enter from now on. Off: nobody enters, and who is on the way leaves before the next thing is done. A journey may
 * be built around an e-mail that is still to be written, but goes on only when it is.
 */
export async function switchJourney(
  tx: Tx,
  shopId: ShopId,
  id: string,
  enabled: boolean,
  now: Date,
): Promise<SwitchResult> {
  const live = await lockJourney(tx, shopId, id);
  if (!live) return { status: "unknown" };
  if (enabled) {
    const row = await tx.journeyVersion.findUniqueOrThrow({
      where: { shopId_journeyId_version: { shopId, journeyId: id, version: live.version } },
    });
    const problems = await unwrittenMails(tx, shopId, row.definition as unknown as JourneyDefinition);
    if (problems.length > 0) return { status: "invalid", problems };
  }
  await tx.journey.update({ where: { shopId_id: { shopId, id } }, data: { enabled, updatedAt: now } });
  return { status: "switched" };
}

/** Makes an old version live again, as a new version with the same content. */
export async function restoreVersion(
  tx: Tx,
  shopId: ShopId,
  id: string,
  { version, author, now }: { version: number; author: string; now: Date },
): Promise<SaveJourneyResult> {
  const live = await lockJourney(tx, shopId, id);
  const plan = live && (await planOf(tx, shopId, id, version));
  if (!plan) return { status: "unknown" };
  const { definition } = plan;
  const problems = live.enabled ? await unwrittenMails(tx, shopId, definition) : [];
  if (problems.length > 0) return { status: "invalid", problems };
  return makeLive(tx, shopId, id, { definition, author, now });
}

/** Puts a ready journey back to the form that we ship; from then on it follows ours again. */
export async function restoreReady(
  tx: Tx,
  shopId: ShopId,
  id: string,
  { author, now }: { author: string; now: Date },
): Promise<SaveJourneyResult> {
  const row = await tx.journey.findUnique({ where: { shopId_id: { shopId, id } } });
  if (!row?.key || !isReadyKey(row.key)) return { status: "unknown" };
  const { definition } = READY_JOURNEYS[row.key];
  const restored = await makeLive(tx, shopId, id, { definition, author, now });
  await tx.journey.update({
    where: { shopId_id: { shopId, id } },
    data: { readyHash: READY_HASHES.get(row.key)! },
  });
  return restored;
}

async function makeLive(
  tx: Tx,
  shopId: ShopId,
  id: string,
  edit: { definition: JourneyDefinition; author: string; now: Date; name?: string },
): Promise<SaveJourneyResult> {
  const version = await addVersion(tx, shopId, id, edit);
  const { name, now: updatedAt } = edit;
  const trigger = edit.definition.trigger.fact;
  await tx.journey.update({
    where: { shopId_id: { shopId, id } },
    data: { name, trigger, version, readyHash: null, updatedAt },
  });
  return { status: "saved", id, version };
}

/**
 * Puts a journey away, or brings it back as it was: switched on or off, with those who are still on the way. Who would
 * have had something done to them meanwhile has left.
 */
export async function archiveJourney(
  tx: Tx,
  shopId: ShopId,
  id: string,
  archived: boolean,
  now: Date,
): Promise<{ status: "moved" | "unknown" }> {
  const data = { archivedAt: archived ? now : null, updatedAt: now };
  const { count } = await tx.journey.updateMany({ where: { shopId, id }, data });
  return { status: count > 0 ? "moved" : "unknown" };
}
