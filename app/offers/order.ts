import type { Companions } from "./shelf.server";

/** What was ordered, as it is in memory. */
export type Order = {
  productGids: readonly string[];
  /** Of those that are known, what goes with each. */
  products: readonly Companions[];
  /** The same of their categories, which stand in for products that nobody bought with anything yet. */
  categories: readonly Companions[];
};

/** Each once. */
export function categoriesOf(products: readonly Pick<Companions, "category">[]): Set<string> {
  const categories = new Set<string>();
  for (const { category } of products) if (category) categories.add(category);
  return categories;
}
