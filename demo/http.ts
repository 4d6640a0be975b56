// A tiny router over node:http. Routes are plain values, so every part of the demo store brings its own list.
import { createReadStream, existsSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import type { Readable } from "node:stream";

export type DemoRequest = {
  method: string;
  /** Absolute, with the origin of the demo store. */
  url: URL;
  /** Values of the `:name` parts of the pattern, decoded. */
  params: Record<string, string>;
  /** Header names in lower case. */
  headers: IncomingMessage["headers"];
  cookies: Record<string, string>;
  body: Buffer;
  /** The body as JSON, or as a form when it is one. `{}` when it is empty. */
  data: () => Record<string, unknown>;
};

export type DemoResponse = {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer | Readable;
};

export type Route = {
  method: string;
  /** `/orders/:id`; a last part of `*` takes the rest of the path as `params.rest`. */
  pattern: string;
  handle: (request: DemoRequest) => Promise<DemoResponse> | DemoResponse;
};

type Headers = DemoResponse["headers"];

export function html(body: string, status = 200, headers: Headers = {}): DemoResponse {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...headers },
    body,
  };
}

export function json(value: unknown, status = 200, headers: Headers = {}): DemoResponse {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(value),
  };
}

export function text(body: string, contentType = "text/plain; charset=utf-8", status = 200): DemoResponse {
  return { status, headers: { "content-type": contentType }, body };
}

export function redirect(location: string, status = 302, headers: Headers = {}): DemoResponse {
  return { status, headers: { location, ...headers }, body: "" };
}

const CONTENT_TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** Serves the files of `folder` below `prefix` ("/assets" → "/assets/*"). Readable from workers of any origin. */
export function staticFiles(prefix: string, folder: string): Route {
  return {
    method: "GET",
    pattern: `${prefix}/*`,
    handle: ({ params }) => fileResponse(folder, params.rest ?? ""),
  };
}

export function fileResponse(folder: string, relative: string): DemoResponse {
  const file = path.join(folder, path.normalize(`/${relative}`));
  if (!existsSync(file) || !statSync(file).isFile()) return text("Not found", undefined, 404);
  return {
    status: 200,
    headers: {
      "content-type": CONTENT_TYPES[path.extname(file)] ?? "application/octet-stream",
      "cache-control": "no-cache",
      "access-control-allow-origin": "*",
    },
    body: createReadStream(file),
  };
}

/** The first route that fits wins. HEAD is answered by GET routes. */
export function findRoute(
  routes: Route[],
  method: string,
  pathname: string,
): { route: Route; params: Record<string, string> } | undefined {
  const wanted = method === "HEAD" ? "GET" : method;
  for (const route of routes) {
    if (route.method !== wanted && route.method !== "*") continue;
    const params = matchPattern(route.pattern, pathname);
    if (params) return { route, params };
  }
  return undefined;
}

function matchPattern(pattern: string, pathname: string): Record<string, string> | undefined {
  const expected = pattern.split("/");
  const actual = pathname.split("/");
  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    if (part === "*") {
      params.rest = decode(actual.slice(index).join("/"));
      return params;
    }
    const value = actual[index];
    if (value === undefined) return undefined;
    if (part.startsWith(":") && value !== "") params[part.slice(1)] = decode(value);
    else if (part !== value) return undefined;
  }
  return expected.length === actual.length ? params : undefined;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export async function toDemoRequest(incoming: IncomingMessage, origin: string): Promise<DemoRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return {
    method: incoming.method ?? "GET",
    url: new URL(incoming.url ?? "/", origin),
    params: {},
    headers: incoming.headers,
    cookies: parseCookies(incoming.headers.cookie ?? ""),
    body,
    data: () => parseBody(body, incoming.headers["content-type"] ?? ""),
  };
}

function parseBody(body: Buffer, contentType: string): Record<string, unknown> {
  if (body.length === 0) return {};
  if (contentType.includes("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(body.toString("utf8")));
  }
  return JSON.parse(body.toString("utf8")) as Record<string, unknown>;
}

function parseCookies(header: string): Record<string, string> {
  const pairs = header.split(";").map((pair) => pair.trim().split("="));
  return Object.fromEntries(
    pairs.filter(([name]) => name).map(([name, value]) => [name, decode(value ?? "")]),
  );
}

export function writeResponse(response: DemoResponse, outgoing: ServerResponse): void {
  outgoing.writeHead(response.status, response.headers);
  if (typeof response.body === "string" || Buffer.isBuffer(response.body)) outgoing.end(response.body);
  else {
    response.body.pipe(outgoing);
    outgoing.once("close", () => (response.body as Readable).destroy());
  }
}
