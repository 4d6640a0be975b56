// Changes to the catalogue.
import type { StoreState } from "./state.ts";
import type { Product, Variant } from "./types.ts";

export function changeProduct(state: StoreState, productId: number, changes: Partial<Product>): Product {
  const product = state.products.get(productId);
  if (!product) throw new Error(`There is no product ${productId}.`);
  Object.assign(product, changes);
  return announceProduct(state, product);
}

export function changeVariant(state: StoreState, variantId: number, changes: Partial<Variant>): Product {
  const known = state.variantIndex.get(variantId);
  if (!known) throw new Error(`There is no variant ${variantId}.`);
  Object.assign(known.variant, changes);
  return announceProduct(state, known.product);
}

function announceProduct(state: StoreState, product: Product): Product {
  product.updatedAt = state.clock.iso();
  state.products.put(product);
  state.emit({ topic: "products/update", product });
  state.changed();
  return product;
}

export function removeProduct(state: StoreState, productId: number): void {
  const product = state.products.get(productId);
  if (!product) return;
  state.products.remove(productId);
  state.emit({ topic: "products/delete", product });
  state.changed();
}
