import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerBuild } from "@remix-run/node";
import { ENDPOINTS } from "#app/api/endpoints.server";
import { handleExtensionRequest } from "#app/api/extension-api.server";
import { hearShopChanges } from "#app/api/shop-changes.server";
import { closeDatabase, pool } from "#app/db/pool.server";
import { requireTables } from "#app/db/require-tables.server";
import { env } from "#app/env.server";
import { handleCartOffer, isCartOfferPath } from "#app/http/cart-offers.server";
import { handleHelp, isHelpPath } from "#app/http/help-page.server";
import { handleMailLink, isMailLink } from "#app/http/mail-links.server";
import { pageHandler } from "#app/http/pages.server";
import { handleProvider, isProviderPath } from "#app/http/providers.server";
import { handlePush, isPushPath } from "#app/http/push.server";
import { handleSponsoredRequest, isSponsoredPath } from "#app/http/sponsored-links.server";
import { handleScans, isScansPath } from "#app/http/tracking-intake.server";
import { handleTracking, isTrackingPath } from "#app/http/tracking-page.server";
import { log } from "#app/log.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { receiveWebhook } from "#app/webhooks/receive.server";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/**
 * The web process's request handler: hot paths as plain handlers first, Remix behind them.
 * @param build Remix's server build, or how to get it (development rebuilds it)
 */
export function requestHandler(build: ServerBuild | (() => Promise<ServerBuild>)): Handler {
  const pages = pageHandler(build);
  return (request, response) => {
    const path = (request.url ?? "/").split("?")[0]!;
    if (path === "/webhooks") return receiveWebhook(request, response);
    if (path.startsWith("/api/")) return handleExtensionRequest(ENDPOINTS, request, response);
    if (isMailLink(path)) return handleMailLink(request, response);
    if (isSponsoredPath(path)) return handleSponsoredRequest(request, response);
    if (isCartOfferPath(path)) return handleCartOffer(request, response);
    if (isTrackingPath(path)) return handleTracking(request, response);
    if (isHelpPath(path)) return handleHelp(request, response);
    if (isPushPath(path)) return handlePush(request, response);
    if (isProviderPath(path)) return handleProvider(request, response);
    if (isScansPath(path)) return handleScans(request, response);
    if (path === "/health") return health(response);
    return pages(request, response);
  };
}

async function health(response: ServerResponse): Promise<void> {
  const up = await pool.query("SELECT 1").then(
    () => true,
    () => false,
  );
  response.writeHead(up ? 200 : 503, { "content-type": "application/json" });
  response.end(JSON.stringify({ status: up ? "ok" : "database away" }));
}

/** Opens the queue and listens on HOST:PORT. */
export async function startServer(
  build?: ServerBuild | (() => Promise<ServerBuild>),
): Promise<{ server: Server; port: number; stop: () => Promise<void> }> {
  const { HOST, PORT } = env();
  await startQueue("web");
  await requireTables();
  const changes = hearShopChanges();
  const remix = build ?? ((await import("virtual:remix/server-build")) as unknown as ServerBuild);
  const server = createServer(requestHandler(remix));
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ port }, "web is up");
  return {
    server,
    port,
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await changes.stop();
      await stopQueue();
      await closeDatabase();
      log.info("web stopped");
    },
  };
}
