import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isDatabaseAway, pool } from "#app/db/pool.server";
import { env } from "#app/env.server";
import { readBody } from "#app/http/read-body.server";
import { log } from "#app/log.server";

/**
 * Takes webhooks in: verify, write one row, answer 200. Nothing else happens here, so that Shopify never waits.
 * The row is its own job (the worker drains `pending` rows), which makes "row and job in one transaction" one INSERT.
 * Shopify may send the same webhook again: its id is the key, a repetition changes nothing.
 */
const BODY_LIMIT = 8 * 1024 * 1024;
/** More than these waiting for a connection: said at once, because Shopify gives up after five seconds of silence. */
const MOST_WAITING = 400;
const REQUIRED = [
  "x-shopify-hmac-sha256",
  "x-shopify-topic",
  "x-shopify-shop-domain",
  "x-shopify-webhook-id",
  "x-shopify-api-version",
];

const INSERT = {
  name: "webhook-inbox",
  text: `INSERT INTO "WebhookInbox"
           ("shopDomain", "webhookId", topic, "eventId", "apiVersion", "triggeredAt", body, status, error)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8::"InboxStatus", $9) ON CONFLICT DO NOTHING`,
};

export async function receiveWebhook(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (request.method !== "POST") return answer(response, 405, { allow: "POST" });
    const body = await readBody(request, BODY_LIMIT);
    if (!body) return answer(response, 413);
    const header = (name: string) => request.headers[name] as string | undefined;
    if (REQUIRED.some((name) => !header(name))) return answer(response, 400);
    if (!isSigned(body, header("x-shopify-hmac-sha256")!, env().SHOPIFY_API_SECRET)) {
      return answer(response, 401);
    }
    if (pool.waitingCount > MOST_WAITING) return answer(response, 503, { "retry-after": "5" });
    const text = body.toString("utf8");
    const readable = isJson(text);
    await pool.query({
      ...INSERT,
      values: [
        header("x-shopify-shop-domain"),
        header("x-shopify-webhook-id"),
        header("x-shopify-topic"),
        header("x-shopify-event-id") ?? null,
        header("x-shopify-api-version"),
        timeOf(header("x-shopify-triggered-at")),
        text.includes("\0") ? text.replaceAll("\0", "") : text, // Postgres text cannot hold NUL
        readable ? "pending" : "malformed",
        readable ? null : "The body is not JSON.",
      ],
    });
    answer(response, readable ? 200 : 400);
  } catch (error) {
    // Not stored, so not accepted: Shopify tries again.
    log.error({ error: String(error), away: isDatabaseAway(error) }, "webhook not stored");
    if (!response.headersSent) answer(response, 503, { "retry-after": "5" });
  }
}

/** Base64 HMAC-SHA256 of the raw body, compared in constant time. */
export function isSigned(body: Buffer, signature: string, secret: string): boolean {
  const given = Buffer.from(signature);
  const expected = Buffer.from(createHmac("sha256", secret).update(body).digest("base64"));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Signed but unreadable happens (a proxy cut it short): kept for inspection, told as 400. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function timeOf(header: string | undefined): Date | null {
  const time = new Date(header ?? "");
  return Number.isNaN(time.getTime()) ? null : time;
}

function answer(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, "content-length": 0 });
  response.end();
}
