import type { AcceptBy, Surface } from "../../extensions/shared/contract";
import type { Candidate, Payload } from "#app/decisions/candidate";
import { usualRate } from "#app/decisions/beliefs";
import { nearestLocale } from "#app/shops/settings";
import type { Prospects } from "./affinity/prospects";
import { categoryNumber, OWN_CATEGORY, OWN_WIDTH } from "./affinity/columns";
import { bestFirst, weighProspects } from "./affinity/rank";
import { isRefill } from "./affinity/sellable";
import { applyRules, isInAny, type Beside } from "./beside";
import type { Bought } from "./bought-before.server";
import { featuresOf, nameOfSource, priceBand, SOURCE, termsOf, type Fit, type FitSource } from "./fit";
import { keptAwayFrom, MOST_KEPT_AWAY } from "./kept-away";
import { isRunning, type Offer } from "./offer";
import { categoriesOf, type Order } from "./order";
import { reasonsFor } from "./reasons";
import type { Card } from "./card.server";
import type { Shelf } from "./shelf.server";

/**
 * Which products to propose for an order, and how well each fits: what goes with the order's products, what this
 * customer buys again, what sells with its categories, best sellers. Pure: works on what is in memory.
 */

export type OfferMoment = {
  surface: Surface;
  locale: string;
  /** Currency of the page. An offer is priced in the shop's currency only: another price would not be the one charged. */
  currency: string;
  shopCurrency: string;
  /** Minor units; left out: unknown. */
  orderValueMinor?: number;
  /** What the customer bought in earlier orders; left out for people we do not know. */
  bought?: readonly Bought[];
  now: Date;
  /** How an offer is taken on this page; left out: by code. */
  acceptBy?: (offer: Offer) => AcceptBy;
};

/** Most candidates handed to a decision. */
const MOST = 50;
/** Nothing is known for or against a product. */
const UNKNOWN_FIT = 0.02;
/** What the merchant put beside a product of the order. */
const PINNED_FIT = 0.3;
/** What the customer bought before and may want again. */
const BOUGHT_FIT = 0.2;

/**
 * Candidates of these offers for an order, likeliest value first; behind them, refused, what the merchant never wants there.
 *
 * @param offers those of them that do not run now and here bring none
 */
export function offerCandidates(
  offers: readonly Offer[],
  shelf: Shelf,
  order: Order,
  moment: OfferMoment,
): Candidate[] {
  if (moment.currency !== moment.shopCurrency) return [];
  const running = offers.filter(
    (offer) => isRunning(offer, moment.now) && (offer.surfaces as Surface[]).includes(moment.surface),
  );
  if (running.length === 0) return [];
  const around = lookAround(shelf, order, moment.bought);
  // Side by side: an object for each would be one more to make, and most is in the fit.
  const proposed: Fit[] = [];
  const proposedBy: Offer[] = [];
  const worth: number[] = [];
  const keptAway: Candidate[] = [];
  for (const offer of running) {
    for (const fit of offer.selection === "pinned"
      ? pinnedFit(offer, around, shelf)
      : complementaryFits(offer, around, shelf)) {
      const { available, priceMinor } = fit.card;
      if (!available || priceMinor < offer.minimumMinor) continue;
      proposed.push(fit);
      proposedBy.push(offer);
      worth.push(priorOf(fit) * termsOf(fit.card, offer).netMinor);
    }
    if (keptAway.length < MOST_KEPT_AWAY) keptAway.push(...keptAwayFrom(offer, around, shelf));
  }
  const payload = (one: Candidate) => payloadFor(one as OfferCandidate, moment);
  const candidates: Candidate[] = [];
  const places = bestFirst(worth, worth.length);
  // Made only of what is judged in the end.
  for (let rank = 0; rank < Math.min(MOST, proposed.length); rank++) {
    const place = places[rank]!;
    candidates.push(candidateFrom(proposedBy[place]!, proposed[place]!, moment, payload));
  }
  return keptAway.length > 0 ? [...candidates, ...keptAway] : candidates;
}

