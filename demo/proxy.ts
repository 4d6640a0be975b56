// Stands where the tunnel stands: the app's public URL. It rewrites only what ties the app to Shopify's own hosts:
// who may frame it, where App Bridge comes from, and redirects into Shopify's admin or to the shop's pages.
import http from "node:http";
import net from "node:net";
import { Transform } from "node:stream";

const APP_BRIDGE = /https:\/\/cdn\.shopify\.com\/shopifycloud\/app-bridge(?:-\w+)?\.js/g;
const LONGEST_URL = 80;
/** The shop's own domain; the demo shop has none on the internet. */
const SHOP = /^https:\/\/(?!admin\.)[\w-]+\.myshopify\.com(?=\/)/;
const SHOPIFY_ADMIN = /^https:\/\/admin\.shopify\.com\/store\/[\w-]+\/apps\/[\w-]+/;

export type ProxyOptions = { target: string; demoOrigin: string };

export function createProxy({ target, demoOrigin }: ProxyOptions): http.Server {
  const { hostname, port } = new URL(target);
  const bridge = `${demoOrigin}/app-bridge.js`;

  const server = http.createServer((request, response) => {
    const headers = {
      ...request.headers,
      "accept-encoding": "identity",
      "x-forwarded-host": request.headers.host,
      "x-forwarded-proto": "http",
    };
    const upstream = http.request({ hostname, port, path: request.url, method: request.method, headers });
    upstream.on("response", (answer) => {
      const rewritten = rewriteHeaders(answer.headers, demoOrigin, bridge);
      if (!/text\/html|javascript/.test(String(answer.headers["content-type"]))) {
        response.writeHead(answer.statusCode ?? 502, rewritten);
        answer.pipe(response);
        return;
      }
      delete rewritten["content-length"];
      response.writeHead(answer.statusCode ?? 502, rewritten);
      answer.pipe(replaceBridge(bridge)).pipe(response);
    });
    upstream.on("error", () => answerUnavailable(response, target));
    response.on("close", () => upstream.destroy());
    request.pipe(upstream);
  });

  server.on("upgrade", (request, socket, head) => {
    const upstream = net.connect(Number(port), hostname, () => {
      const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
      upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  return server;
}

function rewriteHeaders(
  headers: http.IncomingHttpHeaders,
  demoOrigin: string,
  bridge: string,
): http.OutgoingHttpHeaders {
  const result: http.OutgoingHttpHeaders = { ...headers };
  const policy = headers["content-security-policy"];
  if (policy) {
    result["content-security-policy"] = String(policy).replace(
      /frame-ancestors ([^;]*)/,
      (whole, who: string) => (who.includes("'none'") ? whole : `frame-ancestors ${who} ${demoOrigin}`),
    );
  }
  if (headers.link) result.link = String(headers.link).replace(APP_BRIDGE, bridge);
  if (headers.location) {
    result.location = headers.location
      .replace(SHOPIFY_ADMIN, `${demoOrigin}/admin/app`)
      .replace(SHOP, demoOrigin);
  }
  return result;
}

/** Keeps the end of each piece back, so that a URL that is split over two pieces is found. */
function replaceBridge(bridge: string): Transform {
  let held = "";
  const decoder = new TextDecoder();
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      held = (held + decoder.decode(chunk, { stream: true })).replace(APP_BRIDGE, bridge);
      const cut = Math.max(0, held.length - LONGEST_URL);
      const ready = held.slice(0, cut);
      held = held.slice(cut);
      done(null, ready);
    },
    flush(done) {
      done(null, held + decoder.decode());
    },
  });
}

function answerUnavailable(response: http.ServerResponse, target: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(502, { "content-type": "text/html; charset=utf-8" });
  response.end(
    `<!doctype html><title>Waiting for the app</title><p>The app at ${target} is not answering yet.</p>` +
      `<script>setTimeout(() => location.reload(), 1000)</script>`,
  );
}
