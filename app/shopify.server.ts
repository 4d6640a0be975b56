import "@shopify/shopify-app-remix/adapters/node";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import { holdLock } from "#app/db/hold-lock.server";
import { bindToShop, inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { env } from "#app/env.server";
import { log } from "#app/log.server";
import { AdminApiError, type AdminClient } from "#app/shops/admin-client";
import { forgetShops } from "#app/shops/known-shops.server";
import { fetchProfile } from "#app/shops/profile";
import { SealedSessionStorage } from "#app/shops/session-storage.server";
import { completeInstall, recordInstall, saveProfile } from "#app/shops/shops.server";

export const SHOPIFY_API_VERSION = ApiVersion.October26;

export const sessionStorage = new SealedSessionStorage(prisma, env().ENCRYPTION_KEY);

const shopify = shopifyApp({
  apiKey: env().SHOPIFY_API_KEY,
  apiSecretKey: env().SHOPIFY_API_SECRET,
  apiVersion: SHOPIFY_API_VERSION,
  scopes: env().SCOPES.split(","),
  appUrl: env().SHOPIFY_APP_URL,
  authPathPrefix: "/auth",
  sessionStorage,
  logger: { level: LogSeverity.Warning },
  distribution: AppDistribution.AppStore,
  hooks: {
    afterAuth: ({ session, admin }) => install(session.shop, session.scope ?? "", adminClient(admin)),
  },
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
});

export const authenticate = shopify.authenticate;
export const addDocumentResponseHeaders = shopify.addDocumentResponseHeaders;

/**
 * Notes the installation and learns the shop's profile. Runs at every token exchange, many times a day: cheap and
 * idempotent. Of two exchanges at once the library runs the hook for one only, so pages call it too.
 */
export async function install(domain: string, scopes: string, admin: AdminClient): Promise<void> {
  const now = new Date();
  const { shop, installed } = await prisma.$transaction(async (tx) => {
    const result = await recordInstall(tx, domain, scopes, now);
    if (result.installed) {
      await bindToShop(tx, result.shop.id);
      await completeInstall(tx, result.shop.id);
    }
    return result;
  });
  if (installed || !shop.gid) await learnProfile(shop.id, admin);
  forgetShops();
}

/** Name, currency and time zone. A shop works without them, so a fault here does not stop the installation. */
async function learnProfile(shopId: number, admin: AdminClient): Promise<void> {
  try {
    const profile = await fetchProfile(admin);
    await inShop(shopId, (tx) => saveProfile(tx, shopId, profile));
  } catch (error) {
    log.warn({ shopId, error: String(error) }, "shop profile not read; the next token exchange tries again");
  }
}

/** What is being read at this moment: a backlog of one shop's jobs waits for one lock, not each for its own. */
const underWay = new Map<string, Promise<AdminClient>>();

/**
 * Admin API client of one shop for the worker and the extension API. Refreshing an expiring token is serialised per
 * shop over all processes: two parallel refreshes would each invalidate the other's token.
 * @throws AdminApiError "unauthorized" where the shop has no usable session (uninstalled, or idle for 90 days)
 */
export function adminFor(domain: string): Promise<AdminClient> {
  const found = underWay.get(domain);
  if (found) return found;
  const reading = holdLock("token-refresh", domain, () => readAdmin(domain)).finally(() =>
    underWay.delete(domain),
  );
  underWay.set(domain, reading);
  return reading;
}

async function readAdmin(domain: string): Promise<AdminClient> {
  try {
    const { admin } = await shopify.unauthenticated.admin(domain);
    return adminClient(admin);
  } catch (error) {
    if (error instanceof Response || isWithoutSession(error)) {
      throw new AdminApiError("unauthorized", `no usable session for ${domain}`);
    }
    throw error;
  }
}

/** The library neither exports the class nor gives it a name of its own. */
function isWithoutSession(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === "SessionNotFoundError";
}

type Graphql = (document: string, options?: { variables?: Record<string, unknown> }) => Promise<Response>;

/** Wraps the library's client of an admin request, so that pages hand domains the same port as the worker does. */
export function adminClient(admin: { graphql: Graphql }): AdminClient {
  return { query: (document, variables) => runDocument(admin.graphql, document, variables) };
}

const THROTTLE_TRIES = 5;

async function runDocument<Data>(
  graphql: Graphql,
  document: string,
  variables?: Record<string, unknown>,
): Promise<Data> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await graphql(document, variables ? { variables } : undefined);
      const body = (await response.json()) as { data: Data };
      return body.data;
    } catch (error) {
      const problem = asAdminApiError(error);
      if (problem.kind !== "throttled" || attempt === THROTTLE_TRIES) throw problem;
      await new Promise((resolve) => setTimeout(resolve, 1_000 * attempt));
    }
  }
}

function asAdminApiError(error: unknown): AdminApiError {
  if (error instanceof Response)
    return new AdminApiError("unauthorized", `Admin API answered ${error.status}`);
  const { message = String(error), body } = error as { message?: string; body?: { errors?: unknown } };
  const detail = body?.errors ? `${message} ${JSON.stringify(body.errors)}` : message;
  if (/THROTTLED|Throttled/.test(detail)) return new AdminApiError("throttled", detail);
  const kind = body?.errors ? "rejected" : "unreachable";
  return new AdminApiError(kind, detail);
}
