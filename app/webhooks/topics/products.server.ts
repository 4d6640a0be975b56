import { z } from "zod";
import { toMinor } from "#app/orders/money";
import { deleteProduct, saveProduct } from "#app/orders/orders.server";
import { amount, gid, gidOf, id, text, time } from "./fields";
import { DONE, topic } from "./topic";

const VariantSchema = z.object({
  id,
  admin_graphql_api_id: text,
  title: z.string(),
  sku: text,
  price: amount,
  compare_at_price: amount.nullish(),
  position: z.int().default(1),
  inventory_quantity: z.int().nullish(),
  inventory_policy: text,
  inventory_management: z.string().nullish(),
});

const ProductSchema = z.object({
  id,
  admin_graphql_api_id: text,
  title: z.string(),
  handle: text,
  status: text,
  product_type: text,
  vendor: text,
  tags: z.union([z.string(), z.array(z.string())]).default(""),
  image: z.object({ src: text }).nullish(),
  updated_at: time,
  variants: z.array(VariantSchema).default([]),
  variant_gids: z.array(z.object({ admin_graphql_api_id: z.string() })).nullish(),
});

const product = topic(ProductSchema, async ({ tx, shop }, payload) => {
  const { currency } = shop;
  const tags = typeof payload.tags === "string" ? payload.tags.split(",") : payload.tags;
  await saveProduct(tx, shop.id, {
    gid: gidOf("Product", payload),
    title: payload.title,
    handle: payload.handle ?? "",
    status: (payload.status ?? "active").toUpperCase(),
    productType: payload.product_type ?? "",
    vendor: payload.vendor ?? "",
    tags: tags.map((tag) => tag.trim()).filter(Boolean),
    imageUrl: payload.image?.src ?? null,
    updatedAt: payload.updated_at,
    variants: payload.variants.map((variant) => ({
      gid: gidOf("ProductVariant", variant),
      title: variant.title,
      sku: variant.sku || null,
      priceMinor: toMinor(variant.price, currency),
      compareAtMinor: variant.compare_at_price ? toMinor(variant.compare_at_price, currency) : null,
      inventoryQuantity: variant.inventory_quantity ?? null,
      available: isAvailable(variant),
      position: variant.position,
    })),
    variantGids: payload.variant_gids?.map((variant) => variant.admin_graphql_api_id) ?? null,
  });
  return DONE;
});

export const PRODUCT_TOPICS = {
  "products/create": product,
  "products/update": product,
  "products/delete": topic(z.object({ id }), async ({ tx, shop, now }, row) => {
    await deleteProduct(tx, shop.id, gid("Product", row.id), now);
    return DONE;
  }),
};

/** Sold on when out of stock, not counted at all, or in stock. */
function isAvailable(variant: z.output<typeof VariantSchema>): boolean {
  const isCounted = variant.inventory_management !== null && typeof variant.inventory_quantity === "number";
  return variant.inventory_policy === "continue" || !isCounted || variant.inventory_quantity! > 0;
}
