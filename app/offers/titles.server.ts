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

/** Names of offers by id; offers that are gone are left out. */
export async function offerNames(tx: Tx, shopId: ShopId, ids: string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const rows = await tx.offer.findMany({
    where: { shopId, id: { in: ids } },
    select: { id: true, name: true },
  });
  return Object.fromEntries(rows.map(({ id, name }) => [id, `The offer “${name}”`]));
}
