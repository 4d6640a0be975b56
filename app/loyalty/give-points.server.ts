import type { ShopId, Tx } from "#app/db/tx";
import type { Claimant } from "#app/orders/order-claim";
import { appendEntry } from "./ledger.server";
import { memberOf } from "./members.server";
import { programOf } from "./program.server";

export type PointsGift = {
  person: Claimant;
  points: number;
  /** The cause: counted once, however often it is told. */
  sourceKey: string;
};

/** Gives a member points that can be spent at once. */
export async function givePoints(
  tx: Tx,
  shopId: ShopId,
  { person, points, sourceKey }: PointsGift,
  now: Date,
): Promise<{ status: "given" | "no-member" | "no-program" }> {
  const program = await programOf(tx, shopId);
  if (!program.enabled) return { status: "no-program" };
  const member = await memberOf(tx, shopId, person);
  if (!member) return { status: "no-member" };
  const entry = { memberId: member.id, kind: "goodwill", points, sourceKey } as const;
  await appendEntry(tx, shopId, { ...entry, state: "approved", availableAt: now }, now);
  return { status: "given" };
}
