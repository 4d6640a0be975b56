import type { ShopId, Tx } from "#app/db/tx";
import type { Enrolment } from "#app/generated/prisma/client";
import type { OrderWithLines } from "#app/orders/orders.server";
import type { JourneyConfig } from "./acts/act";
import { Counts, WHOLE } from "./counts.server";
import { calendarOf, type Scope } from "./enrol.server";
import { planOf, switchedOn } from "./versions.server";
import { goOn } from "./walk.server";

/**
 * Waits that are over. One scan over all shops by an index that holds only who waits finds them; each shop's are then
 * claimed row by row with SKIP LOCKED, so that any number of workers may look at the same time.
 */

/** Those whose time has come, longest waiting first. Read across all shops. */
export async function dueEnrolments(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ shopId: ShopId; id: string }[]> {
  return tx.$queryRaw<{ shopId: ShopId; id: string }[]>`
    SELECT "shopId", id FROM "Enrolment" WHERE state = 'waiting' AND "dueAt" <= ${now} ORDER BY "dueAt" LIMIT ${limit}`;
}

/** Waits between attempts after a failure, in minutes; then it is given up. */
const BACKOFF = [1, 5, 30, 120, 720];

export type DueResult = { moved: number; failures: { id: string; error: string }[] };

/** Moves those of one shop that are still due and that nobody else holds. One that fails keeps no other one back. */
export async function moveDue(
  tx: Tx,
  shopId: ShopId,
  ids: readonly string[],
  config: JourneyConfig,
): Promise<DueResult> {
  const claimed = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Enrolment"
    WHERE "shopId" = ${shopId} AND id = ANY(${ids as string[]}::uuid[]) AND state = 'waiting' AND "dueAt" <= ${config.now}
    ORDER BY "dueAt" FOR UPDATE SKIP LOCKED`;
  const failures: DueResult["failures"] = [];
  if (claimed.length === 0) return { moved: 0, failures };
  const enrolments = await tx.enrolment.findMany({
    where: { shopId, id: { in: claimed.map(({ id }) => id) } },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
  });
  const orders = await ordersOf(tx, shopId, enrolments);
  const counts = new Counts();
  const scope = { tx, shopId, config, calendar: await calendarOf(tx, shopId) };
  const on = await switchedOn(
    tx,
    shopId,
    enrolments.map(({ journeyId }) => journeyId),
  );
  for (const enrolment of enrolments) {
    // Stands above the one before; they all end with the transaction.
    await tx.$executeRaw`SAVEPOINT one`;
    const own = new Counts();
    try {
      await moveOne(
        { ...scope, counts: own, order: orders.get(enrolment.orderGid ?? "") },
        structuredClone(enrolment),
        on.get(enrolment.journeyId) ?? false,
      );
      counts.addAll(own);
    } catch (error) {
      await tx.$executeRaw`ROLLBACK TO SAVEPOINT one`;
      const text = error instanceof Error ? error.message : String(error);
      failures.push({ id: enrolment.id, error: text });
      await putOff({ ...scope, counts }, enrolment, text);
    }
  }
  await counts.write(tx, shopId);
  return { moved: enrolments.length - failures.length, failures };
}

/** Read once for all of them: conditions ask for little else. */
async function ordersOf(
  tx: Tx,
  shopId: ShopId,
  enrolments: readonly Enrolment[],
): Promise<ReadonlyMap<string, OrderWithLines>> {
  const gids = enrolments.flatMap(({ orderGid }) => orderGid ?? []);
  const orders = await tx.order.findMany({
    where: { shopId, gid: { in: gids } },
    include: { lines: { orderBy: { gid: "asc" } } },
  });
  return new Map(orders.map((order) => [order.gid, order]));
}

async function moveOne(scope: Scope, enrolment: Enrolment, isOn: boolean): Promise<void> {
  const { tx, shopId } = scope;
  const plan = await planOf(tx, shopId, enrolment.journeyId, enrolment.version);
  if (plan) return goOn({ ...scope, plan, enrolment, isOn });
  await tx.enrolment.update({
    where: { shopId_id: { shopId, id: enrolment.id } },
    data: { state: "left", reason: "journey-gone", position: null, dueAt: null, endedAt: scope.config.now },
  });
}

/** Tried again later, a few times. */
async function putOff(
  { tx, shopId, config, counts }: Scope,
  enrolment: Enrolment,
  error: string,
): Promise<void> {
  const { id, attempts, journeyId, position } = enrolment;
  const minutes = BACKOFF[attempts];
  const reason = error.slice(0, 300);
  if (minutes === undefined) {
    counts.add(journeyId, position ?? "", { waiting: -1 });
    counts.add(journeyId, WHOLE, { waiting: -1, refused: 1 });
  }
  await tx.enrolment.update({
    where: { shopId_id: { shopId, id } },
    data:
      minutes === undefined
        ? { state: "failed", reason, position: null, dueAt: null, endedAt: config.now }
        : { attempts: attempts + 1, reason, dueAt: new Date(config.now.getTime() + minutes * 60_000) },
  });
}
