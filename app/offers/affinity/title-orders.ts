import type { TitleWords } from "./title-words";

/**
 * Titles as further orders: each word stands for an order of the products that have it, so that a product that is hardly
 * ever sold is known by those with a like title. As in O. Jeunen, J. Van Balen and B. Goethals, "Closed-form models for
 * collaborative filtering with side-information" (RecSys 2020).
 *
 * Product i's share in the order of a word is rarity of the word × `scales[i]`, and its shares have length √TITLE_WEIGHT.
 * `likeness` of title-words.ts would not do instead: together with orders, a regression takes only what is a product of
 * such shares, over the same words for every pair and none of the pairs left out. Else its matrix is not positive definite.
 */
export type TitleOrders = {
  titles: TitleWords;
  /** Per word, its squared weight: 0 for words of one product only, of too many, or of all. */
  squaredRarity: Float64Array;
  /** Per product; 0 where it was not sold, or no word counts. */
  scales: Float64Array;
};

/** What a title counts, in weighted baskets. */
const TITLE_WEIGHT = 2;

/** @param own weighted baskets per product: of what nobody bought there is nothing to regress on */
export function ordersFromTitles(titles: TitleWords, own: Float64Array): TitleOrders {
  const squaredRarity = Float64Array.from(titles.holders, ({ length }) =>
    length > 1 ? Math.log(titles.words.length / length) ** 2 : 0,
  );
  const scales = own.map((weight, item) => {
    const squares = titles.words[item]!.reduce((sum, word) => sum + squaredRarity[word]!, 0);
    return weight > 0 && squares > 0 ? Math.sqrt(TITLE_WEIGHT / squares) : 0;
  });
  return { titles, squaredRarity, scales };
}

/** What each product's title counts, in weighted baskets: nothing where it shares no word, so that orders alone decide there. */
export function ownTitleOrders({ scales }: TitleOrders): Float64Array {
  return scales.map((scale) => (scale > 0 ? TITLE_WEIGHT : 0));
}

/**
 * Everything that the titles add to the co-purchases of `item`, in weighted baskets; at most 200 calls for each word.
 * @param add called once for each word that another product has as well; a product's sum is TITLE_WEIGHT at most
 */
export function eachTitleOrder(
  { titles, squaredRarity, scales }: TitleOrders,
  item: number,
  add: (other: number, weight: number) => void,
): void {
  if (scales[item] === 0) return;
  for (const word of titles.words[item]!) {
    if (squaredRarity[word] === 0) continue;
    const weight = squaredRarity[word]! * scales[item]!;
    for (const other of titles.holders[word]!) {
      if (other !== item && scales[other]! > 0) add(other, weight * scales[other]!);
    }
  }
}
