import { itemsOf, type Baskets } from "./baskets";

/** What sells with each category, for products that are too new or too rare to have companions of their own. */

const MOST_CATEGORIES = 200;
const KEPT_PER_CATEGORY = 20;
const LEAST_TOGETHER = 2;

export type CategoryCompanion = { category: string; item: number; share: number; together: number };

/** Per category the products with the largest share of the orders that have something of it. */
export function categoryCompanions(baskets: Baskets, categories: readonly string[]): CategoryCompanion[] {
  const counted = new Map<string, { baskets: number; together: Uint32Array }>();
  for (let basket = 0; basket < baskets.count; basket++) {
    const items = itemsOf(baskets, basket);
    for (const category of new Set(Array.from(items, (item) => categories[item]!))) {
      const counts = countsOf(counted, category, categories.length);
      if (!counts) continue;
      counts.baskets++;
      for (const item of items) counts.together[item]! += 1;
    }
  }
  return [...counted].flatMap(([category, { baskets: all, together }]) =>
    Array.from(together, (count, item) => ({ category, item, share: count / all, together: count }))
      .filter((one) => one.together >= LEAST_TOGETHER)
      .sort((a, b) => b.together - a.together || a.item - b.item)
      .slice(0, KEPT_PER_CATEGORY),
  );
}

function countsOf(
  counted: Map<string, { baskets: number; together: Uint32Array }>,
  category: string,
  products: number,
) {
  const known = counted.get(category);
  if (known || !category || counted.size >= MOST_CATEGORIES) return known;
  const fresh = { baskets: 0, together: new Uint32Array(products) };
  counted.set(category, fresh);
  return fresh;
}
