import type { AcceptBy, Surface } from "../../extensions/shared/contract";
import type { Candidate, Payload } from "#app/decisions/candidate";
import { usualRate } from "#app/decisions/beliefs";
import { nearestLocale } from "#app/shops/settings";
import { discountedPrice, isRunning, type Offer } from "./offer";
import { reasonsFor } from "./reasons";
import { categoryKey, type Card, type Companions, type Shelf } from "./shelf.server";

/**
 * Which products to propose for an order, and how well each fits. Bought together says most; then what people buy with
 * the order's categories, then best sellers. Pure: works on what is in memory.
 */

export type OfferMoment = {
  surface: Surface;
  locale: string;
  /** Currency of the page. An offer is priced in the shop's currency only: another price would not be the one charged. */
  currency: string;
  shopCurrency: string;
  /** Products of the order. */
  productGids: string[];
  now: Date;
  /** How an offer is taken on this page; left out: by code. */
  acceptBy?: (offer: Offer) => AcceptBy;
};

/** How a product came to be proposed, best reason first. */
export type FitSource = "together" | "category" | "popular-in-category" | "popular" | "catalogue" | "pinned";
type Fit = {
  card: Card;
  fit: number;
  source: FitSource;
  /** The ordered product that it goes with best, and how well. */
  goesWith: string | null;
  strongest: number;
};

/** Most candidates handed to a decision. */
const MOST = 50;
/** Least number of orders that had both before we say "goes with". */
const LEAST_TOGETHER = 2;
const CATEGORY_WEIGHT = 0.5;
const POPULAR_WEIGHT = 0.02;
const POPULAR_IN_CATEGORY_WEIGHT = 0.04;
/** A shop without history: nothing is known for or against a product. */
const UNKNOWN_FIT = 0.02;
/** Share of the price that a product is taken to cost where the shop does not say. */
const USUAL_COST = 0.5;

/** Offer candidates for an order, likeliest value first. `companionsOf` answers for product gids and category keys. */
export function offerCandidates(
  shelf: Shelf,
  companionsOf: (key: string) => Companions | undefined,
  moment: OfferMoment,
): Candidate[] {
  if (moment.currency !== moment.shopCurrency) return [];
  const running = shelf.offers.filter(
    (offer) => isRunning(offer, moment.now) && (offer.surfaces as Surface[]).includes(moment.surface),
  );
  if (running.length === 0) return [];
  const fits = fitsFor(shelf, companionsOf, moment.productGids);
  const ordered = new Set(moment.productGids);
  const candidates: Candidate[] = [];
  for (const offer of running) {
    for (const fit of fitsOf(offer, fits, shelf)) {
      const { productGid, available, priceMinor } = fit.card;
      if (ordered.has(productGid) || offer.excludedGids.includes(productGid)) continue;
      if (available && priceMinor >= offer.minimumMinor) candidates.push(candidateFrom(offer, fit, moment));
    }
  }
  return candidates.sort((a, b) => b.prior! * b.valueMinor! - a.prior! * a.valueMinor!).slice(0, MOST);
}

function fitsOf(offer: Offer, fits: Map<string, Fit>, shelf: Shelf): Iterable<Fit> {
  if (offer.selection === "complementary") return fits.values();
  const card = offer.productGid ? shelf.pinned.get(offer.productGid) : undefined;
  if (!card) return [];
  const learnt = fits.get(card.productGid);
  // The merchant vouches for a pinned product: it is at least an average candidate.
  const pinned: Fit = { card, fit: UNKNOWN_FIT, source: "pinned", goesWith: null, strongest: 0 };
  return [learnt && learnt.fit > pinned.fit ? { ...learnt, card } : pinned];
}

/** How well each known product fits the order: about the probability that such an order also has it. */
function fitsFor(
  shelf: Shelf,
  companionsOf: (key: string) => Companions | undefined,
  productGids: string[],
): Map<string, Fit> {
  const fits = new Map<string, Fit>();
  const ordered = productGids.flatMap((gid) => companionsOf(gid) ?? []);
  const categories = new Set(ordered.map(({ category }) => category).filter(Boolean));

  for (const product of ordered) {
    for (const { card, score, together } of product.others) {
      let fit = fits.get(card.productGid);
      if (!fit) {
        fit = { card, fit: 0, source: "together", goesWith: null, strongest: 0 };
        fits.set(card.productGid, fit);
      }
      fit.fit += score;
      if (together >= LEAST_TOGETHER && score > fit.strongest) {
        fit.strongest = score;
        fit.goesWith = product.title || null;
      }
    }
  }
  for (const category of categories) {
    for (const { card, score } of companionsOf(categoryKey(category))?.others ?? []) {
      improve(fits, card, CATEGORY_WEIGHT * score, "category");
    }
  }
  for (const { card, share } of shelf.popular) {
    const related = categories.has(card.category);
    if (shelf.learnt) {
      const weight = related ? POPULAR_IN_CATEGORY_WEIGHT : POPULAR_WEIGHT;
      improve(fits, card, weight * share, related ? "popular-in-category" : "popular");
    } else {
      improve(fits, card, UNKNOWN_FIT * (related ? 1.5 : 1), "catalogue");
    }
  }
  return fits;
}

function improve(fits: Map<string, Fit>, card: Card, fit: number, source: FitSource): void {
  const known = fits.get(card.productGid);
  if (!known) fits.set(card.productGid, { card, fit, source, goesWith: null, strongest: 0 });
  else if (known.fit < fit) Object.assign(known, { card, fit, source });
}

/** How much likelier than usual an offer with this fit is taken: 0.3 for no fit at all, 1 at 0.04, never above 4.3. */
function liftOf(fit: number): number {
  return 0.3 + (4 * fit) / (fit + 0.2);
}

function candidateFrom(offer: Offer, fit: Fit, moment: OfferMoment): Candidate {
  const { card, source } = fit;
  const discountedMinor = discountedPrice(card.priceMinor, offer.discountPercent);
  const costMinor = card.costMinor ?? Math.round(card.priceMinor * USUAL_COST);
  return {
    kind: "offer",
    id: offer.id,
    subject: card.productGid,
    valueMinor: discountedMinor - costMinor,
    ...(offer.holdoutPercent > 0 && { holdoutPercent: offer.holdoutPercent }),
    prior: usualRate("offer") * liftOf(fit.fit),
    features: { fit: Math.round(fit.fit * 1e4) / 1e4, source, discountPercent: offer.discountPercent },
    payload: () => payloadFor(offer, fit, moment),
  };
}

function payloadFor(offer: Offer, { card, goesWith, source }: Fit, moment: OfferMoment): Payload {
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
    reasons: reasonsFor({ goesWith, source, category: card.category }),
    ...(moment.acceptBy ? { acceptBy: moment.acceptBy(offer) } : {}),
    priceMinor: card.priceMinor,
    discountedMinor: discountedPrice(card.priceMinor, offer.discountPercent),
    currency: moment.shopCurrency,
    discountPercent: offer.discountPercent,
    validDays: offer.validDays,
  };
}
