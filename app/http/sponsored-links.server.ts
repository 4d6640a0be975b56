import type { IncomingMessage, ServerResponse } from "node:http";
import { inShop } from "#app/db/in-shop.server";
import { isDatabaseAway } from "#app/db/pool.server";
import { parseStorable } from "#app/db/storable";
import { env } from "#app/env.server";
import { log } from "#app/log.server";
import { saysPrefetch } from "#app/messages/human";
import { secretsOf } from "#app/sponsored/advertisers.server";
import { readClickToken } from "#app/sponsored/click-token";
import { recordClick, type ClickVisit } from "#app/sponsored/clicks.server";
import { PostbackSchema, recordPostback } from "#app/sponsored/conversions.server";
import { isSignedPostback } from "#app/sponsored/postback-signature";
import { sendAway } from "./away-page.server";
import { readBody } from "./read-body.server";

/**
 * `GET /o/<token>` leads from a sponsored offer to the advertiser; `POST /postback/<shop>.<advertiser>` takes in the sales
 * that the advertiser reports. Plain handlers: a shopper waits for the one, and the other checks its own signature.
 */
export function isSponsoredPath(path: string): boolean {
  return path.startsWith("/o/") || path.startsWith("/postback/");
}

export async function handleSponsoredRequest(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? "/").split("?")[0]!;
  try {
    if (path.startsWith("/o/")) await answerClick(request, response, path.slice("/o/".length));
    else await answerPostback(request, response, path.slice("/postback/".length));
  } catch (error) {
    log.error({ path: path.split("/")[1], error: String(error) }, "sponsored request failed");
    if (response.headersSent) return void response.end();
    if (path.startsWith("/o/")) return sendAway(request, response);
    response.writeHead(503, isDatabaseAway(error) ? { "retry-after": "5" } : {});
    response.end("Please try again in a moment.");
  }
}

async function answerClick(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
  const visit = visitOf(request);
  const read = readClickToken(env().ENCRYPTION_KEY, text, visit.at);
  if (read.status === "not-ours" || !["GET", "HEAD"].includes(visit.method))
    return plain(response, 404, "Not found");
  if (read.status === "expired") return plain(response, 410, "This offer is over.");
  const { shopId, ...placement } = read.token;
  const found = await inShop(shopId, async (tx) => {
    const shop = await tx.shop.findUnique({ where: { id: shopId } });
    if (shop?.status !== "installed") return { status: "gone" as const };
    return recordClick(tx, shop, placement, visit, { secret: env().ENCRYPTION_KEY });
  });
  if (found.status === "gone") return plain(response, 410, "This offer is over.");
  response.writeHead(302, {
    location: found.url,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
  });
  response.end();
}

const BODY_LIMIT = 16 * 1024;
/** `<shop>.<advertiser>`; exactly a UUID, since the database answers anything else with an error instead of "unknown". */
const ACCOUNT = /^(\d{1,9})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

async function answerPostback(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  const match = ACCOUNT.exec(name);
  if (request.method !== "POST") return json(response, 405, { status: "malformed", problems: ["use POST"] });
  const body = await readBody(request, BODY_LIMIT);
  if (!body) return json(response, 413, { status: "too-large" });
  // Unknown names and wrong signatures get the same answer: it tells nobody which advertisers there are.
  if (!match) return json(response, 401, { status: "unauthorized" });
  const shopId = Number(match[1]);
  const advertiserId = match[2]!;
  const now = new Date();
  const header = request.headers["x-postlude-signature"] as string | undefined;
  const answer = await inShop(shopId, async (tx) => {
    const secrets = await secretsOf(tx, shopId, advertiserId, { secret: env().ENCRYPTION_KEY }, now);
    if (!isSignedPostback(secrets, header, body, now)) return null;
    const input = parse(body);
    if (!input.success) {
      const problems = input.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
      return { status: "malformed", problems };
    }
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
    return recordPostback(tx, shop, advertiserId, input.data, now);
  });
  if (!answer) return json(response, 401, { status: "unauthorized" });
  json(response, answer.status === "malformed" ? 400 : 200, answer);
}

function parse(body: Buffer) {
  let value: unknown = null;
  try {
    value = parseStorable(body.toString("utf8"));
  } catch {
    // Not JSON: the schema says what is missing.
  }
  return PostbackSchema.safeParse(value);
}

function visitOf(request: IncomingMessage): ClickVisit {
  return {
    method: request.method ?? "GET",
    userAgent: request.headers["user-agent"] ?? "",
    prefetch: saysPrefetch((name) => request.headers[name] as string | undefined),
    address: addressOf(request),
    at: new Date(),
  };
}

/** The last hop is the one that our own proxy adds; those before it are what the visitor claims. */
function addressOf(request: IncomingMessage): string {
  const forwarded = request.headers["x-forwarded-for"];
  const last = [forwarded ?? ""].flat().join(",").split(",").at(-1)!.trim();
  return last || (request.socket.remoteAddress ?? "");
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(body));
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(text);
}
