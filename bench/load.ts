/** Load over HTTP/1.1 keep-alive, as fast as it goes, from one process. For a given rate see steady-load.ts. */
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
  /** Answers by status; 0 counts broken connections. */
  statuses: Record<number, number>;
};

export type Load = {
  origin: string;
  connections: number;
  seconds: number;
  /** Makes the n-th request; called for every one, so prepare what is dear beforehand. */
  request: (n: number) => LoadRequest;
};

/** Every connection sends its next request as soon as the last is answered: measures the maximum. */
export async function loadFully({ origin, connections, seconds, request }: Load): Promise<LoadResult> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  // Opened beforehand: hundreds of handshakes at once are not what is measured.
  await Promise.all(Array.from({ length: connections }, (_, n) => statusOf(pool, request(n))));
  const latencies: number[] = [];
  const statuses: Record<number, number> = {};
  const started = performance.now();
  const end = started + seconds * 1000;
  let n = 0;
  const keepSending = async () => {
    for (let sentAt = performance.now(); sentAt < end; sentAt = performance.now()) {
      const status = await statusOf(pool, request(n++));
      latencies.push(performance.now() - sentAt);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, keepSending));
  const took = (performance.now() - started) / 1000;
  await pool.close();
  return { perSecond: latencies.length / took, latencies, statuses };
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
