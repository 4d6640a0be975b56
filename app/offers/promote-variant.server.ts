import type { ShopId, Tx } from "#app/db/tx";
import { readOffer, type Offer } from "./offer";
import { changedOffer, OfferChangeSchema, type OfferChange } from "./offer-variant";

/** What promoting a variant replaced; applying it again takes the promotion back. */
export type ReplacedTerms = Pick<Offer, "discountPercent" | "texts" | "selection" | "productGid">;

/**
 * The offer becomes what the variant was. Codes that were given keep their terms.
 * @returns what it replaced; null where the offer is gone or archived, or the change cannot be read
 */
export async function promoteOfferVariant(
  tx: Tx,
  shopId: ShopId,
  offerId: string,
  change: unknown,
  now: Date,
): Promise<ReplacedTerms | null> {
  const row = await tx.offer.findUnique({ where: { shopId_id: { shopId, id: offerId } } });
  if (!row || row.status === "archived" || !OfferChangeSchema.safeParse(change).success) return null;
  const before = readOffer(row);
  const terms = termsOf(changedOffer(before, change));
  await tx.offer.update({
    where: { shopId_id: { shopId, id: offerId } },
    data: { ...terms, updatedAt: now },
  });
  return termsOf(before);
}

/** Terms that a variant can change. */
function termsOf({ discountPercent, texts, selection, productGid }: Offer): ReplacedTerms {
  return { discountPercent, texts, selection, productGid: selection === "pinned" ? productGid : null };
}

export async function restoreTerms(
  tx: Tx,
  shopId: ShopId,
  offerId: string,
  replaced: ReplacedTerms,
  now: Date,
): Promise<boolean> {
  const restored = await tx.offer.updateMany({
    where: { shopId, id: offerId, status: { not: "archived" } },
    data: { ...replaced, updatedAt: now },
  });
  return restored.count > 0;
}

/** The discount that this person was promised by the variant they met; the offer's own where they met none. */
export async function discountShown(
  tx: Tx,
  shopId: ShopId,
  offer: Pick<Offer, "id" | "discountPercent">,
  decisionId: string,
): Promise<number> {
  const [met] = await tx.$queryRaw<{ change: OfferChange }[]>`
    SELECT v.value->'change' AS change
    FROM "Decision" d
    JOIN "Experiment" e ON e."shopId" = d."shopId" AND e.subject = 'offer' AND e."subjectId" = ${offer.id}
    CROSS JOIN LATERAL jsonb_array_elements(e.variants) v
    WHERE d."shopId" = ${shopId} AND d.id = ${decisionId}::uuid AND v.value->>'key' = d.context->'trials'->>(e.id::text)`;
  return met?.change.discountPercent ?? offer.discountPercent;
}
