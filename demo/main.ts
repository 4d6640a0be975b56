// Starts the whole demo store: admin, storefront and Admin API on one port, the proxy in the tunnel's place on
// another, and the SMTP mailbox on a third. Run directly, or started by tests with free ports.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import type http from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { createBulkOperations } from "./admin-api/bulk.ts";
import { createCodeImports } from "./admin-api/code-imports.ts";
import type { AdminContext } from "./admin-api/context.ts";
import { createAdminApi } from "./admin-api/engine.ts";
import { createClock } from "./clock.ts";
import { demoConfig, PRIMARY_SHOP, type DemoConfig, type DemoOptions } from "./config.ts";
import { controlRoutes } from "./control/routes.ts";
import type { Demo } from "./demo.ts";
import { createEventLog } from "./event-log.ts";
import type { Route } from "./http.ts";
import { startMailbox } from "./mail/mailbox.ts";
import { createInstallations, type AccessToken } from "./oauth/installations.ts";
import { createTokenIssuer } from "./oauth/issuer.ts";
import { createProxy } from "./proxy.ts";
import { createDemoServer, pictureRoutes } from "./server.ts";
import { answerForShopify } from "./shopify-host.ts";
import { openShops, seedShops } from "./shops.ts";
import { createSnapshotWriter, readSnapshot, type HistorySource } from "./snapshot.ts";
import type { RunningStore } from "./store/create-store.ts";
import { bulkFinishPayload } from "./webhooks/payloads/shop.ts";
import { payloadOf } from "./webhooks/payloads/payload.ts";
import { createWebhookSender } from "./webhooks/sender.ts";

export type RunningDemo = Demo & {
  origin: string;
  appUrl: string;
  ports: { store: number; proxy: number; smtp: number };
  stop(): Promise<void>;
};

const TICK_MS = 250;
const CODE_IMPORT_MS = 400;

