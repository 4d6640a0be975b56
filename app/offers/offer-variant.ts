import { z } from "zod";
import { OfferFormSchema, type Offer } from "./offer";

/** What a variant of an experiment may change of an offer; what it leaves out stays. */
const { discountPercent, texts, selection, productGid } = OfferFormSchema.shape;
export const OfferChangeSchema = z
  .object({
    discountPercent: discountPercent.optional(),
    texts: texts.optional(),
    selection: selection.optional(),
    productGid: productGid.optional(),
  })
  .refine((change) => change.selection !== "pinned" || !!change.productGid, {
    path: ["productGid"],
    message: "Choose the product to offer.",
  });
export type OfferChange = z.infer<typeof OfferChangeSchema>;

/** The offer with a variant's change; as it is where the change cannot be read. */
export function changedOffer(offer: Offer, stored: unknown): Offer {
  const change = OfferChangeSchema.safeParse(stored);
  if (!change.success) return offer;
  const { texts: changedTexts, ...rest } = change.data;
  return { ...offer, ...rest, texts: { ...offer.texts, ...changedTexts } };
}

/** Products that variants pin, for the shelf. */
export function pinnedBy(changes: unknown[]): string[] {
  return changes.flatMap((change) => {
    const read = OfferChangeSchema.safeParse(change);
    return read.success && read.data.productGid ? [read.data.productGid] : [];
  });
}
