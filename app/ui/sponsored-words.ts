import type { InvalidRule } from "#app/sponsored/invalid-traffic";
import type { TheirState } from "#app/sponsored/partner";

/** Why a click did not count, in words for the merchant. */
const INVALID_WORDS: Record<InvalidRule, string> = {
  machine: "a robot, a link checker, or a page that was loaded ahead",
  "too-fast": "within a second of the page being made",
  duplicate: "the same offer was clicked before",
  "too-many-by-person": "more than three clicks on one advertiser by one person in a day",
  "too-many-by-address": "more than twenty clicks from one address in an hour",
  "not-running": "the campaign was paused or over",
  "over-budget": "the budget was used up",
};

export function invalidWords(reason: string): string {
  return INVALID_WORDS[reason as InvalidRule] ?? reason;
}

export const ENTRY_WORDS = {
  charge: "Charge",
  reversal: "Reversal",
  share: "Host's share",
  payout: "Payment",
} as const;

/** What became of an offer that we let a partner show. */
export const THEIR_STATE_WORDS: Record<TheirState, string> = {
  sent: "On its way",
  refused: "Not possible there: another currency, or below their least price",
  waiting: "Waits for their approval",
  live: "Shown there",
  paused: "Paused there",
  rejected: "They rejected it",
  archived: "No longer shown there",
};

/** Why a campaign was not moved. */
export const REFUSED_STEPS = {
  "not-possible": "The campaign was changed meanwhile.",
  "partner-gone": "The partner withdrew this offer, its dates are over, or the partnership has ended.",
  "advertiser-not-approved": "Approve the advertiser first, on the Advertisers page.",
} as const;
