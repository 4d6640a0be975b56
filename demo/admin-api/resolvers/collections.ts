// Collections: the demo shop has one for each department, which holds the products of that type as an automatic
// collection at Shopify would.
import { gid } from "../../store/ids.ts";
import type { Product } from "../../store/types.ts";
import type { AdminContext, Arguments, Fields } from "../context.ts";
import { searchItems } from "../search.ts";
import { sortItems } from "./sorting.ts";
import { count } from "./values.ts";

export type Collection = { id: number; title: string; products: Product[] };

export const collectionType: Fields<Collection> = {
  id: ({ id }) => gid("Collection", id),
  legacyResourceId: ({ id }) => String(id),
  title: ({ title }) => title,
  handle: ({ title }) => title.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
  description: () => "",
  updatedAt: ({ products }, _, { store }) =>
    products
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1) ?? store.shop().createdAt,
  products: ({ products }) => products,
  productsCount: ({ products }) => count(products.length),
};

export function findCollections(_: unknown, args: Arguments, context: AdminContext): Collection[] {
  const fields = {
    default: ({ title }: Collection) => [title],
    id: ({ id }: Collection) => id,
    title: ({ title }: Collection) => title,
  };
  const found = searchItems(collectionsOf(context), args.query, fields, "Collection", context);
  return sortItems(found, args.sortKey ?? "ID", "Collection", context, {
    ID: ({ id }) => id,
    TITLE: ({ title }) => title,
  });
}

export function collectionById(id: number | undefined, context: AdminContext): Collection | null {
  return collectionsOf(context).find((collection) => collection.id === id) ?? null;
}

/** A collection's id is that of the department's first product, which never leaves it. */
function collectionsOf({ store }: AdminContext): Collection[] {
  const byType = new Map<string, Product[]>();
  for (const product of store.products()) {
    if (product.productType !== "")
      byType.set(product.productType, [...(byType.get(product.productType) ?? []), product]);
  }
  return [...byType].map(([title, products]) => ({
    id: Math.min(...products.map(({ id }) => id)),
    title,
    products,
  }));
}
