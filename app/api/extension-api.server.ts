import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import { isDatabaseAway } from "#app/db/pool.server";
import { parseStorable } from "#app/db/storable";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { readBody } from "#app/http/read-body.server";
import { log } from "#app/log.server";
import { installedShop } from "#app/shops/known-shops.server";
import { readExtensionToken, type ExtensionClaims } from "./extension-token.server";

/**
 * The border for UI extensions: `POST /api/<path>`. Plain handlers in front of Remix (a Remix route costs 16-40 times
 * as much). It authenticates, parses, calls one domain function and answers; and every answer carries CORS headers,
 * also 401, 413 and 503, because a worker of opaque origin sees nothing else.
 */
export type Caller = { shop: Shop; customerGid: string | null; claims: ExtensionClaims; now: Date };

export type Endpoint = {
  schema: z.ZodType;
  handle: (caller: Caller, input: never) => Promise<unknown>;
};

/** Ties a schema to the handler of its output. */
export function endpoint<Input>(
  schema: z.ZodType<Input>,
  handle: (caller: Caller, input: Input) => Promise<unknown>,
): Endpoint {
  return { schema, handle };
}

const BODY_LIMIT = 64 * 1024;

/** On every answer. Headers go as a flat list: Node then neither copies nor checks them one by one. */
const ALWAYS = ["access-control-allow-origin", "*", "cache-control", "no-store"];
const TO_PREFLIGHT = [
  "access-control-allow-headers",
  "authorization, content-type",
  "access-control-allow-methods",
  "POST, OPTIONS",
  "access-control-max-age",
  "7200",
];
const JSON_BODY = ["content-type", "application/json; charset=utf-8"];
const TRY_AGAIN = ["retry-after", "5"];

export async function handleExtensionRequest(
  endpoints: Record<string, Endpoint>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method === "OPTIONS") return answer(response, 204, null, TO_PREFLIGHT);
    const found = endpoints[(request.url ?? "").split("?")[0]!];
    if (!found) return answer(response, 404, { status: "not-found" });
    if (request.method !== "POST")
      return answer(response, 405, { status: "malformed", problems: ["use POST"] });

    const body = await readBody(request, BODY_LIMIT);
    if (!body) return answer(response, 413, { status: "too-large" });

    const now = new Date();
    const { SHOPIFY_API_KEY: apiKey, SHOPIFY_API_SECRET: apiSecret } = env();
    const claims = readExtensionToken(request.headers.authorization, { apiKey, apiSecret }, now);
    const shop = claims && (await installedShop(claims.shopDomain));
    if (!shop) return answer(response, 401, { status: "unauthorized" });

    const input = parse(found.schema, body);
    if (!input.ok) return answer(response, 400, { status: "malformed", problems: input.problems });
    const result = await found.handle(
      { shop, customerGid: claims.customerGid, claims, now },
      input.value as never,
    );
    answer(response, 200, result);
  } catch (error) {
    log.error({ path: request.url, error: String(error) }, "extension request failed");
    answer(response, 503, { status: "unavailable" }, isDatabaseAway(error) ? TRY_AGAIN : []);
  }
}

type Parsed = { ok: true; value: unknown } | { ok: false; problems: string[] };

function parse(schema: z.ZodType, body: Buffer): Parsed {
  let json: unknown;
  try {
    json = parseStorable(body.toString("utf8"));
  } catch {
    return { ok: false, problems: ["the body is not JSON"] };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
  };
}

function answer(response: ServerResponse, status: number, body: unknown, headers: string[] = []): void {
  const text = body === null ? "" : JSON.stringify(body);
  const length = ["content-length", String(Buffer.byteLength(text))];
  response.writeHead(status, [...ALWAYS, ...headers, ...(body === null ? [] : JSON_BODY), ...length]);
  response.end(text);
}
