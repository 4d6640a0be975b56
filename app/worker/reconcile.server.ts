import { acrossShops, inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { changedOrders, fetchOrder } from "#app/orders/fetch-orders";
import { orderByGid, recordOrder } from "#app/orders/orders.server";
import { fulfillmentFromNode } from "#app/parcels/import-parcels";
import { recordFulfillment } from "#app/parcels/fulfillments.server";
import type { AdminClient } from "#app/shops/admin-client";
import type { Ports, Sweep } from "./ports.server";

/**
 * Shopify does not promise that every webhook arrives. Every 15 minutes each shop is asked which orders changed since
 * the last look; what we do not have, or have older, is fetched and recorded as its webhook would have been.
 */
const EVERY_MS = 15 * 60_000;
/** Younger changes are still on their way as webhooks. */
const GRACE_MS = 2 * 60_000;

export const reconcileSweep: Sweep = {
  name: "shops.reconcile",
  everySeconds: 30,
  run: async (ports) => {
    const now = ports.now();
    const due = new Date(now.getTime() - EVERY_MS);
    const shops = await acrossShops(
      (tx) => tx.$queryRaw<Pick<Shop, "id" | "domain" | "installedAt">[]>`
        SELECT s.id, s.domain, s."installedAt" FROM "Shop" s
        LEFT JOIN "SyncCursor" c ON c."shopId" = s.id AND c.resource = 'orders'
        WHERE s.status = 'installed' AND coalesce(c."checkedAt", s."installedAt") <= ${due}
        ORDER BY c."checkedAt" NULLS FIRST LIMIT 20`,
    );
    for (const shop of shops) {
      await reconcileShop(ports, shop).catch((error: unknown) =>
        log.warn(
          { shopId: shop.id, error: String(error) },
          "reconciliation cut short; the next turn goes on",
        ),
      );
    }
    return 0;
  },
};

/**
 * Looks at one shop. Cut short (throttled, token gone), it keeps what it reached for the next turn.
 * @returns how many orders a webhook should have brought and did not
 */
export async function reconcileShop(
  ports: Ports,
  shop: Pick<Shop, "id" | "domain" | "installedAt">,
): Promise<number> {
  const now = ports.now();
  const until = new Date(now.getTime() - GRACE_MS);
  const cursor = await inShop(shop.id, (tx) =>
    tx.syncCursor.findUnique({ where: { shopId_resource: { shopId: shop.id, resource: "orders" } } }),
  );
  let reached = cursor?.updatedAt ?? shop.installedAt;
  let repaired = 0;
  try {
    const admin = await ports.adminFor(shop.domain);
    for await (const { gid, updatedAt } of changedOrders(admin, reached, until)) {
      const stored = await inShop(shop.id, (tx) => orderByGid(tx, shop.id, gid));
      const isMissed = !stored || stored.shopifyUpdatedAt < updatedAt;
      if (isMissed && (await repairOrder(admin, shop.id, gid, now))) repaired++;
      reached = updatedAt;
    }
    reached = until;
  } finally {
    await saveCursor(shop.id, { updatedAt: reached, checkedAt: now, repaired });
  }
  if (repaired > 0) log.warn({ shopId: shop.id, repaired }, "orders repaired that webhooks did not bring");
  return repaired;
}

async function repairOrder(admin: AdminClient, shopId: number, gid: string, now: Date): Promise<boolean> {
  const fetched = await fetchOrder(admin, gid);
  if (!fetched) return false;
  return inShop(shopId, async (tx) => {
    const { status } = await recordOrder(tx, shopId, fetched.order, now);
    for (const node of fetched.fulfillments) {
      await recordFulfillment(tx, shopId, fulfillmentFromNode(node, gid), now);
    }
    return status !== "stale";
  });
}

async function saveCursor(
  shopId: number,
  { repaired, ...times }: { updatedAt: Date; checkedAt: Date; repaired: number },
): Promise<void> {
  await inShop(shopId, (tx) =>
    tx.syncCursor.upsert({
      where: { shopId_resource: { shopId, resource: "orders" } },
      create: { shopId, resource: "orders", repaired, ...times },
      update: { ...times, repaired: { increment: repaired } },
    }),
  );
}
