import type { Simulation } from "#app/journeys/simulate.server";
import { reasonText } from "#app/ui/message-words";

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

/** Reasons in words; those of messages as everywhere, and what is nobody's own stands as it came. */
export function reasonWords(reason: string): string {
  return REASONS[reason] ?? reasonText(reason);
}

/** Why something would not be done, beside or in other words than why a message was not sent. */
const REASONS: Record<string, string> = {
  "assumed-not": "As if it did not happen before then.",
  "assumed-settled": "Waits while a case, a return or a late parcel is open; here as if it were settled now.",
  "no-review-page": "There is no page to write a review on.",
  suppressed: "The address bounced, complained or was erased.",
  "no-short-text": "The template has no short text for this channel.",
  "template-gone": "The template is gone.",
  "survey-off": "The survey is not live.",
  "no-address": "There is no address that this could go to.",
  "no-order": "There is no order to go by.",
  "no-customer": "The shopper has no customer account.",
  "no-member": "The shopper is not in the loyalty programme.",
  "code-failed": "Shopify could not make the code.",
};
