import { findHolders, type Baskets } from "./baskets";
import { countTogether, emptyTogether, readCoPurchases, type Together } from "./co-purchases";
import { learnPulls, SMALL_CATALOGUE, type Pulls } from "./edlae";
import type { Bond } from "./sellable";
import { countSales, type Sales } from "./sales";
import { likeness, likest, type TitleWords } from "./title-words";

/** What the baskets of a shop teach: how its products sell, and what goes with each of them. */
export type Knowledge = {
  sales: Sales;
  /** Companions of a product, strongest pull first. Worked out on demand: a large catalogue has millions. */
  companionsOf: (item: number) => (Bond & { item: number })[];
};

/** Companions kept in all. */
const MOST_KEPT = 2_000_000;
/** Per product: in a small catalogue many weak ones add up, in a very large one the room decides. */
const LEAST_PER_PRODUCT = 20;
const MOST_PER_PRODUCT = 30;
const MOST_IN_SMALL_CATALOGUE = 60;
/** Of them, those that the pull left out and plain counting would take, and the likest titles. */
const BY_CONFIDENCE = 0.25;
const BY_TITLE = 5;
/** Orders added to those of a product, so that a rare one does not seem certain. */
const SHRINKAGE = 3;
/** How much the popularity of the other counts against a walk to it. */
const WALK_CORRECTION = 0.4;

/**
 * @param today in days since 1970
 * @param breathe called between products, so that other work of the process goes on
 */
export async function learnCompanions(
  baskets: Baskets,
  titles: TitleWords,
  today: number,
  breathe: () => Promise<void> | void,
): Promise<Knowledge> {
  const products = titles.words.length;
  const sales = countSales(baskets, products, today);
  const holders = findHolders(baskets, products);
  const pulls = await learnPulls(await readCoPurchases(baskets, holders, products, breathe), titles, breathe);
  const together = emptyTogether(products);
  const kept = keptOf(products);
  return {
    sales,
    companionsOf(item) {
      countTogether(together, baskets, holders, item);
      const pullOf = strongestPulls(pulls, item, kept);
      const others = new Set([
        ...pullOf.keys(),
        ...mostTogether(together, item, Math.ceil(kept * BY_CONFIDENCE)),
        ...likest(titles, item, BY_TITLE),
      ]);
      return [...others]
        .map((other) => ({
          item: other,
          pull: pullOf.get(other) ?? 0,
          confidence: together.orders[other]! / (sales.orders[item]! + SHRINKAGE),
          walk:
            together.walked[other]! /
            (Math.max(1, sales.orders[item]!) * Math.max(1, sales.orders[other]!) ** WALK_CORRECTION),
          likeness: likeness(titles, item, other),
          together: together.orders[other]!,
        }))
        .sort((a, b) => b.pull - a.pull || b.confidence - a.confidence || a.item - b.item);
    },
  };
}

function keptOf(products: number): number {
  if (products <= SMALL_CATALOGUE) return MOST_IN_SMALL_CATALOGUE;
  return Math.min(MOST_PER_PRODUCT, Math.max(LEAST_PER_PRODUCT, Math.floor(MOST_KEPT / products)));
}

function strongestPulls({ starts, others, values }: Pulls, item: number, most: number): Map<number, number> {
  const found: [number, number][] = [];
  for (let at = starts[item]!; at < starts[item + 1]!; at++) {
    if (values[at]! > 0) found.push([others[at]!, values[at]!]);
  }
  return new Map(found.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most));
}

function mostTogether({ others, met, orders }: Together, item: number, most: number): number[] {
  return Array.from(others.subarray(0, met))
    .filter((other) => other !== item)
    .sort((a, b) => orders[b]! - orders[a]! || a - b)
    .slice(0, most);
}
