import { acrossShops, inShop, inShopRaw } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { log } from "#app/log.server";
import type { JobHandlers } from "#app/queue/queue.server";
import { AdminApiError } from "#app/shops/admin-client";
import { advanceImport, startImport } from "#app/shops/shops.server";
import { openLines } from "./import-lines.server";
import { importWriters } from "./import-writers.server";
import type { Ports, Sweep } from "./ports.server";
import { reconcileSweep } from "./reconcile.server";

export function shopsJobs(ports: Ports): Pick<JobHandlers, "shops.start-import" | "shops.advance-import"> {
  return {
    "shops.start-import": async ({ shopId }) => {
      await inShop(shopId, (tx) => startImport(tx, shopId, ports.now()));
    },
    "shops.advance-import": async ({ shopId, importRunId }) => {
      await advance(ports, shopId, importRunId);
    },
  };
}

/** Moves every import on: asks Shopify how far it is, and reads what is ready. Survives the loss of any process. */
const importSweep: Sweep = {
  name: "shops.import",
  everySeconds: 2,
  run: async (ports) => {
    const active = await acrossShops(
      (tx) => tx.$queryRaw<{ shopId: number; id: string }[]>`
        SELECT r."shopId", r.id FROM "ImportRun" r JOIN "Shop" s ON s.id = r."shopId"
        WHERE r.status IN ('waiting', 'running', 'reading') AND s.status = 'installed'
        ORDER BY r."updatedAt" LIMIT 100`,
    );
    let moved = 0;
    for (const { shopId, id } of active) {
      try {
        if (await advance(ports, shopId, id)) moved++;
      } catch (error) {
        // One shop's trouble (a token that died, a result cut short) must not hold up the others.
        const level = error instanceof AdminApiError ? "warn" : "error";
        log[level]({ shopId, importRunId: id, error: String(error) }, "import did not move");
      }
    }
    return moved;
  },
};

export const shopsSweeps: Sweep[] = [importSweep, reconcileSweep];

async function advance(ports: Ports, shopId: number, importRunId: string): Promise<boolean> {
  const shop = await prisma.shop.findUnique({ where: { id: shopId } });
  if (shop?.status !== "installed") return false;
  return advanceImport(
    {
      admin: () => ports.adminFor(shop.domain),
      inShop: (work) => inShop(shopId, work),
      inShopRaw: (work) => inShopRaw(shopId, work),
      openLines,
      writers: importWriters(ports.secret),
      now: ports.now,
    },
    shop,
    importRunId,
  );
}
