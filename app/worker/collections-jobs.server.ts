import { acrossShops, inShop } from "#app/db/in-shop.server";
import { deleteCollection, noteAllCollections, saveMembers } from "#app/orders/collections.server";
import { fetchMembers, listCollections } from "#app/orders/fetch-collections";
import { enqueue, type JobHandlers } from "#app/queue/queue.server";
import { adminOf } from "./admin-of.server";
import type { Ports, Sweep } from "./ports.server";

type CollectionsJob = "orders.list-collections" | "orders.read-collection";

export function collectionsJobs(ports: Ports): Pick<JobHandlers, CollectionsJob> {
  return {
    "orders.list-collections": async ({ shopId }) => {
      const admin = await adminOf(ports, shopId);
      if (!admin) return;
      const listed = await listCollections(admin);
      await inShop(shopId, (tx) => noteAllCollections(tx, shopId, listed));
    },
    "orders.read-collection": async ({ shopId, collectionGid: gid }) => {
      const admin = await adminOf(ports, shopId);
      if (!admin) return;
      const productGids = await fetchMembers(admin, gid);
      await inShop(shopId, (tx) =>
        productGids
          ? saveMembers(tx, shopId, { gid, productGids }, ports.now())
          : deleteCollection(tx, shopId, gid),
      );
    },
  };
}

const EVERY_MS = 24 * 60 * 60_000;

/** Once a day each shop is asked for all its collections: also one that was installed before they were read. */
const listSweep: Sweep = {
  name: "orders.list-collections",
  everySeconds: 60,
  run: async (ports) => {
    const now = ports.now();
    const due = new Date(now.getTime() - EVERY_MS);
    const shops = await acrossShops(
      (tx) => tx.$queryRaw<{ id: number }[]>`
        SELECT s.id FROM "Shop" s
        LEFT JOIN "SyncCursor" c ON c."shopId" = s.id AND c.resource = 'collections'
        WHERE s.status = 'installed' AND coalesce(c."checkedAt", '-infinity') <= ${due}
        ORDER BY c."checkedAt" NULLS FIRST LIMIT 50`,
    );
    for (const { id: shopId } of shops) {
      const key = { shopId, resource: "collections" };
      const times = { updatedAt: now, checkedAt: now };
      await inShop(shopId, async (tx) => {
        await tx.syncCursor.upsert({
          where: { shopId_resource: key },
          create: { ...key, ...times },
          update: times,
        });
        await enqueue(tx, "orders.list-collections", { shopId });
      });
    }
    return shops.length;
  },
};

export const collectionsSweeps: Sweep[] = [listSweep];
