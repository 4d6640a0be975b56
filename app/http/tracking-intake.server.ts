import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { storableText } from "#app/db/storable";
import { env } from "#app/env.server";
import { log } from "#app/log.server";
import { isSource, SOURCES, sourceSecret, topicOf, type SourceKey } from "#app/parcels/sources.server";
import type { ReadScans } from "#app/parcels/sources/source";
import { readBody } from "./read-body.server";

/**
 * `POST /scans/<source>/<shop>`: where tracking sources push to. Verify, keep the raw body in the inbox, answer; the
 * worker makes scans of it. The same telling twice is kept once.
 */
const PATH = /^\/scans\/([a-z]+)\/(\d{1,9})$/;
const BODY_LIMIT = 4 * 1024 * 1024;
const MOST_PROBLEMS = 100;

export function isScansPath(path: string): boolean {
  return path.startsWith("/scans/");
}

/** Where a shop's source is told to push to. */
export function scansUrl(appUrl: string, source: SourceKey, shopId: number): string {
  return `${appUrl}/scans/${source}/${shopId}`;
}

export async function handleScans(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (request.method !== "POST") return answer(response, 405, { allow: "POST" });
    const [, source = "", number = ""] = PATH.exec((request.url ?? "").split("?")[0]!) ?? [];
    const body = await readBody(request, BODY_LIMIT);
    if (!isSource(source)) return answer(response, 404);
    if (!body) return answer(response, 413);
    const shop = await prisma.shop.findUnique({ where: { id: Number(number) } });
    const isHere = shop?.status === "installed";
    const secret = isHere && (await inShop(shop.id, (tx) => sourceSecret(tx, shop.id, source, keys())));
    const call = { headers: request.headers, body };
    // Shops and sources that we do not know answer like a wrong signature: nothing can be guessed.
    if (!shop || !secret || !SOURCES[source].isGenuine(call, secret)) return answer(response, 401);

    const told = parsed(body);
    const read = told === undefined ? null : SOURCES[source].read(told);
    await keep(shop.domain, source, SOURCES[source].idOf(call), body, read !== null);
    if (!read) return answer(response, 400, {}, { problems: [{ row: 0, problem: "The body is not JSON." }] });
    answer(response, 200, {}, summaryOf(read));
  } catch (error) {
    // Not kept, so not accepted: the source tries again.
    log.error({ error: String(error) }, "scans not kept");
    if (!response.headersSent) answer(response, 503, { "retry-after": "30" });
  }
}

function keys() {
  return { secret: env().ENCRYPTION_KEY };
}

async function keep(
  shopDomain: string,
  source: SourceKey,
  id: string | null,
  body: Buffer,
  isReadable: boolean,
): Promise<void> {
  const webhookId = `${source}:${id ?? createHash("sha256").update(body).digest("hex")}`;
  await prisma.webhookInbox.createMany({
    data: [
      {
        shopDomain,
        webhookId,
        topic: topicOf(source),
        apiVersion: "",
        body: storableText(body.toString("utf8")),
        ...(isReadable ? {} : { status: "malformed" as const, error: "The body is not JSON." }),
      },
    ],
    skipDuplicates: true,
  });
}

function summaryOf({ scans, problems }: ReadScans) {
  return { scans: scans.length, problems: problems.slice(0, MOST_PROBLEMS) };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function answer(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  body?: unknown,
): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
