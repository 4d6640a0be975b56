// Products and line items derived from an order export.
import { pictureForTitle } from "../store/pictures.ts";
import { newId, type StoreState } from "../store/state.ts";
import type { LineItem, Product, Variant } from "../store/types.ts";
import { handleOf } from "./catalogue.ts";
import { minor, type Row } from "./order-export-rows.ts";

/** Order exports say nothing about stock; the storefront needs some. */
const ASSUMED_INVENTORY = 250;

export function lineFrom(
  state: StoreState,
  row: Row,
  products: Map<string, Product>,
  time: string,
): LineItem {
  const price = minor(row("Lineitem price"));
  const product = productOf(state, row, products, price, time);
  const variant = product.variants[0]!;
  const quantity = Number(row("Lineitem quantity")) || 1;
  return {
    id: newId(state),
    productId: product.id,
    variantId: variant.id,
    title: product.title,
    variantTitle: variant.title,
    sku: variant.sku,
    vendor: product.vendor,
    quantity,
    price,
    discount: minor(row("Lineitem discount")),
    tax: 0,
    grams: 0,
    removed: 0,
    fulfilled: row("Lineitem fulfillment status") === "fulfilled" ? quantity : 0,
  };
}

function productOf(
  state: StoreState,
  row: Row,
  products: Map<string, Product>,
  price: number,
  time: string,
): Product {
  const title = row("Lineitem name");
  const sku = row("Lineitem sku");
  const known = products.get(sku || title);
  if (known) {
    if (price > 0) known.variants[0]!.price = price; // the newest price is today's price
    known.updatedAt = time;
    return known;
  }
  const id = newId(state);
  const variant: Variant = {
    id: newId(state),
    productId: id,
    inventoryItemId: newId(state),
    title: "Default Title",
    options: [{ name: "Title", value: "Default Title" }],
    sku,
    price,
    compareAtPrice: null,
    unitCost: null,
    inventory: ASSUMED_INVENTORY,
    grams: 0,
  };
  const product: Product = {
    id,
    title,
    handle: handleOf(sku ? `${title} ${sku}` : title),
    description: "",
    vendor: row("Vendor"),
    productType: "",
    tags: [],
    status: "ACTIVE",
    picture: pictureForTitle(title),
    variants: [variant],
    createdAt: time,
    updatedAt: time,
  };
  products.set(sku || title, product);
  return product;
}
