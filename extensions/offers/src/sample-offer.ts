import type { OfferPlacement } from "../../shared/contract";
import type { Page } from "../../shared/page";

/** Stands in the checkout editor where the shop has no offer yet. */
export function sampleOffer({ text }: Page): OfferPlacement {
  return {
    kind: "offer",
    position: 0,
    offerId: "sample",
    productId: "sample",
    variantId: "sample",
    title: text("sample.title"),
    goesWith: text("sample.goes_with"),
    reasons: [{ code: "goes-with", product: text("sample.goes_with") }],
    priceMinor: 4000,
    discountedMinor: 3400,
    currency: "EUR",
    discountPercent: 15,
    validDays: 7,
  };
}
