import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseAway } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { adminClient, authenticate } from "#app/shopify.server";
import type { AdminClient } from "#app/shops/admin-client";
import { forgetShops, installedShop } from "#app/shops/known-shops.server";

/** Together five seconds: an installation takes one. */
const INSTALL_ATTEMPTS = 25;
const INSTALL_PAUSE_MS = 200;

export type AdminRequest = {
  shop: Shop;
  admin: AdminClient;
  /** The staff member's language as the admin tells it, e.g. "de". */
  locale: string;
};

/**
 * Who asks, for every page and action of the admin.
 * @throws Response where the session is missing or invalid; let it pass, the library answers with it
 */
export async function requireShop(request: Request): Promise<AdminRequest> {
  const { session, admin } = await authenticate.admin(request).catch(refuseKindly);
  const shop = (await installedShop(session.shop)) ?? (await lookAgain(session.shop));
  const locale = new URL(request.url).searchParams.get("locale") ?? shop.primaryLocale;
  return { shop, admin: adminClient(admin), locale };
}

/** Passes on what the library answers with; a database that is away becomes 503 instead of a crash. */
function refuseKindly(error: unknown): never {
  if (error instanceof Response || !isDatabaseAway(error)) throw error;
  log.error({ error: String(error) }, "database away");
  throw pageProblem(503, "The database does not answer at the moment. Nothing is lost; please try again in a minute.");
}

/** An answer that the shell shows as a page in plain words (see app/routes/app.tsx). */
export function pageProblem(status: number, message: string): Response {
  return Response.json({ message }, { status });
}

/**
 * A page asks for several things at once, and only one of these requests runs the installation; the others come here
 * while it does, or with a cache that remembers "not installed" from the moment before.
 */
async function lookAgain(domain: string): Promise<Shop> {
  for (let attempt = 0; attempt < INSTALL_ATTEMPTS; attempt++) {
    forgetShops();
    const shop = await installedShop(domain);
    if (shop) return shop;
    await sleep(INSTALL_PAUSE_MS);
  }
  log.error({ domain }, "a session without an installed shop");
  throw pageProblem(403, "This shop has not installed the app.");
}
