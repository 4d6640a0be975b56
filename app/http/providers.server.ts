import type { IncomingMessage, ServerResponse } from "node:http";
import { inShop } from "#app/db/in-shop.server";
import { isDatabaseAway, prisma } from "#app/db/pool.server";
import { env } from "#app/env.server";
import { log } from "#app/log.server";
import { readReturnedMail } from "#app/messages/dsn";
import { recordReport } from "#app/messages/reports.server";
import {
  isPostmarks,
  isSendgrids,
  readPostmark,
  readSendgrid,
  type ProviderReport,
} from "./providers-mail-events";
import { answerTwilioAnswer, answerTwilioStatus } from "./providers-twilio.server";
import { readBody } from "./read-body.server";
import { readShopToken } from "./shop-tokens";

/**
 * What providers tell us about messages: `/providers/…`. Each proves who it is; a wrong proof is 401, a wrong form 400.
 * The same report told twice is recorded once, so providers may repeat as they like.
 */
const BODY_LIMIT = 2 * 1024 * 1024;

export function isProviderPath(path: string): boolean {
  return path.startsWith("/providers/");
}

export async function handleProvider(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "/").split("?")[0]!;
  const [, name = "", token = ""] = /^\/providers\/(twilio\/in|[a-z]+)\/?(.*)$/.exec(path) ?? [];
  try {
    if (request.method !== "POST") return send(response, 405);
    const body = await readBody(request, BODY_LIMIT);
    if (!body) return send(response, 413);
    send(response, await answer(name, token, request, body));
  } catch (error) {
    log.error({ provider: name, error: String(error) }, "report not taken");
    if (isDatabaseAway(error)) response.setHeader("retry-after", "30");
    send(response, 503);
  }
}

/** @returns the HTTP status */
async function answer(name: string, token: string, request: IncomingMessage, body: Buffer): Promise<number> {
  const header = (key: string) => String(request.headers[key] ?? "");
  const { SENDGRID_WEBHOOK_KEY, POSTMARK_WEBHOOK_AUTH } = env();
  switch (name) {
    case "twilio":
      return answerTwilioStatus(token, header("x-twilio-signature"), body);
    case "twilio/in":
      return answerTwilioAnswer(token, header("x-twilio-signature"), body);
    case "mail":
      return takeReturnedMail(token, body);
    case "sendgrid": {
      if (!SENDGRID_WEBHOOK_KEY) return 404;
      const signature = header("x-twilio-email-event-webhook-signature");
      const timestamp = header("x-twilio-email-event-webhook-timestamp");
      if (!isSendgrids(SENDGRID_WEBHOOK_KEY, signature, timestamp, body)) return 401;
      return takeReports(readSendgrid(jsonOf(body)));
    }
    case "postmark":
      if (!POSTMARK_WEBHOOK_AUTH) return 404;
      if (!isPostmarks(POSTMARK_WEBHOOK_AUTH, header("authorization"))) return 401;
      return takeReports(readPostmark(jsonOf(body)));
    default:
      return 404;
  }
}

async function takeReports(reports: ProviderReport[] | null): Promise<number> {
  if (!reports) return 400;
  for (const { shopId, report } of reports) {
    if (!(await isKnown(shopId))) continue;
    await inShop(shopId, (tx) => recordReport(tx, shopId, report, { secret: env().ENCRYPTION_KEY }));
  }
  return 200;
}

/** A mail that came back, as a mail server or a forwarding rule posts it: the raw mail is the body. */
async function takeReturnedMail(token: string, raw: Buffer): Promise<number> {
  const secret = env().ENCRYPTION_KEY;
  const shopId = readShopToken(secret, "returned-mail", token);
  if (shopId === null || !(await isKnown(shopId))) return 401;
  const returned = await readReturnedMail(raw, { secret, now: new Date() });
  // Also replies and holiday notices come back; they are no mistake of whoever forwards them.
  if (!returned) return looksLikeMail(raw) ? 200 : 400;
  if (returned.shopId !== shopId) return 200;
  await inShop(shopId, (tx) => recordReport(tx, shopId, returned.report, { secret }));
  return 200;
}

function looksLikeMail(raw: Buffer): boolean {
  return /^[\w-]+:[^\n]*\n/.test(raw.subarray(0, 500).toString("latin1"));
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

async function isKnown(shopId: number): Promise<boolean> {
  return (await prisma.shop.count({ where: { id: shopId, redactedAt: null } })) > 0;
}

function send(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(status === 200 ? "ok" : "");
}
