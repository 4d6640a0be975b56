// Products, variants and inventory items.
import { gid } from "../../store/ids.ts";
import type { Product, Variant } from "../../store/types.ts";
import { as, type AdminContext, type Arguments, type Fields } from "../context.ts";
import { searchItems, type SearchFields } from "../search.ts";
import { metafieldFields } from "./shop.ts";
import { sortItems } from "./sorting.ts";
import { count, decimal, image, moneyV2 } from "./values.ts";

/** A variant together with its product: what the resolvers need of it. */
export type VariantSource = Variant & { product: Product };

export function withProduct(product: Product, variant: Variant): VariantSource {
  return { ...variant, product };
}

function variantsOf(product: Product): VariantSource[] {
  return product.variants.map((variant) => withProduct(product, variant));
}

const productImage = (product: Product, context: AdminContext) =>
  image(context, context.store.picturePath(product), product.title);

const stock = (product: Product) => product.variants.reduce((sum, variant) => sum + variant.inventory, 0);
const prices = (product: Product) => product.variants.map((variant) => variant.price);

export const productType: Fields<Product> = {
  id: (product) => gid("Product", product.id),
  legacyResourceId: (product) => String(product.id),
  title: (product) => product.title,
  handle: (product) => product.handle,
  description: (product) => product.description,
  descriptionHtml: (product) => (product.description ? `<p>${product.description}</p>` : ""),
  vendor: (product) => product.vendor,
  productType: (product) => product.productType,
  tags: (product) => product.tags,
  status: (product) => product.status,
  isGiftCard: () => false,
  hasOnlyDefaultVariant: (product) => product.variants[0]?.title === "Default Title",
  hasOutOfStockVariants: (product) => product.variants.some((variant) => variant.inventory <= 0),
  tracksInventory: () => true,
  totalInventory: (product) => stock(product),
  variantsCount: (product) => count(product.variants.length),
  createdAt: (product) => product.createdAt,
  updatedAt: (product) => product.updatedAt,
  publishedAt: (product) => (product.status === "ACTIVE" ? product.createdAt : null),
  onlineStoreUrl: (product, _, context) =>
    product.status === "ACTIVE" ? `${context.config.origin}/products/${product.handle}` : null,
  featuredImage: (product, _, context) => productImage(product, context),
  featuredMedia: (product, _, context) => mediaImage(product, context),
  images: (product, _, context) => [productImage(product, context)],
  media: (product, _, context) => [mediaImage(product, context)],
  options: (product) => [
    {
      id: gid("ProductOption", product.id),
      name: product.variants[0]?.options[0]?.name ?? "Title",
      position: 1,
      values: product.variants.map((variant) => variant.title),
    },
  ],
  priceRangeV2: (product, _, context) => {
    const { currency } = context.store.shop();
    return {
      minVariantPrice: moneyV2(Math.min(...prices(product)), currency),
      maxVariantPrice: moneyV2(Math.max(...prices(product)), currency),
    };
  },
  variants: (product) => variantsOf(product),
  ...metafieldFields<Product>("Product"),
};

function mediaImage(product: Product, context: AdminContext) {
  const picture = productImage(product, context);
  return as("MediaImage", {
    id: gid("MediaImage", product.id),
    alt: product.title,
    image: picture,
    preview: { image: picture },
    mediaContentType: "IMAGE",
    status: "READY",
  });
}

export const variantType: Fields<VariantSource> = {
  id: (variant) => gid("ProductVariant", variant.id),
  legacyResourceId: (variant) => String(variant.id),
  title: (variant) => variant.title,
  displayName: (variant) => `${variant.product.title} - ${variant.title}`,
  sku: (variant) => variant.sku,
  barcode: () => null,
  price: (variant, _, context) => decimal(variant.price, context.store.shop().currency),
  compareAtPrice: (variant, _, context) =>
    variant.compareAtPrice === null ? null : decimal(variant.compareAtPrice, context.store.shop().currency),
  position: (variant) => variant.product.variants.findIndex((other) => other.id === variant.id) + 1,
  availableForSale: (variant) => variant.product.status === "ACTIVE" && variant.inventory > 0,
  inventoryPolicy: () => "DENY",
  inventoryQuantity: (variant) => variant.inventory,
  sellableOnlineQuantity: (variant) => Math.max(0, variant.inventory),
  taxable: () => true,
  selectedOptions: (variant) => variant.options,
  image: (variant, _, context) => productImage(variant.product, context),
  product: (variant) => variant.product,
  inventoryItem: (variant) => variant,
  createdAt: (variant) => variant.product.createdAt,
  updatedAt: (variant) => variant.product.updatedAt,
  ...metafieldFields<VariantSource>("ProductVariant"),
};

export const inventoryItemType: Fields<VariantSource> = {
  id: (variant) => gid("InventoryItem", variant.inventoryItemId),
  legacyResourceId: (variant) => String(variant.inventoryItemId),
  sku: (variant) => variant.sku,
  tracked: () => true,
  requiresShipping: () => true,
  unitCost: (variant, _, context) =>
    variant.unitCost === null ? null : moneyV2(variant.unitCost, context.store.shop().currency),
  variant: (variant) => variant,
  createdAt: (variant) => variant.product.createdAt,
  updatedAt: (variant) => variant.product.updatedAt,
};

const PRODUCT_SEARCH: SearchFields<Product> = {
  default: (product) => [product.title, product.vendor, product.productType],
  id: (product) => product.id,
  title: (product) => product.title,
  handle: (product) => product.handle,
  vendor: (product) => product.vendor,
  product_type: (product) => product.productType,
  status: (product) => product.status,
  tag: (product) => product.tags,
  sku: (product) => product.variants.map((variant) => variant.sku),
  inventory_total: stock,
  created_at: (product) => product.createdAt,
  updated_at: (product) => product.updatedAt,
};

const VARIANT_SEARCH: SearchFields<VariantSource> = {
  default: (variant) => [variant.product.title, variant.title, variant.sku],
  id: (variant) => variant.id,
  title: (variant) => variant.title,
  sku: (variant) => variant.sku,
  product_id: (variant) => variant.product.id,
  product_status: (variant) => variant.product.status,
  updated_at: (variant) => variant.product.updatedAt,
};

export function findProducts(_: unknown, args: Arguments, context: AdminContext): Product[] {
  const found = searchItems(context.store.products(), args.query, PRODUCT_SEARCH, "Product", context);
  return sortItems(found, args.sortKey ?? "ID", "Product", context, {
    ID: (product) => product.id,
    TITLE: (product) => product.title,
    CREATED_AT: (product) => product.createdAt,
    UPDATED_AT: (product) => product.updatedAt,
    INVENTORY_TOTAL: stock,
    VENDOR: (product) => product.vendor,
    PRODUCT_TYPE: (product) => product.productType,
    RELEVANCE: () => 0,
  });
}

export function findVariants(_: unknown, args: Arguments, context: AdminContext): VariantSource[] {
  const all = context.store.products().flatMap(variantsOf);
  const found = searchItems(all, args.query, VARIANT_SEARCH, "ProductVariant", context);
  return sortItems(found, args.sortKey ?? "ID", "ProductVariant", context, {
    ID: (variant) => variant.id,
    TITLE: (variant) => variant.title,
    SKU: (variant) => variant.sku,
    RELEVANCE: () => 0,
  });
}
