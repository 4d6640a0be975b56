/**
 * What a decision costs: POST /api/decide with token check, policy, ranking of about 50 candidates and the durable log,
 * against a bare node:http server that answers the same bytes, in the same run and by the same load. Both run in as many
 * processes as `npm start` takes: one processor is left to the database. Then the same with ten shops and with ten thousand.
 */
import { processCount } from "../scripts/processes/in-processes.ts";
import { analyse, benchDatabase, likeBusyServer } from "./database.ts";
import { crowdOfShoppers, makeCrowd } from "./decisions/many-shops.ts";
import { timeRankings } from "./decisions/ranking.ts";
import { candidatesWeighed, makeShop, shoppers } from "./decisions/shop.ts";
import { median, percentile, type Figure } from "./harness.ts";
import { loadFully, type LoadRequest, type LoadResult } from "./load.ts";
import { postgresCpu } from "./servers/postgres-cpu.ts";
import { APP, startServer, startWeb } from "./servers/start.ts";
import { loadSteadily, type SteadyResult } from "./steady-load.ts";

/** Each shopper comes with a connection of their own. A few of a proxy in front leave servers waiting for one another. */
const CONNECTIONS = 256;
const FEW_CONNECTIONS = 32;
const SECONDS = 5;
const ROUNDS = 5;
/** More of those at half load: each half minute the disk is busy with something else for 60 ms, which spoils one of them. */
const HALF_ROUNDS = 9;
const FEW = { name: "few", shops: 10 };
const MANY = { name: "many", shops: 10_000 };
/** Shops of the many that have traffic within the same minute. */
const BUSY = 500;

export async function run(): Promise<Figure[]> {
  const rankings = await timeRankings();
  const restoreServer = await likeBusyServer();
  try {
    return await compare(rankings);
  } finally {
    await restoreServer();
  }
}

async function compare(rankings: number[]): Promise<Figure[]> {
  const databaseUrl = await benchDatabase("decisions");
  await makeShop(databaseUrl);
  await makeCrowd(databaseUrl, FEW);
  await makeCrowd(databaseUrl, MANY);
  const request = shoppers(APP);
  const processes = { WEB_PROCESSES: String(processCount()) };
  const ours = await startWeb({ DATABASE_URL: databaseUrl, ...processes });
  const answer = await answerOf(ours.origin, request(0));
  const bare = await startServer(["bench/servers/bare-decisions.ts"], { ANSWER: answer, ...processes });
  const readPostgresCpu = await postgresCpu(databaseUrl);
  try {
    await measure(ours.origin, request);
    // As Postgres does by itself within a minute: what was planned while the tables were empty is planned anew.
    await analyse(databaseUrl);
    await measure(ours.origin, request);
    await measure(bare.origin, request);

    const rounds: { ours: number; bare: number }[] = [];
    const used = { web: 0, postgres: 0, decisions: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const before = { web: await ours.cpu(), postgres: readPostgresCpu?.() ?? 0 };
      const full = await measure(ours.origin, request);
      used.web += (await ours.cpu()) - before.web;
      used.postgres += (readPostgresCpu?.() ?? 0) - before.postgres;
      used.decisions += full.latencies.length;
      rounds.push({ ours: full.perSecond, bare: (await measure(bare.origin, request)).perSecond });
    }
    const fewer: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const full = await measure(ours.origin, request, FEW_CONNECTIONS);
      fewer.push(full.perSecond / (await measure(bare.origin, request, FEW_CONNECTIONS)).perSecond);
    }
    const candidates = await candidatesWeighed(databaseUrl);
    const oursPerSecond = median(rounds.map((round) => round.ours));
    const load = { connections: CONNECTIONS, seconds: SECONDS, request, rate: oursPerSecond / 2 };
    const halves: { ours: SteadyResult; bare: SteadyResult }[] = [];
    for (let round = 0; round < HALF_ROUNDS; round++) {
      const half = await loadSteadily({ origin: ours.origin, ...load });
      expectAnswers(half);
      halves.push({ ours: half, bare: await loadSteadily({ origin: bare.origin, ...load }) });
    }
    /** Median of the rounds: a machine that stands still for a moment, as shared ones do, spoils one of them. */
    const inHalves = (of: (round: (typeof halves)[number]) => number[], part: number) =>
      median(halves.map((round) => percentile(of(round), part)));
    const flatness = await compareCrowds();
    console.log(`p99 at half load, by round: ${p99s(halves.map(({ ours }) => ours))}`);
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
        title: `ratio to bare with ${CONNECTIONS} connections, median of rounds`,
        value: median(rounds.map((round) => round.ours / round.bare)),
        unit: "×",
        atLeast: 0.25,
      },
      {
        key: "ratio_to_bare_few_connections",
        title: `the same with ${FEW_CONNECTIONS} connections`,
        value: median(fewer),
        unit: "×",
      },
      {
        key: "cpu_us",
        title: "processor time of the web processes per decision",
        value: used.web / used.decisions,
        unit: "µs",
      },
      ...(readPostgresCpu
        ? [
            {
              key: "postgres_cpu_us",
              title: "processor time of Postgres per decision",
              value: used.postgres / used.decisions,
              unit: "µs",
            },
          ]
        : []),
      {
        key: "p50_ms_half_load",
        title: "p50 at half load, median of rounds",
        value: inHalves(({ ours }) => ours.latencies, 0.5),
        unit: "ms",
      },
      {
        key: "p99_ms_half_load",
        title: "p99 at half load, median of rounds",
        value: inHalves(({ ours }) => ours.latencies, 0.99),
        unit: "ms",
        atMost: 15,
      },
      {
        key: "p99_ms_bare",
        title: "p99 of the bare server at the same rate",
        value: inHalves(({ bare }) => bare.latencies, 0.99),
        unit: "ms",
      },
      {
        key: "p99_ms_generator",
        title: "p99 of the load generator's own lateness, part of the above",
        value: inHalves(({ ours }) => ours.lags, 0.99),
        unit: "ms",
      },
      {
        key: "ranking_p99_ms",
        title: "p99 of ranking 50 candidates alone",
        value: percentile(rankings, 0.99),
        unit: "ms",
        atMost: 1,
      },
      {
        key: "ratio_10k_to_10_shops",
        title: `${MANY.shops} shops, ${BUSY} of them busy, to ${FEW.shops} shops`,
        value: flatness,
        unit: "×",
        atLeast: 0.8,
      },
    ];

    /** Rounds in turn, long enough that what is kept of the shops is read anew in between. */
    async function compareCrowds(): Promise<number> {
      const few = crowdOfShoppers(APP, FEW, FEW.shops);
      const many = crowdOfShoppers(APP, MANY, BUSY);
      await measure(ours.origin, many);
      const ratios: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const ofFew = await measure(ours.origin, few);
        ratios.push((await measure(ours.origin, many)).perSecond / ofFew.perSecond);
      }
      return median(ratios);
    }
  } finally {
    ours.stop();
    bare.stop();
  }
}

async function measure(
  origin: string,
  request: (n: number) => LoadRequest,
  connections = CONNECTIONS,
): Promise<LoadResult> {
  const result = await loadFully({ origin, connections, seconds: SECONDS, request });
  expectAnswers(result);
  return result;
}

function p99s(rounds: SteadyResult[]): string {
  return rounds.map(({ latencies }) => percentile(latencies, 0.99).toFixed(1)).join(", ");
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
