import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import {
  deleteCollection,
  keepCollections,
  noteCollection,
  saveMembers,
} from "#app/orders/collections.server";
import { fetchMembers, listCollections } from "#app/orders/fetch-collections";
import type { JobHandlers } from "#app/queue/queue.server";
import type { AdminClient } from "#app/shops/admin-client";
import type { Ports } from "./ports.server";

type CollectionsJob = "orders.list-collections" | "orders.read-collection";

export function collectionsJobs(ports: Ports): Pick<JobHandlers, CollectionsJob> {
  return {
    "orders.list-collections": async ({ shopId }) => {
      const admin = await adminOf(ports, shopId);
      if (!admin) return;
      const listed = await listCollections(admin);
      await inShop(shopId, async (tx) => {
        const gids = listed.map(({ gid }) => gid);
        await keepCollections(tx, shopId, gids);
        for (const told of listed) await noteCollection(tx, shopId, told);
      });
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

async function adminOf(ports: Ports, shopId: number): Promise<AdminClient | null> {
  const shop = await prisma.shop.findUnique({ where: { id: shopId } });
  return shop?.status === "installed" ? ports.adminFor(shop.domain) : null;
}
