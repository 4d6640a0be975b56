// Shopify's app proxy: `/apps/<subpath>/…` on the shop's domain is answered by the app, with a signed query.
import { createHmac } from "node:crypto";
import { json, text, type DemoRequest, type DemoResponse, type Route } from "../../http.ts";
import type { Demo } from "../../demo.ts";
import { readBuyer } from "../buyer.ts";

const PREFIXES = ["a", "apps", "community", "tools"];

export function appProxyRoutes(demo: Demo): Route[] {
  const { app } = demo.config;
  if (!app.proxy) return [];
  const handle = (prefix: string) => (request: DemoRequest) => {
    const { subpath } = request.params;
    // As it is now: the merchant may rename it.
    const isOurs = app.proxy?.prefix === prefix && app.proxy.subpath === subpath;
    return isOurs ? passOn(demo, request) : text("Not found", undefined, 404);
  };
  const asked = PREFIXES.flatMap((prefix) =>
    ["GET", "POST"].map((method) => ({
      method,
      pattern: `/${prefix}/:subpath/*`,
      handle: handle(prefix),
    })),
  );
  return [{ method: "POST", pattern: "/_/app-proxy", handle: (request) => rename(demo, request) }, ...asked];
}

/** What a merchant does in the settings of the app's proxy: `{prefix: "a", subpath: "after"}`. */
function rename({ config }: Demo, request: DemoRequest): DemoResponse {
  const { prefix, subpath } = request.data();
  if (!PREFIXES.includes(String(prefix)) || !/^[\w-]+$/.test(String(subpath)))
    return json({ error: "prefix: a, apps, community or tools; subpath: letters, digits, -" }, 422);
  config.app.proxy = { ...config.app.proxy!, prefix: String(prefix), subpath: String(subpath) };
  return json(config.app.proxy);
}

async function passOn(demo: Demo, request: DemoRequest): Promise<DemoResponse> {
  const { config, clock } = demo;
  const { prefix, subpath, path } = config.app.proxy!;
  const { customer, language } = readBuyer(request, demo.store);
  const query = new URLSearchParams(request.url.searchParams);
  // A visitor's own parameters of these names would be signed as Shopify's.
  for (const name of ["shop", "path_prefix", "timestamp", "signature", "logged_in_customer_id"])
    query.delete(name);
  query.set("shop", demo.store.shop().domain);
  query.set("logged_in_customer_id", customer ? String(customer.id) : "");
  query.set("path_prefix", `/${prefix}/${subpath}`);
  query.set("timestamp", String(Math.floor(clock.now().getTime() / 1000)));
  query.set("signature", signatureOf(query, config.apiSecret));
  const answer = await fetch(`${config.appTarget}${path}/${request.params.rest ?? ""}?${query}`, {
    method: request.method,
    headers: {
      "content-type": request.headers["content-type"] ?? "text/plain",
      "accept-language": language,
      "x-forwarded-for": "203.0.113.7",
    },
    body: request.method === "POST" ? new Uint8Array(request.body) : undefined,
    redirect: "manual",
  });
  // The shop has no address of its own on the internet: what leads there stays here.
  const here = (text: string) => text.replaceAll(`https://${demo.store.shop().domain}/`, "/");
  const type = answer.headers.get("content-type") ?? "text/html";
  const refresh = answer.headers.get("refresh");
  const headers = {
    "content-type": type,
    "cache-control": "no-store",
    ...(refresh && { refresh: here(refresh) }),
  };
  const body = Buffer.from(await answer.arrayBuffer());
  const isPage = type.startsWith("text/html");
  return { status: answer.status, headers, body: isPage ? Buffer.from(here(body.toString())) : body };
}

/** https://shopify.dev/docs/apps/build/online-store/app-proxies: sorted `name=value`, nothing in between. */
function signatureOf(query: URLSearchParams, secret: string): string {
  const message = [...new Set(query.keys())]
    .map((name) => `${name}=${query.getAll(name).join(",")}`)
    .sort()
    .join("");
  return createHmac("sha256", secret).update(message).digest("hex");
}
