import { saveTags } from "#app/customers/customers.server";
import { fetchTags } from "#app/customers/fetch-tags";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports } from "./ports.server";

export function customersJobs(ports: Ports): Pick<JobHandlers, "customers.read-tags"> {
  return {
    "customers.read-tags": async ({ shopId, customerGid }) => {
      const shop = await prisma.shop.findUnique({ where: { id: shopId } });
      if (shop?.status !== "installed") return;
      const tags = await fetchTags(await ports.adminFor(shop.domain), customerGid);
      await inShop(shopId, (tx) => saveTags(tx, shopId, customerGid, tags));
    },
  };
}
