// Starts the whole demo store: admin, storefront and Admin API on one port, the proxy in the tunnel's place on
// another, and the SMTP mailbox on a third. Run directly, or started by tests with free ports.
import { existsSync, rmSync } from "node:fs";
import type http from "node:http";
import path from "node:path";
import { createAdminApi } from "./admin-api/engine.ts";
import { assembleDemo, type DemoParts } from "./assemble.ts";
import { demoConfig, type DemoOptions } from "./config.ts";
import { controlRoutes } from "./control/routes.ts";
import type { Demo } from "./demo.ts";
import { freePort } from "./free-port.ts";
import type { Route } from "./http.ts";
import { createProxy } from "./proxy.ts";
import { createDemoServer, pictureRoutes } from "./server.ts";
import { answerForShopify } from "./shopify-host.ts";

export type RunningDemo = Demo & {
  origin: string;
  appUrl: string;
  ports: { store: number; proxy: number; smtp: number };
  stop(): Promise<void>;
};

const TICK_MS = 250;

/** Ports of 0 become free ports. Throws when a port is taken. */
export async function startDemoStore(options: DemoOptions = {}): Promise<RunningDemo> {
  const config = demoConfig(await withFreePorts(options));
  const parts = await assembleDemo(config);
  const { demo, bulk } = parts;
  const storeServer = await createStoreServer(parts);
  const proxyServer = createProxy({ target: config.appTarget, demoOrigin: config.origin });
  await listen(storeServer, config.port);
  await listen(proxyServer, config.proxyPort);

  const ticking = setInterval(parts.tick, TICK_MS);
  demo.clock.onAdvance(parts.tick);
  parts.tick();

  async function stop(): Promise<void> {
    clearInterval(ticking);
    bulk.stop();
    demo.webhooks.stop();
    parts.saveNow();
    await Promise.all([close(storeServer), close(proxyServer), demo.mailbox.stop()]);
    if (!config.stateDir) rmSync(bulk.folder, { recursive: true, force: true });
  }

  return {
    ...demo,
    origin: config.origin,
    appUrl: config.appUrl,
    ports: { store: config.port, proxy: config.proxyPort, smtp: config.smtpPort },
    stop,
  };
}

async function createStoreServer({ demo, bulk, contextFor, reset }: DemoParts): Promise<http.Server> {
  const adminApi = createAdminApi();
  return createDemoServer({
    demo,
    routes: [
      ...controlRoutes(demo, { bulkFolder: bulk.folder, reset }),
      ...pictureRoutes(demo),
      ...(await pageRoutes(demo)),
    ],
    answerForShopify: (request) => answerForShopify(demo, adminApi, contextFor, request),
  });
}

/** The pages live in a folder of their own; without them the demo store is an API. */
async function pageRoutes(demo: Demo): Promise<Route[]> {
  const file = path.join(import.meta.dirname, "pages", "routes.ts");
  if (!existsSync(file)) return [];
  const pages = (await import(file)) as { pageRoutes: (demo: Demo) => Route[] | Promise<Route[]> };
  return pages.pageRoutes(demo);
}

async function withFreePorts(options: DemoOptions): Promise<DemoOptions> {
  const result = { ...options };
  for (const name of ["port", "proxyPort", "smtpPort"] as const) {
    if (result[name] === 0) result[name] = await freePort();
  }
  return result;
}

function listen(server: http.Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

function close(server: http.Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  const demo = await startDemoStore();
  console.log(`Demo store ${demo.origin}, app ${demo.appUrl}, SMTP 127.0.0.1:${demo.ports.smtp}`);
  const end = () => void demo.stop().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}