function pinnedFit(offer: Offer, { fits, isExcluded, isBought }: Around, shelf: Shelf): Fit[] {
  const card = offer.productGid ? shelf.pinned.get(offer.productGid) : undefined;
  if (!card || isExcluded(card) || isBought(card)) return [];
  const learnt = fits.find((fit) => fit.card.productGid === card.productGid);
  // The merchant vouches for a pinned product: it is at least an average candidate.
  return [learnt && learnt.fit > UNKNOWN_FIT ? { ...learnt, card } : unknownFit(card, SOURCE.pinned, false)];
}

function complementaryFits(offer: Offer, around: Around, shelf: Shelf): Fit[] {
  const { fits, categories, isExcluded, isBought, owned } = around;
  const { collectionGids, excludedGids, excludedCollectionGids } = offer;
  if (collectionGids.length + excludedGids.length + excludedCollectionGids.length === 0) return fits;
  const [from, never] = [new Set(collectionGids), new Set(excludedCollectionGids)];
  const isOpen = (card: Card) => !excludedGids.includes(card.productGid) && !isInAny(card, never);
  if (from.size === 0) return fits.filter(({ card }) => isOpen(card));
  const learnt = fits.filter(({ card }) => isInAny(card, from) && isOpen(card));
  const fitting = new Set(fits.map(({ card }) => card.productGid));
  // Best sellers of the collection that nothing speaks for beside this order.
  const others = [...from]
    .flatMap((gid) => shelf.ofCollection.get(gid) ?? [])
    .filter(
      (card) =>
        !fitting.has(card.productGid) &&
        !owned.has(card.productGid) &&
        !isExcluded(card) &&
        !isBought(card) &&
        isOpen(card),
    )
    .map((card) =>
      unknownFit(card, shelf.learnt ? SOURCE.popular : SOURCE.catalogue, categories.has(card.category)),
    );
  return [...learnt, ...others];
}

function unknownFit(card: Card, source: FitSource, match: boolean): Fit {
  return { card, fit: UNKNOWN_FIT, source, goesWith: null, match, boughtBefore: false };
}

type Around = {
  /** In no order; a product once. */
  fits: Fit[];
  /** The same, of what must not stand beside the order. */
  keptAway: Fit[];
  /** Products of the order. */
  inOrder: ReadonlySet<string>;
  /** It is in the order, and nobody buys it twice. What was ranked is never in the order. */
  isBought: (card: Card) => boolean;
  /** Of the products of the order. */
  categories: ReadonlySet<string>;
  isExcluded: Beside["isExcluded"];
  /** What the customer has and does not need twice. */
  owned: ReadonlySet<string>;
};

const NOTHING_OWNED: ReadonlySet<string> = new Set();

/** What fits an order, and what must not stand beside it. */
function lookAround(shelf: Shelf, order: Order, bought: readonly Bought[] = []): Around {
  const { productGids, products } = order;
  const categories = categoriesOf(products);
  const { ordered, isExcluded } = applyRules(shelf, products);
  const around = {
    ordered,
    popular: shelf.popular,
    bought,
    related: order.categories.map(({ others }) => others),
    habits: shelf.habits,
  };
  const fits: Fit[] = [];
  const keptAway: Fit[] = [];
  const ofOrder = { ordered, categories: [...categories].map(categoryNumber), learnt: shelf.learnt };
  const { found, chances } = weighProspects(around, shelf.blend);
  for (let row = 0; row < found.count; row++) {
    const fit = fitFrom(found, row, chances[row]!, ofOrder);
    (isExcluded(fit.card) ? keptAway : fits).push(fit);
  }
  const owned = bought.length > 0 ? ownedOf(bought, shelf) : NOTHING_OWNED;
  const inOrder = new Set(productGids);
  const isBought = (card: Card) => inOrder.has(card.productGid) && !isRefill(shelf.habits, card.category);
  return { fits, keptAway, inOrder, isBought, categories, isExcluded, owned };
}

function ownedOf(bought: readonly Bought[], { habits }: Shelf): Set<string> {
  return new Set(
    bought.flatMap(({ product }) => (isRefill(habits, product.category) ? [] : [product.productGid])),
  );
}

