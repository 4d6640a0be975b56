import type { ShopId, Tx } from "#app/db/tx";

/** A product as one webhook or query tells it. Money in minor units of the shop's currency; `undefined`: not told. */
export type ProductSnapshot = {
  gid: string;
  title: string;
  handle: string;
  /** ACTIVE, DRAFT, ARCHIVED, UNLISTED */
  status: string;
  productType: string;
  vendor: string;
  tags: string[];
  imageUrl: string | null;
  updatedAt: Date;
  variants: VariantSnapshot[];
  /** Every variant's gid, also of those that the telling leaves out; null where it does not say. */
  variantGids: string[] | null;
};

export type VariantSnapshot = {
  gid: string;
  title: string;
  sku: string | null;
  priceMinor: number;
  compareAtMinor: number | null;
  costMinor?: number | null;
  inventoryQuantity: number | null;
  available: boolean;
  position: number;
};

/** Writes what is told about a product and its variants, unless something newer is already here. */
export async function saveProduct(
  tx: Tx,
  shopId: ShopId,
  told: ProductSnapshot,
): Promise<{ status: "saved" | "stale" }> {
  const { gid, variants, variantGids, updatedAt, ...details } = told;
  const row = { ...details, shopifyUpdatedAt: updatedAt };
  const created = await tx.product.createMany({ data: [{ shopId, gid, ...row }], skipDuplicates: true });
  if (created.count === 0) {
    const updated = await tx.product.updateMany({
      where: {
        shopId,
        gid,
        deletedAt: null,
        OR: [{ shopifyUpdatedAt: null }, { shopifyUpdatedAt: { lte: updatedAt } }],
      },
      data: row,
    });
    if (updated.count === 0) return { status: "stale" };
  }
  for (const variant of variants) {
    await tx.variant.upsert({
      where: { shopId_gid: { shopId, gid: variant.gid } },
      create: { shopId, productGid: gid, ...variant },
      update: { productGid: gid, ...variant },
    });
  }
  if (variantGids) {
    await tx.variant.deleteMany({ where: { shopId, productGid: gid, gid: { notIn: variantGids } } });
  }
  return { status: "saved" };
}

/** The product is gone from the shop. Its row stays, because orders and figures name it. */
export async function deleteProduct(tx: Tx, shopId: ShopId, gid: string, now: Date): Promise<void> {
  await tx.product.updateMany({ where: { shopId, gid, deletedAt: null }, data: { deletedAt: now } });
  await tx.variant.updateMany({ where: { shopId, productGid: gid }, data: { available: false } });
}
