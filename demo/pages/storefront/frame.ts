// Header and footer of the shop.
import type { Demo } from "../../demo.ts";
import type { DemoRequest, DemoResponse } from "../../http.ts";
import { LANGUAGES, readBuyer, type Buyer, type Language } from "../buyer.ts";
import { html, type HtmlPart } from "../html.ts";
import { page, standInLine, type PageOptions } from "../layout.ts";
import { textsIn, type Say } from "../texts.ts";

export type ShopView = { demo: Demo; buyer: Buyer; say: Say; path: string };

export function shopView(demo: Demo, request: DemoRequest): ShopView {
  const buyer = readBuyer(request, demo.store);
  return { demo, buyer, say: textsIn(buyer.language), path: request.url.pathname + request.url.search };
}

type ShopPage = { title: string; main: HtmlPart } & Partial<Omit<PageOptions, "title" | "body">>;

export function shopPage(view: ShopView, { title, main, ...options }: ShopPage): DemoResponse {
  const { demo, buyer, say } = view;
  const name = demo.store.shop().name;
  return page({
    styles: ["shop"],
    bodyClass: "shop",
    ...options,
    title: `${title} — ${name} (demo store)`,
    lang: buyer.language,
    body: html`${standInLine()}
      <header class="shop-header">
        <a class="shop-name" href="/">${name}</a>
        <nav aria-label="${say("shop")}">
          ${departments(demo).map((each) => html`<a href="/?type=${encodeURIComponent(each)}">${each}</a>`)}
        </nav>
        <div class="shop-tools">
          ${languageForm({ language: buyer.language, say, action: "/language", back: view.path })}
          <a href="/account">${buyer.customer ? buyer.customer.firstName : say("logIn")}</a>
          <a class="cart-link" href="/cart"
            >${say("cart")} <span class="cart-count">${cartCount(buyer)}</span></a
          >
        </div>
      </header>
      <main id="main">${main}</main>
      <footer class="shop-footer">
        <p>${name} is an invented shop. Its pictures are drawn by the demo store, its prices are pretend.</p>
      </footer>`,
  });
}

export function departments(demo: Demo): string[] {
  const counts = new Map<string, number>();
  for (const product of demo.store.products()) {
    if (product.status !== "ACTIVE") continue;
    counts.set(product.productType, (counts.get(product.productType) ?? 0) + 1);
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 6)
    .map(([name]) => name);
}

function cartCount(buyer: Buyer): number {
  return buyer.cart.reduce((count, line) => count + line.quantity, 0);
}

type LanguageForm = { language: Language; say: Say; action: string; back: string };

export function languageForm({ language, say, action, back }: LanguageForm): HtmlPart {
  return html`<form class="language" method="post" action="${action}">
    <input type="hidden" name="back" value="${back}" />
    <label class="visually-hidden" for="language">${say("language")}</label>
    <select id="language" name="language" onchange="this.form.submit()">
      ${Object.entries(LANGUAGES).map(
        ([code, name]) =>
          html`<option value="${code}" ${code === language && html`selected`}>${name}</option>`,
      )}
    </select>
    <noscript><button>OK</button></noscript>
  </form>`;
}

/** Only paths of the shop itself: a form value may not send the buyer elsewhere. */
export function safePath(value: unknown, fallback = "/"): string {
  const path = String(value ?? "");
  return path.startsWith("/") && !path.startsWith("//") ? path : fallback;
}
