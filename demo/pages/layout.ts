// The outermost part of every page: head, the line that says it is a stand-in, and the scripts.
import type { DemoResponse } from "../http.ts";
import { html as htmlResponse } from "../http.ts";
import type { EventLog } from "../event-log.ts";
import { html, type HtmlPart } from "./html.ts";

export type PageOptions = {
  title: string;
  /** Style sheets of demo/pages/styles besides base.css, without ending. */
  styles: string[];
  body: HtmlPart;
  lang?: string;
  /** Names of browser scripts, see demo/browser/bundle.ts. */
  scripts?: string[];
  bodyClass?: string;
  status?: number;
  headers?: Record<string, string | string[]>;
};

export function page(options: PageOptions): DemoResponse {
  const { title, styles, body, lang = "en", scripts = [], bodyClass = "", status = 200, headers } = options;
  const document = html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        ${["base", ...styles].map((name) => html`<link rel="stylesheet" href="/assets/${name}.css" />`)}
        ${scripts.map((name) => html`<script src="/assets/${name}" defer></script>`)}
      </head>
      <body class="${bodyClass}">
        ${body}
      </body>
    </html>`;
  return htmlResponse(document.text, status, headers);
}

/** Visible on every page: nobody may take this for Shopify. */
export function standInLine(): HtmlPart {
  return html`<aside class="stand-in" aria-label="About this page">
    <strong>Demo store</strong> — a local stand-in, not Shopify. Nothing is sold or sent.
    <span class="stand-in-links">
      <a href="/">Shop</a> <a href="/admin/app">Admin</a> <a href="/mailbox">Mailbox</a>
      <a href="/control">Control panel</a>
    </span>
  </aside>`;
}

/**
 * Attributes of the part of a page that is drawn anew after each event of these kinds ("*": of any), also after one that
 * happened while the page was on its way. Works with the script live-page.js.
 */
export function refreshedOn(log: EventLog, kinds: string): HtmlPart {
  return html`data-refresh-on="${kinds}" data-after="${log.newest()}"`;
}
