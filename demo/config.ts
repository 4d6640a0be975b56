// Everything about the demo store that may differ between two runs: ports, keys, versions, folders.
// The only place where Shopify versions are written down for the demo store.
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse as parseToml } from "smol-toml";

export const API_VERSION = "2026-10";
export const EXTENSIONS_VERSION = "2026-07";
export const PRIMARY_SHOP = "demo.myshopify.com";
export const SECOND_SHOP = "other.myshopify.com";

const PROJECT_ROOT = path.resolve(import.meta.dirname, "..");

export type WebhookSubscription = {
  topic: string;
  uri: string;
  name?: string;
  includeFields?: string[];
  filter?: string;
};

/** What shopify.app.toml says about the app. */
export type AppRegistration = {
  name: string;
  handle: string;
  clientId: string;
  scopes: string[];
  webhookApiVersion: string;
  subscriptions: WebhookSubscription[];
  /** `/<prefix>/<subpath>/…` on the shop's domain is answered by the app under `path`. */
  proxy?: { prefix: string; subpath: string; path: string };
};

export type DemoConfig = {
  projectRoot: string;
  /** Where the admin, the storefront, the checkout and the Admin API answer, e.g. http://localhost:4700 */
  origin: string;
  port: number;
  /** The app's public URL (the proxy), e.g. http://localhost:4710 */
  appUrl: string;
  proxyPort: number;
  /** Where the app really listens, e.g. http://127.0.0.1:4711 */
  appTarget: string;
  smtpPort: number;
  apiKey: string;
  apiSecret: string;
  app: AppRegistration;
  /** Snapshot, mails and clock; undefined keeps everything in memory. */
  stateDir?: string;
  /** Folder with Shopify order-export CSV files; undefined generates a history. */
  historyDir?: string;
  /** How many orders the generated history has. */
  generatedOrders: number;
  /** Milliseconds between the thank-you page and the moment the Admin API knows the order. */
  orderDelayMs: number;
  /** Factor on the waiting times between webhook retries. 1 = Shopify's, 0.001 for tests. */
  retryScale: number;
  /** Objects that a bulk operation counts per second. */
  bulkObjectsPerSecond: number;
  /** Which protected customer data the app is approved for. */
  protectedData: string[];
};

export type DemoOptions = Partial<
  Omit<DemoConfig, "projectRoot" | "origin" | "appUrl" | "appTarget" | "app">
> & {
  appPort?: number;
  appTarget?: string;
  app?: AppRegistration;
};

/** Reads the environment, lets `options` win, and fills in the defaults of a normal demo. */
export function demoConfig(options: DemoOptions = {}, env: NodeJS.ProcessEnv = process.env): DemoConfig {
  const app = options.app ?? readAppRegistration(path.join(PROJECT_ROOT, "shopify.app.toml"));
  const port = options.port ?? Number(env.DEMO_PORT ?? 4700);
  const proxyPort = options.proxyPort ?? Number(env.DEMO_PROXY_PORT ?? 4710);
  const appPort = options.appPort ?? Number(env.DEMO_APP_PORT ?? 4711);
  const stateDir = "stateDir" in options ? options.stateDir : (env.DEMO_STATE_DIR ?? ".demo");
  return {
    projectRoot: PROJECT_ROOT,
    origin: `http://localhost:${port}`,
    port,
    appUrl: `http://localhost:${proxyPort}`,
    proxyPort,
    appTarget: options.appTarget ?? `http://127.0.0.1:${appPort}`,
    smtpPort: options.smtpPort ?? Number(env.DEMO_SMTP_PORT ?? 4725),
    apiKey: options.apiKey ?? env.SHOPIFY_API_KEY ?? app.clientId,
    apiSecret: options.apiSecret ?? env.SHOPIFY_API_SECRET ?? "devsecret_postlude_demo",
    app,
    stateDir: stateDir && path.resolve(PROJECT_ROOT, stateDir),
    historyDir: options.historyDir ?? env.DEMO_HISTORY_DIR,
    generatedOrders: options.generatedOrders ?? Number(env.DEMO_ORDERS ?? 1500),
    orderDelayMs: options.orderDelayMs ?? 1500,
    retryScale: options.retryScale ?? 1,
    bulkObjectsPerSecond: options.bulkObjectsPerSecond ?? 40_000,
    protectedData: options.protectedData ?? ["name", "email", "phone", "address"],
  };
}

type TomlSubscription = {
  topics?: string[];
  compliance_topics?: string[];
  uri: string;
  name?: string;
  include_fields?: string[];
  filter?: string;
};

type AppToml = {
  client_id: string;
  name: string;
  handle?: string;
  application_url: string;
  access_scopes?: { scopes?: string };
  app_proxy?: { url: string; prefix: string; subpath: string };
  webhooks?: { api_version?: string; subscriptions?: TomlSubscription[] };
};

export function readAppRegistration(file: string): AppRegistration {
  const toml = parseToml(readFileSync(file, "utf8")) as unknown as AppToml;
  return {
    name: toml.name,
    handle: toml.handle ?? toml.name.toLowerCase(),
    clientId: toml.client_id,
    scopes: (toml.access_scopes?.scopes ?? "")
      .split(",")
      .map((scope) => scope.trim())
      .filter(Boolean),
    ...(toml.app_proxy && {
      proxy: {
        prefix: toml.app_proxy.prefix,
        subpath: toml.app_proxy.subpath,
        path: new URL(toml.app_proxy.url, toml.application_url).pathname,
      },
    }),
    webhookApiVersion: toml.webhooks?.api_version ?? API_VERSION,
    subscriptions: (toml.webhooks?.subscriptions ?? []).flatMap(subscriptionsOf),
  };
}

function subscriptionsOf(entry: TomlSubscription): WebhookSubscription[] {
  const topics = [...(entry.topics ?? []), ...(entry.compliance_topics ?? [])];
  return topics.map((topic) => ({
    topic,
    uri: entry.uri,
    name: entry.name,
    includeFields: entry.include_fields,
    filter: entry.filter,
  }));
}
