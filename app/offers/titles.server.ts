import type { ShopId, Tx } from "#app/db/tx";

/** Titles of products by gid; products that are gone are left out. */
export async function productTitles(tx: Tx, shopId: ShopId, gids: string[]): Promise<Record<string, string>> {
  if (gids.length === 0) return {};
  const rows = await tx.product.findMany({
    where: { shopId, gid: { in: gids } },
    select: { gid: true, title: true },
  });
  return Object.fromEntries(rows.map(({ gid, title }) => [gid, title]));
}
