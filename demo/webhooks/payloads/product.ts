// products/*.
import { gid } from "../../store/ids.ts";
import type { Product } from "../../store/types.ts";
import { decimal } from "./values.ts";

export function productPayload(product: Product, currency: string, pictureUrl: string) {
  const image = {
    id: product.id + 1,
    admin_graphql_api_id: gid("ProductImage", product.id + 1),
    product_id: product.id,
    position: 1,
    alt: product.title,
    width: 400,
    height: 400,
    src: pictureUrl,
    variant_ids: [],
    created_at: product.createdAt,
    updated_at: product.updatedAt,
  };
  return {
    admin_graphql_api_id: gid("Product", product.id),
    id: product.id,
    title: product.title,
    body_html: product.description ? `<p>${product.description}</p>` : "",
    handle: product.handle,
    vendor: product.vendor,
    product_type: product.productType,
    tags: product.tags.join(", "),
    status: product.status.toLowerCase(),
    published_scope: "web",
    published_at: product.status === "ACTIVE" ? product.createdAt : null,
    template_suffix: null,
    created_at: product.createdAt,
    updated_at: product.updatedAt,
    has_variants_that_requires_components: false,
    category: null,
    media: [],
    images: [image],
    image,
    options: [
      {
        id: product.id + 2,
        product_id: product.id,
        name: product.variants[0]?.options[0]?.name ?? "Title",
        position: 1,
        values: product.variants.map((variant) => variant.title),
      },
    ],
    variants: product.variants.slice(0, 100).map((variant, index) => ({
      admin_graphql_api_id: gid("ProductVariant", variant.id),
      id: variant.id,
      product_id: product.id,
      title: variant.title,
      price: decimal(variant.price, currency),
      compare_at_price: variant.compareAtPrice === null ? null : decimal(variant.compareAtPrice, currency),
      sku: variant.sku,
      barcode: null,
      position: index + 1,
      inventory_policy: "deny",
      taxable: true,
      option1: variant.title,
      option2: null,
      option3: null,
      image_id: null,
      inventory_item_id: variant.inventoryItemId,
      inventory_quantity: variant.inventory,
      old_inventory_quantity: variant.inventory,
      created_at: product.createdAt,
      updated_at: product.updatedAt,
    })),
    variant_gids: product.variants.map((variant) => ({
      admin_graphql_api_id: gid("ProductVariant", variant.id),
      updated_at: product.updatedAt,
    })),
  };
}
