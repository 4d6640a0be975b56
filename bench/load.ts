/** Load over HTTP/1.1 keep-alive, from one process: as fast as it goes, or at a given rate. */
import { setTimeout as sleep } from "node:timers/promises";
import { Pool, type Dispatcher } from "undici";

export type LoadRequest = {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
};

export type LoadResult = {
  /** Answered requests per second. */
  perSecond: number;
  /** Milliseconds of each request, in the order of the answers. */
  latencies: number[];
  /** Milliseconds by which this generator itself sent each request too late: what it adds to the latencies. */
  lags: number[];
  /** Answers by status; 0 counts broken connections. */
  statuses: Record<number, number>;
};

type Load = {
  origin: string;
  connections: number;
  seconds: number;
  /** Makes the n-th request; called for every one, so prepare what is dear beforehand. */
  request: (n: number) => LoadRequest;
};

/** Every connection sends its next request as soon as the last is answered: measures the maximum. */
export async function loadFully({ origin, connections, seconds, request }: Load): Promise<LoadResult> {
  return measure({ origin, connections, request }, async (send) => {
    const end = performance.now() + seconds * 1000;
    let n = 0;
    const keepSending = async () => {
      while (performance.now() < end) await send(request(n++), performance.now());
    };
    await Promise.all(Array.from({ length: connections }, keepSending));
  });
}

/**
 * Sends at a steady rate whatever the answers do: measures latency under a given load. A request counts from the
 * moment it was due, so that a server that stalls is not flattered (coordinated omission).
 */
export async function loadSteadily({ origin, connections, seconds, request, rate }: Load & { rate: number }) {
  return measure({ origin, connections, request }, async (send) => {
    const start = performance.now();
    const total = Math.floor(rate * seconds);
    const sent: Promise<void>[] = [];
    while (sent.length < total) {
      const due = Math.min(total, Math.floor(((performance.now() - start) * rate) / 1000));
      while (sent.length < due) sent.push(send(request(sent.length), start + (sent.length * 1000) / rate));
      await sleep(1);
    }
    await Promise.all(sent);
  });
}

type Send = (request: LoadRequest, dueAt: number) => Promise<void>;

async function measure(
  { origin, connections, request }: Omit<Load, "seconds">,
  run: (send: Send) => Promise<void>,
): Promise<LoadResult> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  // Opened beforehand: hundreds of handshakes at once are not what is measured.
  await Promise.all(Array.from({ length: connections }, (_, n) => statusOf(pool, request(n))));
  const latencies: number[] = [];
  const lags: number[] = [];
  const statuses: Record<number, number> = {};
  const send: Send = async (request, dueAt) => {
    lags.push(performance.now() - dueAt);
    const status = await statusOf(pool, request);
    latencies.push(performance.now() - dueAt);
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const started = performance.now();
  await run(send);
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return { perSecond: latencies.length / seconds, latencies, lags, statuses };
}

async function statusOf(pool: Pool, request: LoadRequest): Promise<number> {
  try {
    const { statusCode, body } = await pool.request(request as Dispatcher.RequestOptions);
    await body.dump();
    return statusCode;
  } catch {
    return 0;
  }
}
