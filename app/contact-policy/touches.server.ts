import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";

export type NewTouch = {
  personKey: string;
  /** Channel or surface: email, thank-you, order-status, … */
  channel: string;
  /** What it was: offer, survey, nps, or a message type. */
  kind: string;
  marketing: boolean;
  /** The same touch told twice counts once. */
  sourceKey: string;
  happenedAt: Date;
};

/** Notes that some of a person's attention was used. */
export async function recordTouch(tx: Tx, shopId: ShopId, touch: NewTouch): Promise<void> {
  await tx.touch.createMany({
    data: [{ shopId, id: newId(touch.happenedAt), ...touch }],
    skipDuplicates: true,
  });
}

/** What was counted before it happened did not happen: the attention was not used. */
export async function takeBackTouch(tx: Tx, shopId: ShopId, sourceKey: string): Promise<void> {
  await tx.touch.deleteMany({ where: { shopId, sourceKey } });
}

/** An order told us its customer: what was counted under the order now counts for the customer. Safe to repeat. */
export async function joinPerson(
  tx: Tx,
  shopId: ShopId,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx.touch.updateMany({ where: { shopId, personKey: from }, data: { personKey: to } });
  await tx.hold.updateMany({ where: { shopId, personKey: from }, data: { personKey: to } });
}
