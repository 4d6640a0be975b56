import { saveTags } from "#app/customers/customers.server";
import { fetchTags } from "#app/customers/fetch-tags";
import { inShop } from "#app/db/in-shop.server";
import type { JobHandlers } from "#app/queue/queue.server";
import { adminOf } from "./admin-of.server";
import type { Ports } from "./ports.server";

/** Tags that change faster than that bring another telling. */
const MOST_LOOKS = 4;

export function customersJobs(ports: Ports): Pick<JobHandlers, "customers.read-tags"> {
  return {
    "customers.read-tags": async ({ shopId, customerGid }) => {
      const admin = await adminOf(ports, shopId);
      if (!admin) return;
      // Two may read at once, and the older answer be stored last: what is stored is looked at once more.
      let stored: string | null = null;
      for (let look = 0; look < MOST_LOOKS; look++) {
        const tags = await fetchTags(admin, customerGid);
        if (tags.join("\0") === stored) return;
        await inShop(shopId, (tx) => saveTags(tx, shopId, customerGid, tags));
        stored = tags.join("\0");
      }
    },
  };
}
