import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";

export type NewHold = {
  personKey: string;
  /** open-case, late-parcel, return, … */
  reason: string;
  sourceKey: string;
  startsAt: Date;
  endsAt?: Date | null;
};

/** Stops marketing to a person until the hold is released or ends. A hold placed twice is one. */
export async function placeHold(tx: Tx, shopId: ShopId, hold: NewHold): Promise<void> {
  await tx.hold.createMany({
    data: [{ shopId, id: newId(hold.startsAt), ...hold, endsAt: hold.endsAt ?? null }],
    skipDuplicates: true,
  });
}

export async function releaseHold(
  tx: Tx,
  shopId: ShopId,
  { sourceKey, now }: { sourceKey: string; now: Date },
): Promise<void> {
  await tx.hold.updateMany({
    where: { shopId, sourceKey, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
    data: { endsAt: now },
  });
}

/** The holds that stand at `now`, oldest first. */
export async function activeHolds(tx: Tx, shopId: ShopId, person: string, now: Date) {
  return tx.hold.findMany({
    where: {
      shopId,
      personKey: person,
      startsAt: { lte: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
    },
    orderBy: { startsAt: "asc" },
    select: { reason: true, sourceKey: true, startsAt: true, endsAt: true },
  });
}
