import type { Simulation } from "#app/journeys/simulate.server";

/** Why somebody would not enter, in words for the merchant. */
export const KEPT_WORDS: Record<NonNullable<Simulation["kept"]>, string> = {
  "no-such-moment": "what starts this journey has not happened to this order.",
  "from-history": "it is a test order, or from before you installed Postlude.",
  filters: "the conditions at the start do not hold.",
  "held-out": "they are among those who are held out.",
};

export const CHANNEL_WORDS: Record<string, string> = {
  email: "email",
  sms: "text message",
  whatsapp: "WhatsApp",
  push: "web push",
  inbox: "the inbox on the order page",
  phone: "phone",
  webhook: "webhook",
};

/** Reasons of our own in words; others stand as they came. */
export function reasonWords(reason: string): string {
  return REASONS[reason] ?? reason;
}

/** Why something would not be done. */
const REASONS: Record<string, string> = {
  "assumed-not": "As if it did not happen before then.",
  "assumed-settled": "Waits while a case, a return or a late parcel is open; here as if it were settled now.",
  "no-review-page": "There is no page to write a review on.",
  suppressed: "The address bounced, complained or was erased.",
  "type-unwanted": "The shopper does not want this kind of message.",
  "no-consent": "The shopper did not agree to marketing.",
  country: "The rules of the shopper's country ask for more than this agreement.",
  outranked: "A weightier message to this shopper took the day's place.",
  "channel-off": "This channel is switched off.",
  "no-short-text": "The template has no short text for this channel.",
  hold: "Marketing to this shopper is on hold.",
  "marketing-cap-day": "The shopper already got their marketing of the day.",
  "marketing-cap-week": "The shopper already got their marketing of the week.",
  "survey-gap": "The shopper was asked a survey not long ago.",
  "nps-gap": "The shopper was asked this not long ago.",
  "quiet-hours": "Waits for the morning.",
  "messages-off": "Messages are switched off in the settings.",
  "template-off": "This message is switched off.",
  "template-gone": "The template is gone.",
  "survey-off": "The survey is not live.",
  "no-address": "There is no address that this could go to.",
  "no-order": "There is no order to go by.",
  "no-customer": "The shopper has no customer account.",
  "no-member": "The shopper is not in the loyalty programme.",
  "code-failed": "Shopify could not make the code.",
};
