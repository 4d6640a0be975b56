import type { Candidate } from "#app/decisions/candidate";
import { isInAny } from "./beside";
import type { Card } from "./card.server";
import type { Offer } from "./offer";
import { refusedCandidate } from "./refusal";
import type { Shelf } from "./shelf.server";

/**
 * Products that would fit an order and that a "never" of the merchant keeps away. They stand in the decision, refused, so
 * that nobody wonders where they are.
 */

/** So many are told of one offer, and about so many of one decision. */
const MOST_OF_OFFER = 5;
export const MOST_KEPT_AWAY = 20;

export type Beside = {
  /** What may stand beside this order. */
  fits: readonly Fitting[];
  /** What the shop's rules keep away of what would fit. */
  keptAway: readonly Fitting[];
  isExcluded: (card: Card) => boolean;
  /** Products of the order. */
  inOrder: ReadonlySet<string>;
};

type Fitting = { card: Card; fit: number };

const NONE: Card[] = [];

/** Of one offer, likeliest first. */
export function keptAwayFrom(offer: Offer, beside: Beside, { pinned }: Pick<Shelf, "pinned">): Candidate[] {
  const cards = offer.selection === "pinned" ? ofOne(offer, beside, pinned) : ofMany(offer, beside);
  return cards
    .filter(({ productGid, available }) => available && !beside.inOrder.has(productGid))
    .slice(0, MOST_OF_OFFER)
    .map(({ productGid }) => ({ ...refusedCandidate(offer.id, "excluded"), subject: productGid }));
}

function ofOne({ productGid }: Offer, { isExcluded }: Beside, pinned: Shelf["pinned"]): Card[] {
  const card = productGid ? pinned.get(productGid) : undefined;
  return card && isExcluded(card) ? [card] : NONE;
}

function ofMany(offer: Offer, { fits, keptAway }: Beside): Card[] {
  const { collectionGids, excludedGids, excludedCollectionGids } = offer;
  const never = new Set(excludedCollectionGids);
  const isNever = (card: Card) => excludedGids.includes(card.productGid) || isInAny(card, never);
  const byOffer = excludedGids.length + never.size > 0 ? fits.filter(({ card }) => isNever(card)) : [];
  if (keptAway.length + byOffer.length === 0) return NONE;
  const all = [...likeliestFirst(keptAway), ...likeliestFirst(byOffer)].map(({ card }) => card);
  return collectionGids.length > 0 ? all.filter((card) => isInAny(card, new Set(collectionGids))) : all;
}

function likeliestFirst(fits: readonly Fitting[]): Fitting[] {
  return [...fits].sort((one, other) => other.fit - one.fit);
}
