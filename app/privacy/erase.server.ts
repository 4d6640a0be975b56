import { Prisma, type PrivacyRequest } from "#app/generated/prisma/client";
import type { ShopId, Tx } from "#app/db/tx";
import { enqueue } from "#app/queue/queue.server";
import { erasePerson } from "./erase-person.server";
import { eraseShop } from "./erase-shop.server";

/**
 * Erasure in steps. Each is one short transaction that also notes how far it has come, so that a shop of any size is erased,
 * and whoever takes a request up after a crash goes on where it stopped.
 */

/** What a step did: how many rows, how far the request has come by it, and whether that is the end. */
export type Step = { rows: number; reached: string | null; isDone?: boolean };

/**
 * Takes the next step of a request. One that somebody else is working on is left to them.
 * @returns whether there is more to do
 */
export async function eraseNext(tx: Tx, shopId: ShopId, requestId: string, now: Date): Promise<boolean> {
  const [request] = await tx.$queryRaw<PrivacyRequest[]>`
    SELECT * FROM "PrivacyRequest" WHERE "shopId" = ${shopId} AND id = ${requestId}::uuid AND "doneAt" IS NULL
    FOR UPDATE SKIP LOCKED`;
  if (!request) return false;
  const key = { shopId_id: { shopId, id: requestId } };
  const isShop = request.kind === "shop_redact";
  if (isShop && (await hasComeBack(tx, shopId))) {
    await tx.privacyRequest.delete({ where: key });
    return false;
  }
  const step = isShop ? await eraseShop(tx, request) : await erasePerson(tx, request);
  await tx.privacyRequest.update({
    where: key,
    data: {
      reached: step.reached,
      workedAt: now,
      deletedRows: { increment: step.rows },
      ...(step.isDone && { doneAt: now, person: Prisma.DbNull }),
    },
  });
  return !step.isDone;
}

/** A shop that was installed anew keeps what it has. The lock makes an installation wait until the step is over. */
async function hasComeBack(tx: Tx, shopId: ShopId): Promise<boolean> {
  const [shop] = await tx.$queryRaw<{ redactedAt: Date | null }[]>`
    SELECT "redactedAt" FROM "Shop" WHERE id = ${shopId} FOR SHARE`;
  return !shop?.redactedAt;
}

/** How long a request may stand still before it is taken up again: longer than its job is retried. */
const STALLED_MS = 30 * 60_000;

/** Erasures that nobody goes on with. Read across all shops. */
export async function stalledErasures(tx: Tx, now: Date): Promise<{ shopId: ShopId; id: string }[]> {
  return tx.privacyRequest.findMany({
    where: { doneAt: null, workedAt: { lt: new Date(now.getTime() - STALLED_MS) } },
    select: { shopId: true, id: true },
    take: 100,
  });
}

/** Has a request worked on from now. */
export async function goOnErasing(tx: Tx, shopId: ShopId, requestId: string, now: Date): Promise<void> {
  await tx.privacyRequest.updateMany({ where: { shopId, id: requestId }, data: { workedAt: now } });
  await enqueue(tx, "privacy.erase", { shopId, requestId });
}
