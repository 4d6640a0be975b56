/** The nouns of contact policy: channels, purposes, limits and the rules that need no database. */

/** Ways to reach out to a person who is not looking at us right now. */
export type Channel = "email" | "sms" | "whatsapp" | "push";

export type Purpose = "transactional" | "marketing";

export type ConsentState = "subscribed" | "unsubscribed" | "pending" | "not_subscribed";

/**
 * Where a change of consent came from.
 * `shopify` is a change that Shopify dates itself (webhook, API); `import` is a state of unknown date.
 */
export type ConsentSource =
  "thank-you" | "account" | "preference-page" | "one-click" | "shopify" | "import" | "staff";

/** Sources in which the person acted, so that "unsubscribed" may become "subscribed" again. */
const ACTS_OF_THE_PERSON: readonly ConsentSource[] = ["thank-you", "account", "preference-page", "shopify"];

export function mayRaiseConsent(source: ConsentSource): boolean {
  return ACTS_OF_THE_PERSON.includes(source);
}

/** How much of a person's attention we may use. */
export type Limits = {
  marketingPerDay: number;
  marketingPerWeek: number;
  surveyGapDays: number;
  npsGapDays: number;
  /** Local hours in which no marketing is sent: from `start` in the evening to `end` in the morning. */
  quiet: { startHour: number; endHour: number };
};

export const DEFAULT_LIMITS: Limits = {
  marketingPerDay: 1,
  marketingPerWeek: 3,
  surveyGapDays: 21,
  npsGapDays: 90,
  quiet: { startHour: 21, endHour: 8 },
};

/** Why a person was not contacted. Stored with the message and shown to the merchant. */
export type RefusalReason =
  | "suppressed"
  | "type-unwanted"
  | "no-consent"
  | "hold"
  | "marketing-cap-day"
  | "marketing-cap-week"
  | "survey-gap"
  | "nps-gap"
  | "quiet-hours";

/** `until` is set where waiting helps: the first moment (UTC) at which the reason no longer holds. */
export type Verdict = { allowed: true } | { allowed: false; reason: RefusalReason; until?: Date };
