import { prisma } from "#app/db/pool.server";
import type { ShopId } from "#app/db/tx";
import type { AdminClient } from "#app/shops/admin-client";
import type { Ports } from "./ports.server";

/** The Admin API of a shop; null where the app is no longer installed. */
export async function adminOf(ports: Ports, shopId: ShopId): Promise<AdminClient | null> {
  const shop = await prisma.shop.findUnique({ where: { id: shopId } });
  return shop?.status === "installed" ? ports.adminFor(shop.domain) : null;
}
