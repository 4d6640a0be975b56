import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";

let count = 0;

type ProductOverrides = {
  title?: string;
  category?: string;
  priceMinor?: number;
  costMinor?: number | null;
  available?: boolean;
  status?: string;
};

export type TestProduct = { productGid: string; variantGid: string; title: string; priceMinor: number };

/** A product with one variant, in stock, at 20.00 unless told otherwise. */
export async function aProduct(
  shop: Pick<Shop, "id">,
  overrides: ProductOverrides = {},
): Promise<TestProduct> {
  const number = 1_000 + ++count;
  const { title = `Product ${number}`, category = "", priceMinor = 2_000, costMinor = null } = overrides;
  const productGid = `gid://shopify/Product/${number}`;
  const variantGid = `gid://shopify/ProductVariant/${number}1`;
  await inShop(shop.id, (tx) =>
    tx.product.create({
      data: {
        shopId: shop.id,
        gid: productGid,
        title,
        productType: category,
        status: overrides.status ?? "ACTIVE",
        variants: {
          create: {
            gid: variantGid,
            title: "Default Title",
            priceMinor,
            costMinor,
            available: overrides.available ?? true,
          },
        },
      },
    }),
  );
  return { productGid, variantGid, title, priceMinor };
}

/** Says that people buy `other` with `product`, as the learner would. */
export async function boughtTogether(
  shop: Pick<Shop, "id">,
  product: Pick<TestProduct, "productGid">,
  other: Pick<TestProduct, "productGid">,
  score = 0.2,
): Promise<void> {
  await inShop(shop.id, (tx) =>
    tx.productAffinity.create({
      data: {
        shopId: shop.id,
        productGid: product.productGid,
        otherGid: other.productGid,
        score,
        confidence: 0.2,
        together: 20,
        learntAt: new Date("2026-11-01T00:00:00Z"),
      },
    }),
  );
}
