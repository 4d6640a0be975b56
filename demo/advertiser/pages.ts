// The brand's own pages: where a click leads, and what the brand's server heard from the shop about the sale.
import type { DemoResponse } from "../http.ts";
import { html, type HtmlPart } from "../pages/html.ts";
import { page, standInLine } from "../pages/layout.ts";
import { BRAND } from "./feed.ts";
import type { Report, Reported } from "./postback.ts";

export type Visit = { clickId: string | null; account: string | null };

export function landingPage(visit: Visit): DemoResponse {
  return brandPage(
    "Home espresso machine",
    html`<section class="panel">
      <h2>Home espresso machine</h2>
      <p><img src="/advertiser/coffee.svg" alt="" width="120" height="120" /></p>
      <p>${welcome(visit)}</p>
      <form method="post" action="/advertiser/sales">
        ${hidden("clickId", visit.clickId)} ${hidden("account", visit.account)}
        ${hidden("kind", "conversion")}
        <p><button class="button">Buy for $449.00</button></p>
        <details>
          <summary>Behind the counter</summary>
          <p class="quiet">
            The sale is reported to the shop, signed with the secret of the brand’s feed. If the merchant made
            another one on the Advertisers page, enter it here.
          </p>
          <p>
            <label>Secret <input name="secret" autocomplete="off" /></label>
          </p>
        </details>
      </form>
    </section>`,
  );
}

export function soldPage(
  visit: Visit,
  { kind, conversionId, netMinor = 0 }: Report,
  { status, answer }: Reported,
): DemoResponse {
  const isSale = kind === "conversion";
  const isRefundable = isSale || netMinor > 0;
  return brandPage(
    isSale ? "Thank you" : "Money given back",
    html`<section class="panel">
      <h2>${isSale ? "Thank you for your order" : "The shop was told of the refund of"} ${conversionId}</h2>
      <p>The shop that sent the visitor answered with ${status}:</p>
      <pre id="answer">${answer}</pre>
      ${
        isRefundable &&
        html`<form method="post" action="/advertiser/sales">
          ${hidden("account", visit.account)} ${hidden("kind", "reversal")}
          ${hidden("conversionId", conversionId)}
          <p>
            <button class="button small" name="part" value="half">Refund half of this order</button>
            <button class="button small">Refund this order</button>
          </p>
        </form>`
      }
    </section>`,
  );
}

function welcome({ clickId }: Visit): HtmlPart {
  return clickId
    ? html`You come from a shop that shows our offer. Visit <code id="click">${clickId}</code>.`
    : html`You come by yourself; nobody hears of your order.`;
}

function hidden(name: string, value: string | null): HtmlPart {
  return value !== null && html`<input type="hidden" name="${name}" value="${value}" />`;
}

function brandPage(title: string, body: HtmlPart): DemoResponse {
  return page({
    title: `${title} — ${BRAND} (demo store)`,
    styles: ["tools"],
    bodyClass: "tools",
    body: html`${standInLine()}
      <header class="tools-header">
        <h1>${BRAND}</h1>
        <p class="quiet">An advertiser’s shop, made up for the demo.</p>
      </header>
      <main id="main">${body}</main>`,
  });
}
