import type { ShopId, Tx } from "#app/db/tx";

/**
 * Who met which variant, or was held out: the first time counts, for good. Comparing the arms of a trial starts here.
 */

/** The shop's own holdout as a trial. */
export const SHOP_HOLDOUT = "holdout";
export const HELD_OUT = "held-out";
export const SHOWN = "shown";

/** An offer's own holdout as a trial. */
export function offerHoldoutKey(offerId: string): string {
  return `offer:${offerId}`;
}

export type NewExposure = {
  trialKey: string;
  personKey: string;
  variant: string;
  /** Probability of the holdout at that moment; of an experiment, of the variant. 0..1 */
  share: number;
  orderGid: string | null;
  /** What the order in hand was worth then, minor units. */
  valueMinor: number;
  exposedAt: Date;
};

/** Writes what is new; who is known already stays as they are. Safe to repeat. */
export async function recordExposures(tx: Tx, shopId: ShopId, exposures: NewExposure[]): Promise<number> {
  if (exposures.length === 0) return 0;
  // As one JSON value: rows come by the thousand, and Prisma would bind each field of each.
  return tx.$executeRaw`
    INSERT INTO "Exposure" ("shopId", "trialKey", "personKey", variant, share, "orderGid", "valueMinor", "exposedAt")
    SELECT ${shopId}, e."trialKey", e."personKey", e.variant, e.share, e."orderGid", e."valueMinor", e."exposedAt"
    FROM jsonb_to_recordset(${JSON.stringify(exposures)}::jsonb) AS e("trialKey" text, "personKey" text, variant text,
      share float8, "orderGid" text, "valueMinor" bigint, "exposedAt" timestamptz)
    ON CONFLICT DO NOTHING`;
}

/** An order told us its customer: what was met under the order now counts for the customer, who may be known already. */
export async function joinExposures(
  tx: Tx,
  shopId: ShopId,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Exposure" e SET "personKey" = ${to}
    WHERE e."shopId" = ${shopId} AND e."personKey" = ${from}
      AND NOT EXISTS (SELECT FROM "Exposure" known
        WHERE known."shopId" = e."shopId" AND known."trialKey" = e."trialKey" AND known."personKey" = ${to})`;
  await tx.exposure.deleteMany({ where: { shopId, personKey: from } });
}

/** What was met in the checkout was met with this order in hand. */
export async function moveExposures(
  tx: Tx,
  shopId: ShopId,
  { visit, orderGid }: { visit: string; orderGid: string },
): Promise<void> {
  await tx.exposure.updateMany({ where: { shopId, orderGid: visit }, data: { orderGid } });
}
