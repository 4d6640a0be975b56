import { shared } from "#app/decisions/model/features";
import type { Features } from "#app/decisions/candidate";
import type { Card } from "./card.server";
import { discountedPrice, type Offer } from "./offer";

/** How well a product fits an order and why, and what of it the model learns from. */

/** How a product came to be proposed, best reason first. */
export type FitSource = keyof typeof FIT_SOURCES;
const FIT_SOURCES = {
  pinned: 0,
  together: 1,
  "bought-before": 2,
  category: 3,
  "popular-in-category": 4,
  popular: 5,
  catalogue: 6,
};

export type Fit = {
  card: Card;
  /** About the chance that such an order also has it. */
  fit: number;
  source: FitSource;
  /** The ordered product that it goes with best. */
  goesWith: string | null;
  /** Its category is in the order. */
  match: boolean;
  boughtBefore: boolean;
};

/** A longer name is a description. */
const LONGEST_CATEGORY = 40;
/** Share of the price that a product is taken to cost where the shop does not say. */
const USUAL_COST = 0.5;

/** The same few come again and again while the card is in memory, so it keeps them, by what else they depend on. */
export function featuresOf(
  { discountPercent }: Offer,
  { card, source, match, boughtBefore }: Fit,
  price: PriceBand,
) {
  const ofCard = (card.features ??= new Map<number, Features>());
  const bands = PRICE_BANDS[price] * 2 + (match ? 1 : 0);
  const key = ((discountPercent * 16 + FIT_SOURCES[source]) * 16 + bands) * 2 + (boughtBefore ? 1 : 0);
  let features = ofCard.get(key);
  if (!features) {
    const discountedMinor = discountedPrice(card.priceMinor, discountPercent);
    const margin = marginBand(discountedMinor, usualCost(card));
    const category = card.category.slice(0, LONGEST_CATEGORY);
    const alike = { discountPercent, category, price, margin };
    features = shared(
      boughtBefore ? { source, match, history: "bought", ...alike } : { source, match, ...alike },
    );
    ofCard.set(key, features);
  }
  return features;
}

/** What the product costs the shop; the usual share of its price where the shop does not say, or says nonsense. */
export function usualCost({ costMinor, priceMinor }: Card): number {
  const known = costMinor !== null && Number.isFinite(costMinor) && costMinor >= 0;
  return known ? costMinor : Math.round(priceMinor * USUAL_COST);
}

type PriceBand = keyof typeof PRICE_BANDS;
const PRICE_BANDS = { unknown: 0, small: 1, part: 2, like: 3, more: 4 };

/** The price beside the value of the order: what is added to it, in words. */
export function priceBand(priceMinor: number, orderValueMinor = 0): PriceBand {
  if (!(orderValueMinor > 0)) return "unknown";
  const share = priceMinor / orderValueMinor;
  if (share < 0.25) return "small";
  if (share < 0.6) return "part";
  return share < 1.2 ? "like" : "more";
}

/** What the shop keeps of the price, in fifths. */
function marginBand(priceMinor: number, costMinor: number): string {
  const share = (priceMinor - costMinor) / priceMinor;
  return Number.isFinite(share) ? `${Math.max(-1, Math.floor(share * 5))}/5` : "unknown";
}
