import type { Message } from "#app/generated/prisma/client";
import type { Locale } from "#app/shops/settings";
import type { Condition } from "./compiled";
import type { Value } from "./variables";

/**
 * The offer slot of a mail. Messages know no offers: the worker passes a port that decides when a mail is written, once
 * per mail, and says what stands in the slot.
 */
export type MailOffer = {
  /** The placement, so that clicks and opens can be told to the decision. */
  decisionId: string;
  position: number;
  title: string;
  reason: string;
  imageUrl: string | null;
  priceMinor: number;
  discountedMinor: number;
  currency: string;
  url: string;
  /** Where the shopper can say "not for me". */
  declineUrl: string;
};

/** @throws where an offer was chosen that is not ready yet; the mail is then written again a moment later */
export type MailOfferPort = (message: Message, locale: Locale) => Promise<MailOffer | null>;

export function offerValues(offer: MailOffer): [string, Value][] {
  const { title, reason, imageUrl, priceMinor, discountedMinor, currency, url, declineUrl } = offer;
  return [
    ["offer.title", title],
    ["offer.reason", reason],
    ["offer.price", { minor: priceMinor, currency }],
    ["offer.discounted", { minor: discountedMinor, currency }],
    ["offer.image", imageUrl],
    ["offer.url", url],
    ["offer.decline", declineUrl],
  ];
}

export function offerConditions({ imageUrl, reason, priceMinor, discountedMinor }: MailOffer): Condition[] {
  return [
    "offer",
    ...(imageUrl ? (["offer-image"] as const) : []),
    ...(reason ? (["offer-reason"] as const) : []),
    ...(discountedMinor < priceMinor ? (["offer-discount"] as const) : []),
  ];
}
