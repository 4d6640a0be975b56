import { shared } from "#app/decisions/model/features";
import type { Features } from "#app/decisions/candidate";
import type { Card } from "./card.server";
import { discountedPrice, type Offer } from "./offer";

/** How well a product fits an order and why, and what of it the model learns from. */

/** How a product came to be proposed, best reason first. Numbers, because fifty candidates look them up. */
export const SOURCE = {
  pinned: 0,
  together: 1,
  "bought-before": 2,
  category: 3,
  "popular-in-category": 4,
  popular: 5,
  catalogue: 6,
} as const;
export type FitSource = (typeof SOURCE)[keyof typeof SOURCE];
const SOURCES = Object.keys(SOURCE);

export function nameOfSource(source: FitSource): string {
  return SOURCES[source]!;
}

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

/** A product at one discount: what a candidate says of it, whatever the order. */
export type Terms = {
  discountPercent: number;
  discountedMinor: number;
  /** What the shop nets of that. */
  netMinor: number;
  told: Told;
};

/**
 * What is told of all products of one category, margin and discount: one table, so that fifty candidates look into a few of
 * them, which stay near the processor. By what else it depends on, see `featuresOf`.
 */
type Told = {
  discountPercent: number;
  category: string;
  margin: string;
  features: (Features | undefined)[];
};

const tables = new Map<string, Told>();
const MOST_TABLES = 20_000;

/** A card keeps its terms, for each discount that it was proposed with. */
export function termsOf(card: Card, { discountPercent }: Offer): Terms {
  const known = (card.terms ??= []);
  for (let index = 0; index < known.length; index++) {
    if (known[index]!.discountPercent === discountPercent) return known[index]!;
  }
  const discountedMinor = discountedPrice(card.priceMinor, discountPercent);
  const costMinor = usualCost(card);
  const told = tableOf(card, discountPercent, marginBand(discountedMinor, costMinor));
  const terms = { discountPercent, discountedMinor, netMinor: discountedMinor - costMinor, told };
  known.push(terms);
  return terms;
}

function tableOf(card: Card, discountPercent: number, margin: string): Told {
  const category = card.category.slice(0, LONGEST_CATEGORY);
  const key = `${discountPercent} ${margin} ${category}`;
  let told = tables.get(key);
  if (!told) {
    if (tables.size >= MOST_TABLES) tables.clear();
    tables.set(key, (told = { discountPercent, category, margin, features: [] }));
  }
  return told;
}

/** What the model is told of a fit: the same few objects come again and again. */
export function featuresOf({ told }: Terms, fit: Fit, price: PriceBand): Features {
  const { source, match, boughtBefore } = fit;
  const place = ((source * PRICE_BANDS.length + price) * 2 + (match ? 1 : 0)) * 2 + (boughtBefore ? 1 : 0);
  return (told.features[place] ??= featuresFrom(told, fit, price));
}

function featuresFrom(
  { discountPercent, category, margin }: Told,
  { source, match, boughtBefore }: Fit,
  price: PriceBand,
): Features {
  const how = { source: nameOfSource(source), match };
  const alike = { discountPercent, category, price: PRICE_BANDS[price]!, margin };
  return shared(boughtBefore ? { ...how, history: "bought", ...alike } : { ...how, ...alike });
}

/** What the product costs the shop; the usual share of its price where the shop does not say, or says nonsense. */
function usualCost({ costMinor, priceMinor }: Card): number {
  const known = costMinor !== null && Number.isFinite(costMinor) && costMinor >= 0;
  return known ? costMinor : Math.round(priceMinor * USUAL_COST);
}

const PRICE = { unknown: 0, small: 1, part: 2, like: 3, more: 4 } as const;
type PriceBand = (typeof PRICE)[keyof typeof PRICE];
const PRICE_BANDS = Object.keys(PRICE);

/** The price beside the value of the order: what is added to it. */
export function priceBand(priceMinor: number, orderValueMinor = 0): PriceBand {
  if (!(orderValueMinor > 0)) return PRICE.unknown;
  const share = priceMinor / orderValueMinor;
  if (share < 0.25) return PRICE.small;
  if (share < 0.6) return PRICE.part;
  return share < 1.2 ? PRICE.like : PRICE.more;
}

/** What the shop keeps of the price, in fifths. */
function marginBand(priceMinor: number, costMinor: number): string {
  const share = (priceMinor - costMinor) / priceMinor;
  return Number.isFinite(share) ? `${Math.max(-1, Math.floor(share * 5))}/5` : "unknown";
}