/** Ports of 0 become free ports. Throws when a port is taken. */
export async function startDemoStore(options: DemoOptions = {}): Promise<RunningDemo> {
  const config = demoConfig(await withFreePorts(options));
  const inState = (name: string) => config.stateDir && path.join(config.stateDir, name);
  const clock = createClock(inState("clock.json"));
  const log = createEventLog(clock);

  const source = historySource(config);
  const snapshotFile = inState("store.json");
  const saved = snapshotFile ? readSnapshot(snapshotFile, source) : undefined;
  let anchor = saved?.anchor ?? clock.iso();
  const stores = openShops(config, clock, new Date(anchor));
  const installations = createInstallations(config.app.scopes, clock);
  const webhooks = createWebhookSender(config, clock);
  const mailbox = await startMailbox({ port: config.smtpPort, clock, folder: inState("mails") });
  const unmodelled = new Map<string, number>();
  const codeImports = createCodeImports(CODE_IMPORT_MS);
  const bulkFolder = inState("bulk") ?? mkdtempSync(path.join(os.tmpdir(), "postlude-bulk-"));

  const snapshots = createSnapshotWriter(snapshotFile, () => ({
    version: 1,
    source,
    anchor,
    stores: Object.fromEntries([...stores].map(([domain, store]) => [domain, store.snapshot()])),
    installations: installations.snapshot(),
    deliveries: webhooks.deliveries().slice(0, 300).toReversed(),
    bulk: bulk.all(),
  }));

  const bulk = createBulkOperations({
    folder: bulkFolder,
    objectsPerSecond: config.bulkObjectsPerSecond,
    onFinish: (operation) =>
      webhooks.send(operation.shop, "bulk_operations/finish", bulkFinishPayload(operation)),
    onChange: () => snapshots.schedule(),
    log: (shop, message) => log.add("admin-api", message, shop),
  });

  const demo: Demo = {
    config,
    clock,
    log,
    store: stores.get(PRIMARY_SHOP)!,
    stores,
    installations,
    tokens: createTokenIssuer(config, clock),
    mailbox,
    webhooks,
    unmodelled,
  };

  function contextFor(shop: string, token: AccessToken): AdminContext | undefined {
    const store = stores.get(shop);
    if (!store) return undefined;
    return {
      store,
      config,
      clock,
      token,
      scopes: new Set(token.scopes),
      protectedData: new Set(config.protectedData),
      installations,
      bulk,
      codeImports,
      noteUnmodelled(name) {
        unmodelled.set(name, (unmodelled.get(name) ?? 0) + 1);
        log.add("unmodelled", name, shop);
      },
    };
  }

  if (saved) {
    for (const [domain, snapshot] of Object.entries(saved.stores)) stores.get(domain)?.restore(snapshot);
    installations.restore(saved.installations);
    webhooks.restore(saved.deliveries);
    bulk.restore(saved.bulk, (operation) =>
      contextFor(operation.shop, {
        token: "restored",
        shop: operation.shop,
        kind: "offline",
        scopes: operation.scopes,
        expiresAt: null,
      }),
    );
  }
  installations.onChange(() => snapshots.schedule());
  webhooks.onAttempt((delivery, attempt) => {
    log.add(
      "webhook",
      `${delivery.topic} → ${attempt.status ?? attempt.error} (${attempt.ms} ms)`,
      delivery.shop,
    );
    snapshots.schedule();
  });
  mailbox.subscribe((mail) => log.add("mail", `${mail.to.join(", ")}: ${mail.subject}`));
  for (const [domain, store] of stores) announceChanges(demo, domain, store, () => snapshots.schedule());

  const tick = () => stores.forEach((store) => store.tick(clock.now()));
  const ticking = setInterval(tick, TICK_MS);
  clock.onAdvance(tick);
  tick();

  /** Back to the first minute of a fresh demo: the same history, nothing installed, an empty mailbox. */
  function reset(): void {
    clock.reset();
    anchor = clock.iso();
    installations.clear();
    webhooks.clear();
    bulk.clear();
    mailbox.clear();
    unmodelled.clear();
    for (const store of stores.values()) store.reset();
    seedShops(stores, config, new Date(anchor));
    log.add("demo", "started afresh");
    snapshots.writeNow();
  }

  const adminApi = createAdminApi();
  const routes: Route[] = [
    ...controlRoutes(demo, { bulkFolder, reset }),
    ...pictureRoutes(demo),
    ...(await pageRoutes(demo)),
  ];
  const storeServer = createDemoServer({
    demo,
    routes,
    answerForShopify: (request) => answerForShopify(demo, adminApi, contextFor, request),
  });
  const proxyServer = createProxy({ target: config.appTarget, demoOrigin: config.origin });
  await listen(storeServer, config.port);
  await listen(proxyServer, config.proxyPort);

  async function stop(): Promise<void> {
    clearInterval(ticking);
    bulk.stop();
    webhooks.stop();
    snapshots.writeNow();
    await Promise.all([close(storeServer), close(proxyServer), mailbox.stop()]);
    if (!config.stateDir) rmSync(bulkFolder, { recursive: true, force: true });
  }

  return {
    ...demo,
    origin: config.origin,
    appUrl: config.appUrl,
    ports: { store: config.port, proxy: config.proxyPort, smtp: config.smtpPort },
    stop,
  };
}

/** Every change of a shop with the app installed becomes webhooks; every change is saved. */
function announceChanges(demo: Demo, domain: string, store: RunningStore, save: () => void): void {
  store.onSave(save);
  store.subscribe((change) => {
    save();
    demo.log.add("store", change.topic, domain);
    if (!demo.installations.isInstalled(domain)) return;
    demo.webhooks.send(domain, change.topic, payloadOf(change, store, demo.config.origin));
  });
}

/** The pages live in a folder of their own; without them the demo store is an API. */
async function pageRoutes(demo: Demo): Promise<Route[]> {
  const file = path.join(import.meta.dirname, "pages", "routes.ts");
  if (!existsSync(file)) return [];
  const pages = (await import(file)) as { pageRoutes: (demo: Demo) => Route[] | Promise<Route[]> };
  return pages.pageRoutes(demo);
}

function historySource(config: DemoConfig): HistorySource {
  return config.historyDir
    ? { kind: "files", folder: path.resolve(config.historyDir) }
    : { kind: "generated", orders: config.generatedOrders };
}

async function withFreePorts(options: DemoOptions): Promise<DemoOptions> {
  const result = { ...options };
  for (const name of ["port", "proxyPort", "smtpPort"] as const) {
    if (result[name] === 0) result[name] = await freePort();
  }
  return result;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
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
