import type { Bond, Companion } from "./affinity/sellable";
import type { Card } from "./card.server";
import type { Companions, Shelf } from "./shelf.server";

/**
 * What may stand beside the products of an order, as the merchant says: of two products, or by collection. What is said of
 * two products counts more than what is said of collections; among these "never" counts more than "always".
 */

export type Beside = {
  /** With what the merchant always wants beside them. */
  ordered: readonly Companions[];
  isExcluded: (card: Card) => boolean;
};

const UNKNOWN_BOND: Bond = { pull: 0, confidence: 0, walk: 0, likeness: 0, together: 0 };

export function applyRules(
  shelf: Pick<Shelf, "rules" | "ofCollection" | "pinned">,
  ordered: readonly Companions[],
): Beside {
  const excluded = new Set(ordered.flatMap((product) => product.excluded));
  if (shelf.rules.size === 0) {
    return {
      ordered,
      isExcluded: excluded.size > 0 ? ({ productGid }) => excluded.has(productGid) : allOpen,
    };
  }
  const said = ordered.map(({ productGid, collections }) =>
    [productGid, ...collections].flatMap((gid) => shelf.rules.get(gid) ?? []),
  );
  const never = new Set(said.flat().flatMap(({ rule, otherGid }) => (rule === "exclude" ? [otherGid] : [])));
  const vouched = new Set(
    ordered.flatMap(({ others }) =>
      others.flatMap(({ pinned, product }) => (pinned ? [product.productGid] : [])),
    ),
  );
  const pins = said.map((rules) =>
    rules.flatMap(({ rule, otherGid }): Companion<Card>[] => {
      if (rule !== "pin") return [];
      const cards = shelf.ofCollection.get(otherGid) ?? shelf.pinned.get(otherGid) ?? [];
      return [cards].flat().map((product) => ({ ...UNKNOWN_BOND, product, pinned: true }));
    }),
  );
  return {
    ordered: ordered.map((product, index) => ({ ...product, others: [...product.others, ...pins[index]!] })),
    isExcluded: (card) => {
      const { productGid } = card;
      if (excluded.has(productGid)) return true;
      return !vouched.has(productGid) && (never.has(productGid) || isInAny(card, never));
    },
  };
}

function allOpen(): boolean {
  return false;
}

/** Whether the product is in one of these collections, which offers or rules name. */
export function isInAny({ collections }: Pick<Card, "collections">, gids: ReadonlySet<string>): boolean {
  return collections !== null && gids.size > 0 && collections.some((gid) => gids.has(gid));
}
