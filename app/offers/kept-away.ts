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
  /** What may stand beside this order, likeliest first. */
  fits: readonly { card: Card }[];
  /** What the shop's rules keep away of what would fit, likeliest first. */
  keptAway: readonly Card[];
  isExcluded: (card: Card) => boolean;
  /** Products of the order. */
  inOrder: ReadonlySet<string>;
};

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
  const byOffer = excludedGids.length + never.size > 0 ? fits.map(({ card }) => card).filter(isNever) : NONE;
  const all = byOffer.length > 0 ? [...keptAway, ...byOffer] : [...keptAway];
  return collectionGids.length > 0 ? all.filter((card) => isInAny(card, new Set(collectionGids))) : all;
}
