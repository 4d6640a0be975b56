// Turns the catalogue's data into products of a shop.
import { CATALOGUE, type CatalogueEntry } from "../store/catalogue-data.ts";
import { newId, type StoreState } from "../store/state.ts";
import type { Product, Variant } from "../store/types.ts";

export function handleOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Adds the demo shop's goods; returns them beside their data, in the same order. */
export function seedCatalogue(
  state: StoreState,
  createdAt: string,
): { entry: CatalogueEntry; product: Product }[] {
  return CATALOGUE.map((entry, index) => {
    const product = productFrom(state, entry, index, createdAt);
    state.products.seed(product);
    return { entry, product };
  });
}

function productFrom(state: StoreState, entry: CatalogueEntry, index: number, createdAt: string): Product {
  const [background, colour, accent] = entry.colours;
  const id = newId(state);
  const values = entry.options?.values ?? ["Default Title"];
  const variants = values.map((value, position): Variant => {
    const price = entry.price + (entry.options?.priceSteps?.[position] ?? 0);
    return {
      id: newId(state),
      productId: id,
      inventoryItemId: newId(state),
      title: value,
      options: [{ name: entry.options?.name ?? "Title", value }],
      sku: `HP-${String(index + 1).padStart(3, "0")}${entry.options ? `-${position + 1}` : ""}`,
      price,
      compareAtPrice: null,
      unitCost: Math.round(price * entry.costShare),
      inventory: Math.ceil(entry.inventory / values.length),
      grams: 150 + (price % 700),
    };
  });
  return {
    id,
    title: entry.title,
    handle: handleOf(entry.title),
    description: entry.description,
    vendor: entry.vendor,
    productType: entry.productType,
    tags: [entry.group],
    status: "ACTIVE",
    picture: { motif: entry.motif, background, colour, accent },
    variants,
    createdAt,
    updatedAt: createdAt,
  };
}
