// What the demo store's own tests share: a running demo on free ports, and an Admin API client with a real token.
import http from "node:http";
import type { AddressInfo } from "node:net";
import { PRIMARY_SHOP, readAppRegistration, type DemoOptions } from "./config.ts";
import { startDemoStore, type RunningDemo } from "./main.ts";
import { SHOPIFY_HOST_HEADER } from "./shopify-host.ts";
import path from "node:path";

export const APP_SECRET = "a-secret-for-tests";

/** A small, fast demo in memory. The caller stops it. */
export function aDemo(options: DemoOptions = {}): Promise<RunningDemo> {
  return startDemoStore({
    port: 0,
    proxyPort: 0,
    smtpPort: 0,
    stateDir: undefined,
    generatedOrders: 60,
    orderDelayMs: 0,
    bulkObjectsPerSecond: 1_000_000,
    apiSecret: APP_SECRET,
    ...options,
  });
}

/** The app's registration with other scopes. */
export function appWithScopes(scopes: string[]) {
  const file = path.resolve(import.meta.dirname, "..", "shopify.app.toml");
  return { ...readAppRegistration(file), scopes };
}

/** `fetch` as the app's processes have it in the demo: Shopify's hosts are the demo store. */
export function shopifyFetch(demo: RunningDemo): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    const { host, pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.set(SHOPIFY_HOST_HEADER, host);
    return fetch(`${demo.origin}${pathname}${search}`, { ...init, headers });
  };
}

export type GraphqlAnswer = {
  status: number;
  // The documents decide the shape; tests look at what they asked for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  data: any;
  errors?: { message: string; extensions?: { code?: string } }[];
  extensions?: { cost: { throttleStatus: { currentlyAvailable: number } } };
};

export type AdminClient = (query: string, variables?: Record<string, unknown>) => Promise<GraphqlAnswer>;

/** A client with a fresh offline token of the shop. */
export function adminClient(demo: RunningDemo, shop = PRIMARY_SHOP): AdminClient {
  demo.installations.install(shop);
  const { access } = demo.installations.issueOffline(shop, true);
  return (query, variables) => callAdmin(demo, shop, access.token, query, variables);
}

export async function callAdmin(
  demo: RunningDemo,
  shop: string,
  token: string,
  query: string,
  variables: Record<string, unknown> = {},
  version = "2026-10",
): Promise<GraphqlAnswer> {
  const response = await fetch(`${demo.origin}/admin/api/${version}/graphql.json`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-shopify-access-token": token,
      [SHOPIFY_HOST_HEADER]: shop,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Omit<GraphqlAnswer, "status">;
  return { ...body, status: response.status };
}

export type ReceivedWebhook = { headers: http.IncomingHttpHeaders; body: string };

export type WebhookReceiver = {
  received: ReceivedWebhook[];
  /** Statuses for the next requests, in order; then 200. */
  answers: number[];
  url: string;
  /** Resolves when `count` webhooks of the topic have arrived. */
  waitFor(topic: string, count?: number): Promise<ReceivedWebhook[]>;
  close(): Promise<void>;
};

/** Stands where the app stands and keeps what arrives. */
export async function aWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const answers: number[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  async function waitFor(topic: string, count = 1): Promise<ReceivedWebhook[]> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const found = received.filter((webhook) => webhook.headers["x-shopify-topic"] === topic);
      if (found.length >= count) return found;
      if (Date.now() > deadline) throw new Error(`${found.length} of ${count} ${topic} webhooks arrived.`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  return {
    received,
    answers,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    waitFor,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
