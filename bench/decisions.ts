/**
 * What a decision costs: POST /api/decide of the web process with token check, policy, ranking of about 50 candidates and
 * the durable log, against a bare node:http server that answers the same bytes, in the same run and by the same load.
 */
import { benchDatabase } from "./database.ts";
import { candidatesWeighed, makeShop, shoppers } from "./decisions/shop.ts";
import { median, percentile, type Figure } from "./harness.ts";
import { loadFully, loadSteadily, type LoadRequest, type LoadResult } from "./load.ts";
import { APP, startServer, startWeb } from "./servers/start.ts";

const CONNECTIONS = 32;
const SECONDS = 5;
const ROUNDS = 5;

export async function run(): Promise<Figure[]> {
  const databaseUrl = await benchDatabase("decisions");
  await makeShop(databaseUrl);
  const request = shoppers(APP);
  const ours = await startWeb({ DATABASE_URL: databaseUrl });
  const answer = await answerOf(ours.origin, request(0));
  const bare = await startServer(["bench/servers/bare-decisions.ts"], { ANSWER: answer });
  try {
    await measure(ours.origin);
    await measure(bare.origin);

    const rounds: { ours: number; bare: number }[] = [];
    const cpuBefore = await ours.cpu();
    let decisions = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const full = await measure(ours.origin);
      decisions += full.latencies.length;
      rounds.push({ ours: full.perSecond, bare: (await measure(bare.origin)).perSecond });
    }
    const cpuPerDecision = ((await ours.cpu()) - cpuBefore) / decisions;
    const oursPerSecond = median(rounds.map((round) => round.ours));
    const load = { connections: CONNECTIONS, seconds: SECONDS, request, rate: oursPerSecond / 2 };
    const half = await loadSteadily({ origin: ours.origin, ...load });
    const bareHalf = await loadSteadily({ origin: bare.origin, ...load });
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
        key: "cpu_us",
        title: "processor time of the web process per decision",
        value: cpuPerDecision,
        unit: "µs",
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
      {
        key: "p99_ms_bare",
        title: "p99 of the bare server at the same rate",
        value: percentile(bareHalf.latencies, 0.99),
        unit: "ms",
      },
    ];

    async function measure(origin: string): Promise<LoadResult> {
      const result = await loadFully({ origin, connections: CONNECTIONS, seconds: SECONDS, request });
      expectAnswers(result);
      return result;
    }
  } finally {
    ours.stop();
    bare.stop();
  }
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
