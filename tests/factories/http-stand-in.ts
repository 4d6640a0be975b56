import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { readBody } from "#app/http/read-body.server";

export type ReceivedCall = { method: string; path: string; headers: IncomingHttpHeaders; body: Buffer };
export type StandInAnswer = { status: number; body?: object } | "drop";

export type HttpStandIn = {
  url: string;
  calls: ReceivedCall[];
  /** What it answers; may wait. */
  answer: (call: ReceivedCall) => StandInAnswer | Promise<StandInAnswer>;
  stop: () => Promise<void>;
};

/** A provider on a free port that keeps every call and answers as told. */
export async function anHttpStandIn(answer: HttpStandIn["answer"]): Promise<HttpStandIn> {
  const standIn: HttpStandIn = { url: "", calls: [], answer, stop: async () => {} };
  const server = createServer(async (request, response) => {
    const body = (await readBody(request, 1_000_000).catch(() => null)) ?? Buffer.alloc(0);
    const call = { method: request.method!, path: request.url!, headers: request.headers, body };
    standIn.calls.push(call);
    const said = await standIn.answer(call);
    if (said === "drop") return void request.socket.destroy();
    response.writeHead(said.status, { "content-type": "application/json" });
    response.end(JSON.stringify(said.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  standIn.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  standIn.stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return standIn;
}
