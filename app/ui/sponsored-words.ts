import type { InvalidRule } from "#app/sponsored/invalid-traffic";
import type { TheirStanding } from "#app/sponsored/partner";
import type { StatementEntry } from "#app/sponsored/statement.server";

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

type Entry = Pick<StatementEntry, "kind" | "amountMinor" | "isPartners">;

/** What an entry of the ledger is. A partner's own charges stand there too, as what this shop owes. */
export function entryWords({ kind, amountMinor, isPartners }: Entry): string {
  if (kind === "share") return "Host's share";
  if (kind === "payout") return amountMinor > 0 ? "Payment made" : "Payment received";
  const words = kind === "charge" ? "Charge" : "Reversal";
  return isPartners ? `${words} by partner` : words;
}

/** What became of an offer that we let a partner show. */
export const THEIR_STATE_WORDS: Record<TheirStanding, string> = {
  sent: "On its way",
  refused: "Not possible there: another currency, or below their least price",
  blocked: "Blocked there",
  waiting: "Waits for their approval",
  live: "Shown there",
  planned: "Approved there, has not begun yet",
  over: "Over: its last day has passed",
  "used-up": "Its budget is used up",
  paused: "Paused there",
  rejected: "They rejected it",
  archived: "No longer shown there",
};

/** Why a campaign was not moved. */
export const REFUSED_STEPS = {
  "not-possible": "The campaign was changed meanwhile.",
  "partner-gone": "The partner withdrew this offer, its dates are over, or the partnership has ended.",
  blocked: "Your own rules block this campaign. Change them on the Rules page first.",
  "advertiser-not-approved": "Approve the advertiser first, on the Advertisers page.",
} as const;
