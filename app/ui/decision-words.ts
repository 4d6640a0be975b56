import type { Rejection } from "#app/decisions/candidate";

/** Why a candidate was not shown, in words for the merchant. */
export const REASON_WORDS: Record<Rejection, string> = {
  "surface-off": "This place is switched off in the settings",
  holdout: "This shopper is in the group that sees no offers",
  hold: "The shopper has an open case or a late parcel, or the order was cancelled or refunded",
  dismissed: "The shopper said “not for me”",
  taken: "The shopper already took it",
  capped: "The shopper has seen enough offers this week",
  excluded: "You said that it should never stand here",
  "not-targeted": "It is meant for other orders or shoppers",
  "offer-capped": "The shopper has seen it as often as you allow",
  "used-up": "It was taken as often as you allow",
  worthless: "Nothing would be left after discount and cost",
  "offer-first": "Thanks and help stand back while there is an offer",
  "below-floor": "It fits too little for an order of this value",
  "not-drawn": "Good enough, but not drawn",
};

/** Reasons of those that a rule kept out before anything was weighed. */
const REFUSALS: ReadonlySet<string> = new Set<Rejection>([
  "excluded",
  "not-targeted",
  "offer-capped",
  "used-up",
]);

export function isRefused(reason: string | null | undefined): boolean {
  return REFUSALS.has(reason ?? "");
}

export function reasonWords(reason: string | null | undefined): string {
  return REASON_WORDS[reason as Rejection] ?? "";
}

export const OUTCOME_WORDS = {
  bought: "Bought",
  accepted: "Accepted",
  dismissed: "Not for me",
  clicked: "Clicked",
  seen: "Seen",
  "not seen": "Not seen yet",
} as const;

export const SURFACE_WORDS: Record<string, string> = {
  cart: "Cart",
  checkout: "Checkout",
  payment: "Payment step",
  account: "Customer account",
  tracking: "Tracking page",
  "thank-you": "Thank-you page",
  "order-status": "Order status page",
  message: "Email",
};

/** How a product came to be proposed (features.source). */
export const SOURCE_WORDS: Record<string, string> = {
  together: "bought together",
  "bought-before": "bought before",
  category: "bought with this category",
  "popular-in-category": "popular in this category",
  popular: "popular",
  catalogue: "from the catalogue",
  pinned: "chosen by you",
  sponsored: "bid × your share",
};
