import type { ServerResponse } from "node:http";
import { readableOn } from "#app/messages/colours";
import { escapeHtml } from "#app/messages/escape";
import type { Brand, Locale } from "#app/shops/settings";

/** Small server-rendered pages for shoppers: one document, no script, the shop's look. */

/** Text that is already HTML; everything else is escaped. */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

type Piece = string | number | Html | Piece[] | false | null;

/** Template literal for HTML: values are escaped unless they are Html themselves. */
export function html(strings: TemplateStringsArray, ...values: Piece[]): Html {
  return new Html(
    strings.reduce((out, text, i) => out + text + (i < values.length ? show(values[i]!) : ""), ""),
  );
}

function show(piece: Piece): string {
  if (piece === false || piece === null) return "";
  if (Array.isArray(piece)) return piece.map(show).join("");
  return piece instanceof Html ? piece.text : escapeHtml(String(piece));
}

export type ShopperPage = {
  locale: Locale;
  brand: Brand;
  shopName: string;
  title: string;
  body: Html;
  /** CSS that only this page needs. */
  style?: string;
};

const STYLE = (color: string) => `
:root{color-scheme:light dark;--page:#f4f4f2;--card:#fff;--ink:#1a1a1a;--muted:#595959;--line:#c9c9c5;--accent:${color};--on:${readableOn(color)}}
@media(prefers-color-scheme:dark){:root{--page:#111311;--card:#1d201e;--ink:#f2f2ef;--muted:#b9bab6;--line:#5c605d}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 -apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem 3rem}
.card{background:var(--card);border-radius:.5rem;padding:1.5rem}
header{padding:.5rem 0 1.25rem;font-weight:600;font-size:1.125rem}
header img{max-height:2.5rem;max-width:12rem}
h1{font-size:1.375rem;line-height:1.3;margin:0 0 .75rem}
p{margin:0 0 1rem}
a{color:inherit}
fieldset{border:0;margin:0 0 1.25rem;padding:0}
legend{font-weight:600;padding:0;margin-bottom:.5rem}
label{display:flex;gap:.75rem;padding:.625rem 0;border-top:1px solid var(--line);cursor:pointer}
label small{display:block;color:var(--muted);font-size:.875rem}
input[type=checkbox]{width:1.5rem;height:1.5rem;flex:none;margin:0;accent-color:var(--accent)}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:.625rem 1.25rem;border:1px solid var(--line);border-radius:.375rem;background:var(--accent);color:var(--on);cursor:pointer}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.done{border-left:4px solid var(--accent);padding:.25rem 0 .25rem .75rem}
footer{color:var(--muted);font-size:.875rem;padding:1rem 0}
`;

/** The whole document. */
export function renderShopperPage({ locale, brand, shopName, title, body, style = "" }: ShopperPage): string {
  const sender = brand.senderName || shopName;
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} – ${sender}</title>
        <style>
          ${new Html(STYLE(brand.primaryColor) + style)}
        </style>
      </head>
      <body>
        <main>
          <header>${brand.logoUrl ? html`<img src="${brand.logoUrl}" alt="${sender}" />` : sender}</header>
          <div class="card">${body}</div>
          <footer>${[sender, brand.postalAddress].filter(Boolean).join(", ")}</footer>
        </main>
      </body>
    </html>`.text;
}

/** Sends a page that nothing may frame, cache or extend by scripts. */
/** @param policy what else its content security policy allows */
export function sendPage(
  response: ServerResponse,
  status: number,
  document: string,
  withBody = true,
  policy = "",
): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(document),
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; img-src https: http:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" +
      (policy && `; ${policy}`),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  response.end(withBody ? document : undefined);
}

/** An answer for machines: nobody looks at it. */
export function sendEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end();
}
