// Requests that the app meant for a host of Shopify: OAuth and the Admin API. `preload.mjs` sends them here with
// the host they were meant for in `x-demo-shopify-host`.
import { randomUUID } from "node:crypto";
import type { AdminApi } from "./admin-api/engine.ts";
import type { AdminContext } from "./admin-api/context.ts";
import type { AccessToken } from "./oauth/installations.ts";
import type { Demo } from "./demo.ts";
import { json, type DemoRequest, type DemoResponse } from "./http.ts";
import { grantToken } from "./oauth/grants.ts";

export const SHOPIFY_HOST_HEADER = "x-demo-shopify-host";

export async function answerForShopify(
  demo: Demo,
  adminApi: AdminApi,
  contextFor: (shop: string, token: AccessToken) => AdminContext | undefined,
  request: DemoRequest,
): Promise<DemoResponse> {
  const host = String(request.headers[SHOPIFY_HOST_HEADER]);
  const { pathname } = request.url;
  if (!demo.stores.has(host)) {
    demo.log.add("unmodelled", `${request.method} https://${host}${pathname}`);
    return json({ errors: "Not Found" }, 404);
  }
  if (pathname === "/admin/oauth/access_token" && request.method === "POST") {
    const body = request.data();
    const answer = grantToken(host, body, demo);
    const outcome = answer.status === 200 ? "granted" : String(answer.json.error);
    demo.log.add("oauth", `${String(body.grant_type).split(":").pop()}: ${outcome}`, host);
    return json(answer.json, answer.status);
  }
  const version = /^\/admin\/api\/([\w-]+)\/graphql\.json$/.exec(pathname)?.[1];
  if (version && request.method === "POST") return answerGraphql(version);
  demo.log.add("unmodelled", `${request.method} https://${host}${pathname}`, host);
  return json({ errors: "Not Found" }, 404);

  async function answerGraphql(apiVersion: string): Promise<DemoResponse> {
    const given = String(request.headers["x-shopify-access-token"] ?? "");
    const token = demo.installations.findAccessToken(given);
    const context = token?.shop === host ? contextFor(host, token) : undefined;
    const answer = await adminApi.handle({ apiVersion, body: parsedBody(request), context });
    demo.log.add("admin-api", answer.summary, host);
    return json(answer.json, answer.status, {
      "x-shopify-api-version": apiVersion,
      "x-request-id": randomUUID(),
    });
  }
}

function parsedBody(request: DemoRequest): unknown {
  try {
    return request.data();
  } catch {
    return undefined;
  }
}
