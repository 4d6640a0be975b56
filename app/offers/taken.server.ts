import type { ShopId, Tx } from "#app/db/tx";
import { waitForTurn } from "#app/db/wait-for-turn";
import { recordAcceptance, type PlacementKey } from "#app/decisions/outcomes.server";
import { Prisma } from "#app/generated/prisma/client";
import type { Offer } from "./offer";

/**
 * How often an offer was taken, and may be: the merchant's "taken at most". The count is kept only while there is such a cap.
 * A code that waits in somebody's mail holds its place until it ends.
 */
type Capped = Pick<Offer, "id" | "capTotal">;

/**
 * One more shopper takes it. In the transaction that grants what was offered; waits for others who take the same.
 * @returns false where it was taken as often as the merchant allows
 */
export async function takeOne(tx: Tx, shopId: ShopId, { id, capTotal }: Capped, now: Date): Promise<boolean> {
  if (capTotal === null) return true;
  await waitForTurn(tx, turnOf(shopId, id));
  const counted = await tx.$executeRaw`
    UPDATE "Offer" SET taken = taken + 1
    WHERE "shopId" = ${shopId} AND id = ${id}::uuid
      AND ("capTotal" IS NULL OR taken + ${waitingInMails(shopId, id, now)} < "capTotal")`;
  return counted > 0;
}

/** Nothing came of what was taken: Shopify refused. The next shopper may have it, and this one is offered it again. */
export async function takeBack(
  tx: Tx,
  shopId: ShopId,
  { offerId, decisionId, position }: PlacementKey & { offerId: string },
): Promise<void> {
  const { count } = await tx.placement.updateMany({
    where: { shopId, decisionId, position, acceptedAt: { not: null } },
    data: { acceptedAt: null },
  });
  if (count === 0) return;
  await tx.$executeRaw`
    UPDATE "Offer" SET taken = taken - 1
    WHERE "shopId" = ${shopId} AND id = ${offerId}::uuid AND "capTotal" IS NOT NULL AND taken > 0`;
}

/** Whether one more mail may carry it. Whoever else takes or carries it waits until this transaction has ended. */
export async function hasRoom(tx: Tx, shopId: ShopId, { id, capTotal }: Capped, now: Date): Promise<boolean> {
  if (capTotal === null) return true;
  await waitForTurn(tx, turnOf(shopId, id));
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Offer" WHERE "shopId" = ${shopId} AND id = ${id}::uuid
      AND ("capTotal" IS NULL OR taken + ${waitingInMails(shopId, id, now)} < "capTotal")`;
  return rows.length > 0;
}

/** An order shows that it was taken: by the code of a mail, or after a click in one. Such a mail asked nobody beforehand. */
export async function noteTaken(
  tx: Tx,
  shopId: ShopId,
  { offerId, ...placement }: PlacementKey & { offerId: string },
  at: Date,
): Promise<void> {
  if (!(await recordAcceptance(tx, shopId, placement, at))) return;
  await tx.$executeRaw`
    UPDATE "Offer" SET taken = taken + 1
    WHERE "shopId" = ${shopId} AND id = ${offerId}::uuid AND "capTotal" IS NOT NULL`;
}

/** The count starts from what was taken so far: a cap was set. */
export async function countTaken(tx: Tx, shopId: ShopId, id: string): Promise<void> {
  const taken = await tx.placement.count({
    where: { shopId, kind: "offer", candidateId: id, acceptedAt: { not: null } },
  });
  await tx.offer.update({ where: { shopId_id: { shopId, id } }, data: { taken } });
}

function turnOf(shopId: ShopId, offerId: string): string {
  return `cap ${shopId} ${offerId}`;
}

/** Codes of mails that nobody has used yet, whether or not their reader bought by another way. */
function waitingInMails(shopId: ShopId, offerId: string, now: Date): Prisma.Sql {
  return Prisma.sql`(
    SELECT count(*) FROM "OfferCode" c
    JOIN "Placement" p ON p."shopId" = c."shopId" AND p."decisionId" = c."decisionId" AND p.position = c.position
    WHERE c."shopId" = ${shopId} AND c."offerId" = ${offerId}::uuid
      AND c.state IN ('pending', 'unknown', 'created') AND c."expiresAt" > ${now} AND p.surface = 'message')`;
}
