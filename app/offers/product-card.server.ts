import type { ShopId, Tx } from "#app/db/tx";

/** A product as a preview shows it. */
export type ProductCard = { title: string; priceMinor: number; imageUrl: string | null };

/** With the variant that would be offered: the first that can be bought. Null where the shop has no such product. */
export async function productCard(tx: Tx, shopId: ShopId, gid: string): Promise<ProductCard | null> {
  const product = await tx.product.findFirst({
    where: { shopId, gid, deletedAt: null },
    select: {
      title: true,
      imageUrl: true,
      variants: {
        where: { priceMinor: { gt: 0 } },
        orderBy: [{ available: "desc" }, { position: "asc" }, { gid: "asc" }],
        take: 1,
        select: { priceMinor: true },
      },
    },
  });
  const [variant] = product?.variants ?? [];
  return product && variant
    ? { title: product.title, imageUrl: product.imageUrl, priceMinor: variant.priceMinor }
    : null;
}
