/**
 * Load over HTTP/1.1 keep-alive at a steady rate. The server under test shares its processors with this generator, so it is a
 * light one: the bytes of all requests are made beforehand, and of an answer only its status and its length are looked at.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Load, LoadRequest, LoadResult } from "./load.ts";

export type SteadyResult = LoadResult & {
  /** Milliseconds by which this generator itself sent each request too late: what it adds to the latencies. */
  lags: number[];
};

/**
 * Sends at a steady rate whatever the answers do: measures latency under a given load. A request counts from the
 * moment it was due, so that a server that stalls is not flattered (coordinated omission).
 *
 * @param rate requests per second
 */
export async function loadSteadily({
  origin,
  connections,
  seconds,
  rate,
  request,
}: Load & { rate: number }): Promise<SteadyResult> {
  const { hostname, port, host } = new URL(origin);
  const total = Math.floor(rate * seconds);
  const requests = Array.from({ length: total }, (_, n) => bytesOf(request(n), host));
  const idle = await Promise.all(
    Array.from({ length: connections }, () => openConnection(Number(port), hostname)),
  );
  const all = [...idle];
  // A connection's first request waits until the server has taken it in: that is no part of steady load.
  await Promise.all(idle.map((one, n) => new Promise((tell) => one.send(bytesOf(request(n), host), tell))));
  const latencies: number[] = [];
  const lags: number[] = [];
  const statuses: Record<number, number> = {};
  /** Numbers of requests that are due while every connection is taken. */
  const waiting: number[] = [];
  const start = performance.now();
  const late = (n: number) => performance.now() - start - (n * 1000) / rate;

  const send = (n: number) => {
    // The one that rested longest: a server closes those that rest for seconds.
    const connection = idle.shift();
    if (!connection) return void waiting.push(n);
    connection.send(requests[n]!, (status) => {
      latencies.push(late(n));
      statuses[status] = (statuses[status] ?? 0) + 1;
      idle.push(connection);
      if (waiting.length > 0) send(waiting.shift()!);
    });
  };
  for (let n = 0; n < total; await sleep(1)) {
    for (const due = Math.min(total, (performance.now() - start) * (rate / 1000)); n < due; n++) {
      lags.push(late(n));
      send(n);
    }
  }
  while (latencies.length < total) await sleep(5);
  const took = (performance.now() - start) / 1000;
  for (const connection of all) connection.close();
  return { perSecond: total / took, latencies, lags, statuses };
}

function bytesOf({ method, path, headers = {}, body = "" }: LoadRequest, host: string): Buffer {
  const bytes = Buffer.from(body);
  const head = Object.entries({ host, ...headers, "content-length": bytes.length });
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.map((pair) => pair.join(": ")).join("\r\n")}\r\n\r\n`),
    bytes,
  ]);
}

type Answered = (status: number) => void;
type Connection = { send: (request: Buffer, answered: Answered) => void; close: () => void };

/** One request at a time. Answers must tell their length; status 0 stands for a connection that broke. */
async function openConnection(port: number, host: string): Promise<Connection> {
  let answered: Answered | null = null;
  let received = "";
  const finish = (status: number) => {
    const tell = answered;
    answered = null;
    received = "";
    tell?.(status);
  };
  const read = (length: number, buffer: Uint8Array) => {
    received += Buffer.from(buffer.buffer, buffer.byteOffset, length).toString("latin1");
    const status = wholeAnswer(received);
    if (status !== null) finish(status);
    return true;
  };
  const socket: Socket = connect({
    port,
    host,
    noDelay: true,
    onread: { buffer: new Uint8Array(65_536), callback: read },
  });
  await once(socket, "connect");
  socket.on("error", () => finish(0));
  socket.on("close", () => finish(0));
  return {
    send(request, tell) {
      answered = tell;
      if (socket.destroyed) setImmediate(finish, 0);
      else socket.write(request);
    },
    close: () => socket.destroy(),
  };
}

/** @returns the status, or null while some of the answer is on its way */
function wholeAnswer(received: string): number | null {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, end))?.[1];
  if (length === undefined) throw new Error(`an answer without its length: ${received.slice(0, end)}`);
  return received.length < end + 4 + Number(length) ? null : Number(received.slice(9, 12));
}
