import { isDatabaseAway } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { adminClient, authenticate, install } from "#app/shopify.server";
import type { AdminClient } from "#app/shops/admin-client";
import { installedShop } from "#app/shops/known-shops.server";

export type AdminRequest = {
  shop: Shop;
  admin: AdminClient;
  /** The staff member's language as the admin tells it, e.g. "de". */
  locale: string;
  /** Shopify's number of the staff member who asks; a name would need a permission of its own. */
  staffId: string;
};

/**
 * Who asks, for every page and action of the admin.
 * @throws Response where the session is missing or invalid; let it pass, the library answers with it
 */
export async function requireShop(request: Request): Promise<AdminRequest> {
  const { session, admin, sessionToken } = await authenticate.admin(request).catch(refuseKindly);
  const client = adminClient(admin);
  const shop = (await installedShop(session.shop)) ?? (await installNow(session, client));
  const locale = new URL(request.url).searchParams.get("locale") ?? shop.primaryLocale;
  return { shop, admin: client, locale, staffId: sessionToken.sub };
}

/** Passes on what the library answers with; a database that is away becomes 503 instead of a crash. */
function refuseKindly(error: unknown): never {
  if (error instanceof Response || !isDatabaseAway(error)) throw error;
  log.error({ error: String(error) }, "database away");
  throw pageProblem(
    503,
    "The database does not answer at the moment. Nothing is lost; please try again in a minute.",
  );
}

/** An answer that the shell shows as a page in plain words (see app/routes/app.tsx). */
export function pageProblem(status: number, message: string): Response {
  return Response.json({ message }, { status });
}

/**
 * A page asks for several things at once, and only one of these requests runs the installation hook; it may also have
 * died before the hook was through. Installing is idempotent and waits for one that is under way, so we ask for it.
 */
async function installNow(session: { shop: string; scope?: string }, admin: AdminClient): Promise<Shop> {
  await install(session.shop, session.scope ?? "", admin);
  const shop = await installedShop(session.shop);
  if (!shop) throw pageProblem(403, "This shop has not installed the app.");
  return shop;
}
