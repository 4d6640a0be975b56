import type { ShopId, Tx } from "#app/db/tx";
import { enqueue } from "#app/queue/queue.server";

/**
 * Collections and what is in them. A webhook says that a collection changed and nothing of its products, so they are read
 * from Shopify afterwards (fetch-collections.ts). What is not read yet counts as empty.
 */
export type CollectionSnapshot = { gid: string; title: string; updatedAt: Date };

/** Most collections that a merchant chooses from. */
const MOST_LISTED = 1_000;

/** Writes what is told unless something newer is here, and has its products read. */
export async function noteCollection(tx: Tx, shopId: ShopId, told: CollectionSnapshot): Promise<void> {
  const { gid, title, updatedAt } = told;
  const row = { title, shopifyUpdatedAt: updatedAt };
  const created = await tx.collection.createMany({ data: [{ shopId, gid, ...row }], skipDuplicates: true });
  if (created.count === 0) {
    await tx.collection.updateMany({
      where: { shopId, gid, OR: [{ shopifyUpdatedAt: null }, { shopifyUpdatedAt: { lte: updatedAt } }] },
      data: row,
    });
  }
  await enqueue(tx, "orders.read-collection", { shopId, collectionGid: gid });
}

export async function deleteCollection(tx: Tx, shopId: ShopId, gid: string): Promise<void> {
  await tx.collection.deleteMany({ where: { shopId, gid } });
}

/**
 * All collections that Shopify has: what is not among them is taken out, and what changed since it was read is read. Heals
 * what webhooks did not bring.
 */
export async function noteAllCollections(tx: Tx, shopId: ShopId, all: CollectionSnapshot[]): Promise<void> {
  await tx.collection.deleteMany({ where: { shopId, gid: { notIn: all.map(({ gid }) => gid) } } });
  const stored = await tx.collection.findMany({ where: { shopId, membersAt: { not: null } } });
  const read = new Map(stored.map(({ gid, shopifyUpdatedAt }) => [gid, shopifyUpdatedAt?.getTime() ?? 0]));
  for (const told of all) {
    if ((read.get(told.gid) ?? -1) < told.updatedAt.getTime()) await noteCollection(tx, shopId, told);
  }
}

/** Replaces what is in a collection; nothing where the collection is gone meanwhile. */
export async function saveMembers(
  tx: Tx,
  shopId: ShopId,
  { gid, productGids }: { gid: string; productGids: string[] },
  now: Date,
): Promise<void> {
  const known = await tx.collection.updateMany({ where: { shopId, gid }, data: { membersAt: now } });
  if (known.count === 0) return;
  await tx.$executeRaw`
    DELETE FROM "CollectionProduct"
    WHERE "shopId" = ${shopId} AND "collectionGid" = ${gid} AND "productGid" <> ALL (${productGids}::text[])`;
  await tx.$executeRaw`
    INSERT INTO "CollectionProduct" ("shopId", "collectionGid", "productGid")
    SELECT ${shopId}, ${gid}, product FROM unnest(${productGids}::text[]) AS product ON CONFLICT DO NOTHING`;
}

/** Collections by title, with how many products each has. */
export async function collectionsOf(
  tx: Tx,
  shopId: ShopId,
): Promise<{ gid: string; title: string; products: number }[]> {
  const rows = await tx.collection.findMany({
    where: { shopId },
    select: { gid: true, title: true, _count: { select: { products: true } } },
    orderBy: [{ title: "asc" }, { gid: "asc" }],
    take: MOST_LISTED,
  });
  return rows.map(({ gid, title, _count }) => ({ gid, title, products: _count.products }));
}