/** What a fit asks of its order. */
type OfOrder = {
  ordered: readonly { title: string }[];
  /** Their numbers: to compare them costs less than to look words up. */
  categories: readonly number[];
  learnt: boolean;
};

function fitFrom(
  found: Prospects,
  row: number,
  chance: number,
  { ordered, categories, learnt }: OfOrder,
): Fit {
  const card = found.products[row] as Card;
  const boughtBefore = found.bought[row]! > 0;
  const match = isAmong(categories, found.own[row * OWN_WIDTH + OWN_CATEGORY]!);
  // The chances of all prospects add up to one, however little speaks for any: what does speak is the bound.
  const spoken = found.pull[row]! + found.confidence[row]!;
  const fit = Math.min(chance, UNKNOWN_FIT + spoken + (boughtBefore ? BOUGHT_FIT : 0));
  return {
    card,
    fit: found.pinned[row] === 1 ? Math.max(fit, PINNED_FIT) : fit,
    source: sourceOf(found, row, match, learnt),
    goesWith: ordered[found.goesWith[row]!]?.title || null,
    match,
    boughtBefore,
  };
}

function isAmong(numbers: readonly number[], one: number): boolean {
  for (let index = 0; index < numbers.length; index++) if (numbers[index] === one) return true;
  return false;
}

function sourceOf(
  { pinned, likeness, confidence, related, bought }: Prospects,
  row: number,
  match: boolean,
  learnt: boolean,
): FitSource {
  if (pinned[row] === 1) return SOURCE.pinned;
  if (related[row] === 1) return SOURCE.category;
  // Not by the pull: a like title can pull before anybody has bought both.
  if (confidence[row]! > 0) return SOURCE.together;
  if (bought[row]! > 0) return SOURCE["bought-before"];
  if (!learnt || likeness[row]! > 0) return SOURCE.catalogue;
  return match ? SOURCE["popular-in-category"] : SOURCE.popular;
}

/** How much likelier than usual an offer with this fit is taken: 0.3 for no fit at all, 1 at 0.04, never above 4.3. */
function liftOf(fit: number): number {
  return 0.3 + (4 * fit) / (fit + 0.2);
}

function priorOf({ fit }: Fit): number {
  return usualRate("offer") * liftOf(fit);
}

/** A candidate that knows what it was made of, for its payload: one function serves them all. */
type OfferCandidate = Candidate & { offer: Offer; made: Fit };

function candidateFrom(
  offer: Offer,
  made: Fit,
  moment: OfferMoment,
  payload: Candidate["payload"],
): OfferCandidate {
  const { card, fit } = made;
  const terms = termsOf(card, offer);
  return {
    kind: "offer",
    id: offer.id,
    subject: card.productGid,
    valueMinor: terms.netMinor,
    holdoutPercent: offer.holdoutPercent,
    prior: priorOf(made),
    fit: Math.round(fit * 1e4) / 1e4,
    features: featuresOf(terms, made, priceBand(terms.discountedMinor, moment.orderValueMinor)),
    payload,
    offer,
    made,
  };
}

function payloadFor({ offer, made }: OfferCandidate, moment: OfferMoment): Payload {
  const { card, goesWith, source, boughtBefore } = made;
  const texts = offer.texts[nearestLocale(moment.locale)] ?? offer.texts.en;
  return {
    kind: "offer",
    offerId: offer.id,
    productId: card.productGid,
    variantId: card.variantGid,
    title: card.title,
    ...(card.variantTitle && card.variantTitle !== "Default Title"
      ? { variantTitle: card.variantTitle }
      : {}),
    ...(card.imageUrl ? { imageUrl: card.imageUrl } : {}),
    ...(texts?.headline ? { headline: texts.headline } : {}),
    ...(texts?.body ? { body: texts.body } : {}),
    goesWith,
    reasons: reasonsFor({ goesWith, source: nameOfSource(source), category: card.category, boughtBefore }),
    ...(moment.acceptBy ? { acceptBy: moment.acceptBy(offer) } : {}),
    priceMinor: card.priceMinor,
    discountedMinor: termsOf(card, offer).discountedMinor,
    currency: moment.shopCurrency,
    discountPercent: offer.discountPercent,
    validDays: offer.validDays,
  };
}
