// The order summary beside a checkout or an order.
import type { Demo } from "../../demo.ts";
import type { Language } from "../buyer.ts";
import { html, type HtmlPart } from "../html.ts";
import { formatMoney } from "../money.ts";
import { textsIn } from "../texts.ts";

export type SummaryLine = {
  productId: number;
  title: string;
  variantTitle: string;
  quantity: number;
  total: number;
};

export type Summary = {
  currency: string;
  lines: SummaryLine[];
  subtotal: number;
  discounts: { code: string; amount: number }[];
  /** null while nothing was chosen yet */
  shipping: number | null;
  tax: number;
  total: number;
};

export function orderSummary(
  demo: Demo,
  language: Language,
  summary: Summary,
  discountForm?: HtmlPart,
): HtmlPart {
  const say = textsIn(language);
  const price = (minor: number) => formatMoney(minor, summary.currency, language);
  const row = (label: HtmlPart, value: string) =>
    html`<div>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<h2 class="visually-hidden">${say("orderSummary")}</h2>
    <ul class="summary-lines">
      ${summary.lines.map((line) => summaryLine(demo, line, price))}
    </ul>
    ${discountForm}
    <dl class="summary-totals">
      ${row(say("subtotal"), price(summary.subtotal))}
      ${summary.discounts.map(({ code, amount }) =>
        row(html`${say("discount")} <span class="code">${code}</span>`, `−${price(amount)}`),
      )}
      ${row(say("shipping"), summary.shipping === null ? "—" : summary.shipping === 0 ? say("free") : price(summary.shipping))}
      ${row(say("taxes"), price(summary.tax))}
      <div class="summary-total">
        <dt>${say("total")}</dt>
        <dd><small>${summary.currency}</small> ${price(summary.total)}</dd>
      </div>
    </dl>`;
}

function summaryLine(demo: Demo, line: SummaryLine, price: (minor: number) => string): HtmlPart {
  const product = demo.store.product(line.productId);
  return html`<li>
    <span class="thumbnail">
      ${product && html`<img src="${demo.store.picturePath(product)}" alt="" width="64" height="64" />`}
      <span class="thumbnail-count"><span class="visually-hidden">× </span>${line.quantity}</span>
    </span>
    <span
      >${line.title}${line.variantTitle !== "Default Title" && html`<small class="quiet">${line.variantTitle}</small>`}</span
    >
    <span>${price(line.total)}</span>
  </li>`;
}
