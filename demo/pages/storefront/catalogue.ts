// Home with categories, and product pages.
import type { Route } from "../../http.ts";
import type { Demo } from "../../demo.ts";
import type { Product } from "../../store/types.ts";
import { html, type HtmlPart } from "../html.ts";
import { formatMoney } from "../money.ts";
import { shopPage, shopView, type ShopView } from "./frame.ts";

const PER_PAGE = 48;
const SUGGESTED = 4;

export function catalogueRoutes(demo: Demo): Route[] {
  return [
    { method: "GET", pattern: "/", handle: (request) => homePage(shopView(demo, request), request.url) },
    {
      method: "GET",
      pattern: "/products/:handle",
      handle: (request) => productPage(shopView(demo, request), request.params.handle ?? "", request.url),
    },
  ];
}

function activeProducts(demo: Demo): Product[] {
  return demo.store.products().filter((product) => product.status === "ACTIVE");
}

function homePage(view: ShopView, url: URL) {
  const { demo, say } = view;
  const type = url.searchParams.get("type");
  const wanted = url.searchParams.get("q")?.trim() ?? "";
  const number = Math.max(1, Number(url.searchParams.get("page")) || 1);
  const found = activeProducts(demo).filter(
    (product) =>
      (!type || product.productType === type) && product.title.toLowerCase().includes(wanted.toLowerCase()),
  );
  const shown = found.slice((number - 1) * PER_PAGE, number * PER_PAGE);
  const isFront = !type && !wanted && number === 1;
  const title = wanted || type || say("everything");
  const main = html`${isFront && hero(view)}
    <section class="wide" aria-labelledby="products-title">
      <div class="list-head">
        ${isFront ? html`<h2 id="products-title">${title}</h2>` : html`<h1 id="products-title">${title}</h1>`}
        ${searchForm(view, wanted)}
      </div>
      <ul class="product-grid">
        ${shown.map((product) => productCard(view, product))}
      </ul>
      ${pager(view, url, number, Math.ceil(found.length / PER_PAGE))}
    </section>`;
  return shopPage(view, { title, main });
}

function searchForm({ say }: ShopView, wanted: string): HtmlPart {
  return html`<form action="/" class="search-form" role="search">
    <label class="visually-hidden" for="q">${say("search")}</label>
    <input id="q" type="search" name="q" value="${wanted}" placeholder="${say("search")}" />
    <button class="button">${say("search")}</button>
  </form>`;
}

function pager({ say }: ShopView, url: URL, number: number, last: number): HtmlPart {
  if (last <= 1) return null;
  const address = (page: number) => {
    const query = new URLSearchParams(url.searchParams);
    query.set("page", String(page));
    return `/?${query}`;
  };
  return html`<nav class="pager" aria-label="${say("pages")}">
    ${number > 1 && html`<a href="${address(number - 1)}" rel="prev" aria-label="${say("back")}">‹ ${number - 1}</a>`}
    <span aria-current="page">${number} / ${last}</span>
    ${number < last && html`<a href="${address(number + 1)}" rel="next" aria-label="${say("next")}">${number + 1} ›</a>`}
  </nav>`;
}

function hero({ demo, say }: ShopView): HtmlPart {
  const pictured = activeProducts(demo).slice(0, 3);
  return html`<section class="hero">
    <div>
      <h1>${say("heroTitle")}</h1>
      <p>${say("heroText")}</p>
      <a class="button primary" href="#products-title">${say("heroButton")}</a>
    </div>
    <div class="hero-pictures" aria-hidden="true">
      ${pictured.map((product) => html`<img src="${demo.store.picturePath(product)}" alt="" />`)}
    </div>
  </section>`;
}

function productCard({ demo, buyer, say }: ShopView, product: Product): HtmlPart {
  const prices = product.variants.map((variant) => variant.price);
  const lowest = Math.min(...prices);
  const price = formatMoney(lowest, demo.store.shop().currency, buyer.language);
  return html`<li class="product-card">
    <a href="/products/${product.handle}">
      <img src="${demo.store.picturePath(product)}" alt="" loading="lazy" width="400" height="400" />
      <span class="product-title">${product.title}</span>
      <span class="product-price">${lowest !== Math.max(...prices) && html`${say("from")} `}${price}</span>
    </a>
  </li>`;
}

function productPage(view: ShopView, handle: string, url: URL) {
  const { demo, buyer, say } = view;
  const product = demo.store.product(handle);
  if (!product || product.status !== "ACTIVE") {
    const main = html`<section class="wide">
      <h1>404</h1>
      <p><a href="/">${say("keepShopping")}</a></p>
    </section>`;
    return shopPage(view, { title: "404", main, status: 404 });
  }
  const wanted = Number(url.searchParams.get("variant"));
  const chosen = product.variants.find((variant) => variant.id === wanted) ?? product.variants[0]!;
  const { currency } = demo.store.shop();
  const main = html`<article class="wide product-page">
      <img src="${demo.store.picturePath(product)}" alt="${product.title}" width="600" height="600" />
      <div>
        <p class="quiet">${say("madeBy")} ${product.vendor}</p>
        <h1>${product.title}</h1>
        <p class="price">
          ${formatMoney(chosen.price, currency, buyer.language)}
          ${
            chosen.compareAtPrice !== null &&
            html`<s>${formatMoney(chosen.compareAtPrice, currency, buyer.language)}</s>`
          }
        </p>
        <form method="post" action="/cart/add" class="stack">
          ${variantChoice(view, product, chosen.id)}
          <label class="field-label" for="quantity">${say("quantity")}</label>
          <input id="quantity" class="short" type="number" name="quantity" value="1" min="1" max="20" />
          <button class="button primary">${say("addToCart")}</button>
          <p class="quiet">${chosen.inventory > 0 ? say("inStock") : say("soldOut")}</p>
        </form>
        <p class="description">${product.description}</p>
      </div>
    </article>
    ${suggestions(view, product)}`;
  return shopPage(view, { title: product.title, main });
}

function variantChoice({ demo, buyer }: ShopView, product: Product, chosenId: number): HtmlPart {
  if (product.variants.length === 1) {
    return html`<input type="hidden" name="variant" value="${chosenId}" />`;
  }
  const { currency } = demo.store.shop();
  return html`<fieldset class="pills">
    <legend class="field-label">${product.variants[0]!.options[0]?.name ?? ""}</legend>
    ${product.variants.map(
      (variant) =>
        html`<label
          ><input
            type="radio"
            name="variant"
            value="${variant.id}"
            ${variant.id === chosenId && html`checked`}
          />
          <span>${variant.title} · ${formatMoney(variant.price, currency, buyer.language)}</span></label
        >`,
    )}
  </fieldset>`;
}

function suggestions(view: ShopView, product: Product): HtmlPart {
  const others = activeProducts(view.demo).filter(
    (other) => other.id !== product.id && other.productType === product.productType,
  );
  if (others.length === 0) return null;
  return html`<section class="wide" aria-labelledby="more-title">
    <h2 id="more-title">${view.say("goesWith")}</h2>
    <ul class="product-grid">
      ${others.slice(0, SUGGESTED).map((other) => productCard(view, other))}
    </ul>
  </section>`;
}
