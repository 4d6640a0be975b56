import { TRACKING_EXTRA_TEXTS } from "#app/http/tracking-extra-texts";
import { FRAME_TEXTS } from "#app/messages/frame-texts";
import { OFFER } from "#app/messages/library/library-parts";
import { EDITABLE_FROM } from "#app/offers/accept-by";
import type { OfferForm, OfferSurface } from "#app/offers/offer";
import { reasonWords } from "#app/offers/reason-words";
import type { Locale } from "#app/shops/settings";
import de from "../../../extensions/offers/locales/de.json";
import en from "../../../extensions/offers/locales/en.default.json";
import es from "../../../extensions/offers/locales/es.json";
import fr from "../../../extensions/offers/locales/fr.json";

/** What an offer says in each place, in the words that shoppers meet there. */
const BLOCK_WORDS: Record<Locale, typeof en> = { en, de, fr, es };

export type Placed = {
  surface: OfferSurface;
  locale: Locale;
  value: OfferForm;
  /** A number, also while the merchant is typing. */
  percent: number;
  /** The price after discount, with its currency. */
  charged: string;
  /** Whether the shop lets us edit orders. */
  mayEditOrders: boolean;
};

export type PreviewWords = {
  heading: string;
  /** The merchant's own words, where this place has room for them. */
  headline: string;
  body: string;
  reason: string;
  accept: string;
  decline: string;
  terms: string;
};

export function previewWords(placed: Placed): PreviewWords {
  if (placed.surface === "tracking") return trackingWords(placed);
  return placed.surface === "message" ? mailWords(placed) : blockWords(placed);
}

export function sampleTitle(locale: Locale): string {
  return BLOCK_WORDS[locale].sample.title;
}

export function savingWords(locale: Locale, amount: string): string {
  return BLOCK_WORDS[locale].price.saving.replace("{{amount}}", amount);
}

function ownWords({ value, locale }: Placed): { headline: string; body: string } {
  const { headline = "", body = "" } = value.texts[locale] ?? value.texts.en ?? {};
  return { headline, body };
}

/** Only a companion has a reason that is known before there is an order. */
function sampleReason({ value, locale }: Placed): string {
  if (value.selection !== "complementary") return "";
  return reasonWords([{ code: "goes-with", product: BLOCK_WORDS[locale].sample.goes_with }], locale);
}

function trackingWords(placed: Placed): PreviewWords {
  const words = TRACKING_EXTRA_TEXTS[placed.locale];
  const { headline, body } = ownWords(placed);
  return {
    heading: headline || words.offer,
    headline: "",
    body: "",
    reason: body || sampleReason(placed),
    accept: words.take,
    decline: words.decline,
    terms: placed.percent > 0 ? words.takeHelp : "",
  };
}

/** A mail's block has a heading and a button of its own; these are the ones it begins with. */
function mailWords(placed: Placed): PreviewWords {
  const { locale } = placed;
  const field = (name: string) => OFFER.fields[name]?.[locale] ?? "";
  return {
    ...{ heading: field("heading"), headline: "", body: "" },
    ...{ reason: sampleReason(placed), accept: field("button"), decline: FRAME_TEXTS[locale].notForMe },
    terms: "",
  };
}

function blockWords(placed: Placed): PreviewWords {
  const { surface, locale, value } = placed;
  const words = BLOCK_WORDS[locale];
  const isBefore = surface === "cart" || surface === "checkout";
  const goesWith = isBefore ? words.goes_with_cart : words.goes_with;
  return {
    ...ownWords(placed),
    heading: isBefore ? words.heading_cart : surface === "account" ? words.heading_account : words.heading,
    reason:
      value.selection === "complementary" ? goesWith.replace("{{product}}", words.sample.goes_with) : "",
    accept: acceptLabel(placed, isBefore),
    decline: words.dismiss,
    terms: isBefore ? "" : termsOf(placed),
  };
}

function isEdit({ value, surface, mayEditOrders }: Placed): boolean {
  return value.acceptBy === "order-edit" && EDITABLE_FROM.has(surface) && mayEditOrders;
}

function acceptLabel(placed: Placed, isBefore: boolean): string {
  const { locale, percent, charged } = placed;
  const words = BLOCK_WORDS[locale];
  if (isBefore) return words.accept_cart.replace("{{price}}", charged);
  if (isEdit(placed)) return words.accept_order.replace("{{price}}", charged);
  if (percent === 0) return words.accept;
  const share = new Intl.NumberFormat(locale, { style: "percent" }).format(percent / 100);
  return words.accept_discount.replace("{{percent}}", share);
}

function termsOf(placed: Placed): string {
  const { locale, value, percent } = placed;
  const words = BLOCK_WORDS[locale];
  if (isEdit(placed)) return words.terms_order;
  if (percent === 0 || !Number.isFinite(value.validDays)) return "";
  const one = new Intl.PluralRules(locale).select(value.validDays) === "one";
  return (one ? words.terms.one : words.terms.other).replace("{{count}}", String(value.validDays));
}
