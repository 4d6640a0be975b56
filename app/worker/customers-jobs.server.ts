import { saveTags } from "#app/customers/customers.server";
import { fetchTags } from "#app/customers/fetch-tags";
import { inShop } from "#app/db/in-shop.server";
import type { JobHandlers } from "#app/queue/queue.server";
import { adminOf } from "./admin-of.server";
import type { Ports } from "./ports.server";

export function customersJobs(ports: Ports): Pick<JobHandlers, "customers.read-tags"> {
  return {
    "customers.read-tags": async ({ shopId, customerGid }) => {
      const admin = await adminOf(ports, shopId);
      if (!admin) return;
      const tags = await fetchTags(admin, customerGid);
      await inShop(shopId, (tx) => saveTags(tx, shopId, customerGid, tags));
    },
  };
}
