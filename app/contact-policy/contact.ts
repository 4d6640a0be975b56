/** The nouns of contact policy: channels, purposes, limits and the rules that need no database. */

/** Ways to reach out to a person who is not looking at us right now. */
export const CHANNELS = ["email", "sms", "whatsapp", "push", "inbox", "phone", "webhook"] as const;
export type Channel = (typeof CHANNELS)[number];

export type Purpose = "transactional" | "marketing";

export type ConsentState = "subscribed" | "unsubscribed" | "pending" | "not_subscribed";

/**
 * Where a change of consent came from.
 * `shopify` is a change that Shopify dates itself (webhook, API); `import` is a state of unknown date; `stop` and `start`
 * are words sent as an answer, `confirmation` is the button of a confirmation page.
 */
export type ConsentSource =
  | "thank-you"
  | "account"
  | "tracking"
  | "preference-page"
  | "confirmation"
  | "one-click"
  | "stop"
  | "start"
  | "complaint"
  | "shopify"
  | "import"
  | "staff";

/** Sources in which the person acted, so that "unsubscribed" may become "subscribed" again. */
const ACTS_OF_THE_PERSON: readonly ConsentSource[] = [
  "thank-you",
  "account",
  "tracking",
  "preference-page",
  "confirmation",
  "start",
  "shopify",
];

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
  | "country"
  | "hold"
  | "marketing-cap-day"
  | "marketing-cap-week"
  | "survey-gap"
  | "nps-gap"
  | "quiet-hours";

/** `until` is set where waiting helps: the first moment (UTC) at which the reason no longer holds. */
export type Verdict = { allowed: true } | { allowed: false; reason: RefusalReason; until?: Date };

/**
 * Channels that need an agreement even for news about an order (Meta asks it of every WhatsApp message). On the others
 * the address was given for such news; STOP and the preference page end them. Marketing always needs an agreement.
 */
export const AGREED_ONLY: readonly Channel[] = ["whatsapp"];

/** Channels that ring or light up; the others wait until the person looks. */
const DISTURBING: readonly Channel[] = ["email", "sms", "whatsapp", "push", "phone"];

export function disturbs(channel: string): boolean {
  return DISTURBING.includes(channel as Channel);
}

/** The merchant's own systems are nobody's attention. */
export function reachesAPerson(channel: string): boolean {
  return channel !== "webhook";
}

/** A phone number as networks want it (E.164), or null: a number without its country's prefix reaches nobody for sure. */
export function plainPhone(text: string): string | null {
  const digits = text.replace(/[\s().\-/]/g, "").replace(/^00/, "+");
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null;
}
