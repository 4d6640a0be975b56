/**
 * What a decision costs: POST /api/decide of the built app with token check, policy, ranking of about 50 candidates and
 * the durable log, against a bare node:http server that answers the same bytes, in the same run and by the same load.
 */
import { once } from "node:events";
import { buildApp } from "../scripts/compile/build-app.ts";
import { startNode } from "../scripts/processes/run.ts";
import { benchDatabase } from "./database.ts";
import { candidatesWeighed, makeShop, shoppers } from "./decisions/shop.ts";
import { median, percentile, type Figure } from "./harness.ts";
import { loadFully, loadSteadily, type LoadRequest, type LoadResult } from "./load.ts";

const APP = { apiKey: "0123456789abcdef0123456789abcdef", apiSecret: "shpss_secret_of_the_decisions_bench" };
const PORT = 4791;
const CONNECTIONS = 32;
const SECONDS = 8;
const ROUNDS = 3;

export async function run(): Promise<Figure[]> {
  const databaseUrl = await benchDatabase("decisions");
  await makeShop(databaseUrl);
  await buildApp();
  const ours = await startApp(databaseUrl);
  const bare = await startBare();
  try {
    const request = shoppers(APP);
    await bare.answerWith(await answerOf(ours.origin, request(0)));
    await loadFully({ origin: ours.origin, connections: CONNECTIONS, seconds: 4, request });
    await loadFully({ origin: bare.origin, connections: CONNECTIONS, seconds: 2, request });

    const rounds: { ours: number; bare: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ ours: await maximumOf(ours.origin), bare: await maximumOf(bare.origin) });
    }
    const oursPerSecond = median(rounds.map((round) => round.ours));
    const half = await loadSteadily({
      origin: ours.origin,
      connections: CONNECTIONS,
      seconds: SECONDS,
      request,
      rate: oursPerSecond / 2,
    });
    expectAnswers(half);
    const candidates = await candidatesWeighed(databaseUrl);
    return [
      {
        key: "per_second",
        title: `decisions, ${candidates} candidates each`,
        value: oursPerSecond,
        unit: "/s",
        peer: { title: "bare node:http", value: median(rounds.map((round) => round.bare)) },
      },
      {
        key: "ratio_to_bare",
        title: "ratio to bare, median of rounds",
        value: median(rounds.map((round) => round.ours / round.bare)),
        unit: "×",
        atLeast: 0.2,
      },
      {
        key: "p50_ms_half_load",
        title: "p50 at half load",
        value: percentile(half.latencies, 0.5),
        unit: "ms",
      },
      {
        key: "p99_ms_half_load",
        title: "p99 at half load",
        value: percentile(half.latencies, 0.99),
        unit: "ms",
        atMost: 15,
      },
    ];

    async function maximumOf(origin: string): Promise<number> {
      const result = await loadFully({ origin, connections: CONNECTIONS, seconds: SECONDS, request });
      expectAnswers(result);
      return result.perSecond;
    }
  } finally {
    ours.stop();
    bare.stop();
  }
}

async function startApp(databaseUrl: string) {
  const child = startNode(["scripts/start.ts"], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: {
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      PORT: String(PORT),
      SHOPIFY_APP_URL: `http://localhost:${PORT}`,
      SHOPIFY_API_KEY: APP.apiKey,
      SHOPIFY_API_SECRET: APP.apiSecret,
      SCOPES: "read_orders",
      ENCRYPTION_KEY: "a-key-of-32-characters-for-benches-only",
      SMTP_URL: "smtp://127.0.0.1:4725",
      MAIL_FROM: "post@shop.example",
      LOG_LEVEL: "error",
    },
  });
  const origin = `http://127.0.0.1:${PORT}`;
  for (let tries = 0; tries < 100; tries++) {
    const up = await fetch(`${origin}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return { origin, stop: () => child.kill() };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill();
  throw new Error("the app did not start");
}

async function startBare() {
  const child = startNode(["bench/decisions/bare.ts"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () => child.kill(),
    answerWith: async (bytes: string) => {
      const ready = once(child, "message");
      child.send(bytes);
      await ready;
    },
  };
}

async function answerOf(origin: string, { path, ...request }: LoadRequest): Promise<string> {
  const response = await fetch(origin + path, { ...request, body: request.body as string });
  const text = await response.text();
  const { placements } = JSON.parse(text) as { placements?: unknown[] };
  if (placements?.length !== 1) throw new Error(`expected one offer, got ${response.status} ${text}`);
  return text;
}

function expectAnswers({ statuses }: LoadResult): void {
  const others = Object.keys(statuses).filter((status) => status !== "200");
  if (others.length > 0) throw new Error(`unexpected answers: ${JSON.stringify(statuses)}`);
}
