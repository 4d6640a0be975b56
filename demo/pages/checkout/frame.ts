// The two columns of checkout, thank-you and order status pages.
import type { Demo } from "../../demo.ts";
import type { DemoResponse } from "../../http.ts";
import type { Language } from "../buyer.ts";
import { html, type HtmlPart } from "../html.ts";
import { page, standInLine } from "../layout.ts";
import { textsIn } from "../texts.ts";

type CheckoutFrame = {
  title: string;
  language: Language;
  /** What stands right of the shop's name, e.g. the language choice. */
  tools?: HtmlPart;
  main: HtmlPart;
  aside: HtmlPart;
  /** The folded summary's price on small screens. */
  total: string;
  scripts?: string[];
  status?: number;
};

export function checkoutFrame(demo: Demo, frame: CheckoutFrame): DemoResponse {
  const { name } = demo.store.shop();
  const say = textsIn(frame.language);
  return page({
    title: `${frame.title} — ${name} (demo store)`,
    lang: frame.language,
    styles: ["checkout"],
    bodyClass: "checkout",
    scripts: frame.scripts,
    status: frame.status,
    body: html`${standInLine()}
      <header class="checkout-header"><a class="shop-name" href="/">${name}</a>${frame.tools}</header>
      <div class="checkout-columns">
        <main id="main">${frame.main}</main>
        <aside class="checkout-aside" aria-label="${say("orderSummary")}">
          <details class="summary-fold" open>
            <summary><span>${say("orderSummary")}</span><strong>${frame.total}</strong></summary>
            <div>${frame.aside}</div>
          </details>
        </aside>
      </div>`,
  });
}
