import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { log } from "#app/log.server";
import { addDocumentResponseHeaders } from "#app/shopify.server";

const ABORT_AFTER_MS = 5_000;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  setSecurityHeaders(request, headers);
  const ready = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={context} url={request.url} />, {
      [ready]() {
        const body = new PassThrough();
        headers.set("content-type", "text/html; charset=utf-8");
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
        pipe(body);
      },
      onShellError: reject,
      onError(error) {
        log.error({ error: String(error) }, "page render failed");
      },
    });
    setTimeout(abort, ABORT_AFTER_MS).unref();
  });
}

/** Only the shop's own admin may frame the app; nothing may frame shoppers' pages. */
function setSecurityHeaders(request: Request, headers: Headers): void {
  addDocumentResponseHeaders(request, headers);
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "strict-origin-when-cross-origin");
  if (!headers.has("content-security-policy")) {
    const embedded = /^\/(app|auth)(\/|$)/.test(new URL(request.url).pathname);
    headers.set(
      "content-security-policy",
      `frame-ancestors ${embedded ? "https://admin.shopify.com" : "'none'"}`,
    );
  }
}
