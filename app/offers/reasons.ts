import type { OfferReason } from "../../extensions/shared/contract";

/** What is known of why a product was proposed. */
export type Grounds = {
  /** The ordered product that it goes with best, where enough orders had both. */
  goesWith: string | null;
  /** How it was found: together, category, popular-in-category, … */
  source: string;
  category: string;
  /** The customer bought it before. */
  boughtBefore?: boolean;
};

/**
 * What may be said of a proposal, best reason first. Only what is true and says something about this order: that a
 * product is merely popular, or that the merchant chose it, is no reason for a shopper.
 */
export function reasonsFor({ goesWith, source, category, boughtBefore }: Grounds): OfferReason[] {
  const reasons: OfferReason[] = [];
  if (goesWith) reasons.push({ code: "goes-with", product: goesWith });
  if (boughtBefore) reasons.push({ code: "bought-before" });
  if (source === "popular-in-category" && category) reasons.push({ code: "popular-in-category", category });
  return reasons;
}
