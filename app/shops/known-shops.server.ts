import { keep } from "#app/db/kept";
import { pool } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";

/**
 * Installed shops by domain, for the hot paths. What is kept is less than 15 s old, so an uninstall is noticed by every process
 * within that time. A busy shop is looked up behind its requests' back, and once: when all requests of a moment looked it up for
 * themselves, they opened every connection of the pool, and who asked for a decision then waited for up to 100 ms.
 */
const known = keep<Shop | null>({ milliseconds: 15_000, most: 10_000 });

const INSTALLED = `SELECT * FROM "Shop" WHERE domain = $1 AND status = 'installed'`;

/** Without a promise where it is known. */
export function installedShop(domain: string): Shop | null | Promise<Shop | null> {
  return known.get(domain, async () => {
    const { rows } = await pool.query<Shop>(INSTALLED, [domain]);
    return rows[0] ?? null;
  });
}

/** For tests and for the process that itself changed a shop. */
export function forgetShops(): void {
  known.clear();
}
