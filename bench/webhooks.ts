/**
 * How fast signed webhooks become durable rows: our web process (the whole one, Remix behind it) beside a bare server
 * that does the same HMAC and the same single INSERT, in turns, in the same run. 10 kB bodies, 32 connections,
 * synchronous commit on.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { buildApp } from "../scripts/compile/build-app.ts";
import { benchDatabase } from "./database.ts";
import { median, percentile, type Figure } from "./harness.ts";
import { loadFully, loadSteadily, type LoadRequest, type LoadResult } from "./load.ts";

const CONNECTIONS = 32;
const ROUNDS = 5;
const ROUND_SECONDS = 4;
const BODY_BYTES = 10_000;
const SECRET = "shpss_a_secret_for_the_benchmark";

export async function run(): Promise<Figure[]> {
  await buildApp();
  const environment = await environmentOf(await benchDatabase("webhooks"));
  const ours = await startServer(["scripts/start.ts"], environment);
  const bare = await startServer(["bench/servers/bare-webhooks.ts"], environment);
  try {
    const ratios: number[] = [];
    const rates: { ours: number; bare: number }[] = [];
    await measure(ours.origin, 2);
    await measure(bare.origin, 2);
    for (let round = 0; round < ROUNDS; round++) {
      const oursFirst = round % 2 === 0;
      const first = await measure((oursFirst ? ours : bare).origin, ROUND_SECONDS);
      const second = await measure((oursFirst ? bare : ours).origin, ROUND_SECONDS);
      const rate = oursFirst ? { ours: first, bare: second } : { ours: second, bare: first };
      rates.push(rate);
      ratios.push(rate.ours / rate.bare);
    }
    const maximum = median(rates.map((rate) => rate.ours));
    const half = await p99At(ours.origin, maximum / 2);
    const bareHalf = await p99At(bare.origin, maximum / 2);
    return [
      {
        key: "ratio_to_bare",
        title: "signed 10 kB webhook to durable row, share of a bare server",
        value: median(ratios),
        unit: "",
        atLeast: 0.7,
      },
      {
        key: "per_second",
        title: "webhooks stored per second, 32 connections",
        value: maximum,
        unit: "/s",
        peer: { title: "bare", value: median(rates.map((rate) => rate.bare)) },
      },
      {
        key: "p99_ms_half_load",
        title: "99 % answered within, at half of the maximum",
        value: half,
        unit: "ms",
        atMost: 50,
      },
      {
        key: "p99_ms_bare",
        title: "the same at the same rate, bare server",
        value: bareHalf,
        unit: "ms",
      },
    ];
  } finally {
    ours.process.kill();
    bare.process.kill();
  }
}

async function measure(origin: string, seconds: number): Promise<number> {
  const result = await loadFully({ origin, connections: CONNECTIONS, seconds, request: signedWebhook });
  expectAll200(result);
  return result.perSecond;
}

/** Milliseconds within which 99 % are answered at a steady rate. */
async function p99At(origin: string, rate: number): Promise<number> {
  const load = { origin, connections: CONNECTIONS, seconds: 10, request: signedWebhook };
  const result = await loadSteadily({ ...load, rate: Math.floor(rate) });
  expectAll200(result);
  return percentile(result.latencies, 0.99);
}

function expectAll200({ statuses }: LoadResult): void {
  const others = Object.keys(statuses).filter((status) => status !== "200");
  if (others.length > 0) throw new Error(`answers other than 200: ${JSON.stringify(statuses)}`);
}

/** Signed beforehand: the load must not cost what the server does. */
const BODIES = Array.from({ length: 200 }, (_, index) => {
  const order = {
    id: 5_000_000 + index,
    name: `#${index}`,
    currency: "EUR",
    line_items: [] as object[],
    note: "",
  };
  for (let line = 0; JSON.stringify(order).length < BODY_BYTES - 300; line++) {
    const gid = `gid://shopify/LineItem/${index}${line}`;
    order.line_items.push({
      id: line,
      admin_graphql_api_id: gid,
      title: "Teapot",
      quantity: 1,
      price: "12.00",
    });
  }
  order.note = "x".repeat(BODY_BYTES - JSON.stringify(order).length);
  const body = Buffer.from(JSON.stringify(order));
  return { body, hmac: createHmac("sha256", SECRET).update(body).digest("base64") };
});

function signedWebhook(n: number): LoadRequest {
  const { body, hmac } = BODIES[n % BODIES.length]!;
  return {
    method: "POST",
    path: "/webhooks",
    body,
    headers: {
      "content-type": "application/json",
      "x-shopify-topic": "orders/create",
      "x-shopify-shop-domain": "bench.myshopify.com",
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": randomUUID(),
      "x-shopify-event-id": "7b3f3f0e-7d0e-4d0e-9f43-0c1c1f6a7c10",
      "x-shopify-triggered-at": "2026-11-20T10:00:00Z",
      "x-shopify-hmac-sha256": hmac,
    },
  };
}

type Running = { process: ChildProcess; origin: string };

/** Both servers get the same environment; each its own port. */
async function startServer(argv: string[], environment: Record<string, string>): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, argv, {
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`${argv[0]} ended with ${child.exitCode}`);
    const { body, headers } = signedWebhook(0);
    const request = { method: "POST", headers, body: body as Buffer<ArrayBuffer> };
    const up = await fetch(`${origin}/webhooks`, request).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return { process: child, origin };
    await sleep(100);
  }
  child.kill();
  throw new Error(`${argv[0]} did not come up`);
}

async function environmentOf(databaseUrl: string): Promise<Record<string, string>> {
  return {
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: "16",
    HOST: "127.0.0.1",
    LOG_LEVEL: "error",
    SHOPIFY_APP_URL: "http://localhost:4710",
    SHOPIFY_API_KEY: "0123456789abcdef0123456789abcdef",
    SHOPIFY_API_SECRET: SECRET,
    SCOPES: "read_orders",
    ENCRYPTION_KEY: "a-key-of-32-characters-for-benchmarks",
    SMTP_URL: "smtp://127.0.0.1:25",
    MAIL_FROM: "post@shop.example",
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
