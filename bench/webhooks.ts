/**
 * How fast signed webhooks become durable rows: our web process beside a bare server that does the same HMAC and the
 * same single INSERT, in turns, in the same run. 10 kB bodies, 32 connections, synchronous commit on.
 */
import { createHmac, randomUUID } from "node:crypto";
import { benchDatabase } from "./database.ts";
import { median, percentile, type Figure } from "./harness.ts";
import { loadFully, type LoadRequest, type LoadResult } from "./load.ts";
import { APP, startServer, startWeb } from "./servers/start.ts";
import { loadSteadily } from "./steady-load.ts";

const CONNECTIONS = 32;
const ROUNDS = 5;
const ROUND_SECONDS = 4;
const BODY_BYTES = 10_000;

export async function run(): Promise<Figure[]> {
  const database = { DATABASE_URL: await benchDatabase("webhooks"), DATABASE_POOL: "16" };
  const ours = await startWeb(database);
  const bare = await startServer(["bench/servers/bare-webhooks.ts"], {
    ...database,
    SHOPIFY_API_SECRET: APP.apiSecret,
  });
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
    ours.stop();
    bare.stop();
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
  return { body, hmac: createHmac("sha256", APP.apiSecret).update(body).digest("base64") };
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
