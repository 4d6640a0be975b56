import { pool } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";

/**
 * Installed shops by domain, for the hot paths. A shop is looked up at most every 15 s, so an uninstall is noticed by
 * every process within that time. Bounded: the oldest entry leaves when 10,000 shops are held.
 */
const TTL_MS = 15_000;
const LIMIT = 10_000;

const INSTALLED = `SELECT * FROM "Shop" WHERE domain = $1 AND status = 'installed'`;

const cache = new Map<string, { shop: Shop | null; until: number }>();

export async function installedShop(domain: string): Promise<Shop | null> {
  const hit = cache.get(domain);
  const now = performance.now();
  if (hit && hit.until > now) return hit.shop;
  const { rows } = await pool.query<Shop>(INSTALLED, [domain]);
  const shop = rows[0] ?? null;
  cache.delete(domain);
  cache.set(domain, { shop, until: now + TTL_MS });
  if (cache.size > LIMIT) cache.delete(cache.keys().next().value!);
  return shop;
}

/** For tests and for the process that itself changed a shop. */
export function forgetShops(): void {
  cache.clear();
}
