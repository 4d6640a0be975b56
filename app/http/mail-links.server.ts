import type { IncomingMessage, ServerResponse } from "node:http";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import { log } from "#app/log.server";
import { saysPrefetch, type Visit } from "#app/messages/human";
import { recordClick, recordOpen } from "#app/messages/messages.server";
import { readMailToken, type MailToken } from "#app/messages/tokens";
import { sendAway } from "./away-page.server";
import { sendGone } from "./gone-page.server";
import { answerConfirmation } from "./confirmation-page.server";
import { answerPreferences, answerUnsubscribe } from "./subscription-pages.server";

/**
 * The links in our mails: `/m/c/<token>` click, `/m/o/<token>` open pixel, `/u/<token>` unsubscribe, `/p/<token>`
 * preferences, `/c/<token>` confirmation of an agreement. Plain handlers: a shopper waits for them. A GET never changes what a person gets.
 */
export function isMailLink(path: string): boolean {
  return /^\/(m\/[cox]|u|p|c)(\/|$)/.test(path);
}

export async function handleMailLink(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, kind = "", token = ""] = /^\/(m\/[cox]|u|p|c)\/?(.*)$/.exec(pathOf(request)) ?? [];
  try {
    if (kind === "m/c") await answerClick(request, response, token);
    else if (kind === "m/o") await answerOpen(request, response, token);
    else if (kind === "u") await answerUnsubscribe(request, response, token);
    else if (kind === "p") await answerPreferences(request, response, token);
    else if (kind === "c") await answerConfirmation(request, response, token);
    else notFound(response);
  } catch (error) {
    log.error({ kind, error: String(error) }, "mail link failed");
    if (response.headersSent) return void response.end();
    sendAway(request, response);
  }
}

/** Leads on to the stored destination. The token names it by number, so no link of ours can be made to lead elsewhere. */
async function answerClick(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
  const token = readMailToken(env().ENCRYPTION_KEY, "mail-click", text);
  if (!isReading(request)) return notFound(response);
  if (!token) return sendGone(request, response);
  const found = await inShop(token.shopId, (tx) => recordClick(tx, token.shopId, token, visitOf(request)));
  if (!found) return sendGone(request, response);
  response.writeHead(302, {
    location: found.url,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
  });
  response.end();
}

const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** The picture always comes, also for a token that is not ours: a mail must not show a broken image. */
async function answerOpen(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
  const token: MailToken | null = readMailToken(env().ENCRYPTION_KEY, "mail-open", text);
  if (token && isReading(request)) {
    await inShop(token.shopId, (tx) => recordOpen(tx, token.shopId, token.messageId, visitOf(request))).catch(
      (error: unknown) => log.warn({ error: String(error) }, "open not recorded"),
    );
  }
  response.writeHead(200, {
    "content-type": "image/gif",
    "content-length": PIXEL.length,
    "cache-control": "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : PIXEL);
}

function visitOf(request: IncomingMessage): Visit {
  return {
    method: request.method ?? "GET",
    userAgent: request.headers["user-agent"] ?? "",
    prefetch: saysPrefetch((name) => request.headers[name] as string | undefined),
    at: new Date(),
  };
}

function isReading(request: IncomingMessage): boolean {
  return request.method === "GET" || request.method === "HEAD";
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?")[0]!;
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end("Not found");
}
