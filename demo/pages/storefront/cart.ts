// The cart page, cart permalinks, and the way into checkout.
import type { Demo } from "../../demo.ts";
import { redirect, type DemoRequest, type DemoResponse, type Route } from "../../http.ts";
import type { CartLine, PricedLine } from "../../store/types.ts";
import { cartCookie, cookie, parseCart, readBuyer, setQuantity } from "../buyer.ts";
import { html, type HtmlPart } from "../html.ts";
import { formatMoney } from "../money.ts";
import { cartBlock } from "./cart-block.ts";
import { safePath, shopPage, shopView, type ShopView } from "./frame.ts";

export function cartRoutes(demo: Demo): Route[] {
  return [
    { method: "GET", pattern: "/cart", handle: (request) => cartPage(shopView(demo, request)) },
    { method: "POST", pattern: "/cart/add", handle: (request) => addToCart(demo, request) },
    { method: "POST", pattern: "/cart/change", handle: (request) => changeCart(demo, request) },
    {
      method: "POST",
      pattern: "/checkout",
      handle: (request) => startCheckout(demo, request, readBuyer(request, demo.store).cart),
    },
    // Shopify's permalink: /cart/<variant>:<quantity>,…?discount=CODE
    { method: "GET", pattern: "/cart/:lines", handle: (request) => openPermalink(demo, request) },
    { method: "GET", pattern: "/discount/:code", handle: rememberDiscount },
    { method: "POST", pattern: "/language", handle: changeLanguage },
  ];
}

function addToCart(demo: Demo, request: DemoRequest): DemoResponse {
  const { cart } = readBuyer(request, demo.store);
  const form = request.data();
  const variantId = Number(form.variant);
  if (!demo.store.variant(variantId)) return redirect("/cart", 303);
  const before = cart.find((line) => line.variantId === variantId)?.quantity ?? 0;
  const added = Math.max(1, Math.floor(Number(form.quantity)) || 1);
  const changed = setQuantity(cart, variantId, before + added);
  return redirect("/cart", 303, { "set-cookie": cartCookie(changed) });
}

function changeCart(demo: Demo, request: DemoRequest): DemoResponse {
  const { cart } = readBuyer(request, demo.store);
  const form = request.data();
  const changed = setQuantity(cart, Number(form.variant), Math.floor(Number(form.quantity)) || 0);
  return redirect("/cart", 303, { "set-cookie": cartCookie(changed) });
}

function openPermalink(demo: Demo, request: DemoRequest): DemoResponse {
  return startCheckout(demo, request, parseCart(request.params.lines ?? ""));
}

/** Shopify's shareable discount link: the code waits for the next checkout. */
function rememberDiscount(request: DemoRequest): DemoResponse {
  const back = safePath(request.url.searchParams.get("redirect"));
  return redirect(back, 302, { "set-cookie": cookie("demo_discount", request.params.code ?? "") });
}

function changeLanguage(request: DemoRequest): DemoResponse {
  const form = request.data();
  return redirect(safePath(form.back), 303, {
    "set-cookie": cookie("demo_language", String(form.language ?? "en")),
  });
}

function startCheckout(demo: Demo, request: DemoRequest, lines: CartLine[]): DemoResponse {
  const known = lines.filter((line) => demo.store.variant(line.variantId));
  if (known.length === 0) return redirect("/cart", 303);
  const buyer = readBuyer(request, demo.store);
  const codes = request.url.searchParams.get("discount") ?? buyer.discountCode;
  const checkout = demo.store.startCheckout({
    lines: known,
    discountCodes: codes?.split(",").filter(Boolean),
    customerId: buyer.customer?.id ?? null,
    cartToken: buyer.cartToken,
    locale: buyer.language,
    landingSite: request.url.pathname,
    referringSite: request.headers.referer ?? null,
    userAgent: request.headers["user-agent"] ?? null,
    // What a merchant's theme does with the snippet in docs/payments.md.
    attributes: {
      ...buyer.cartAttributes,
      postlude_device: /Mobi|iPhone/.test(request.headers["user-agent"] ?? "") ? "phone" : "desktop",
    },
  });
  return redirect(`/checkout/${checkout.token}`, 303, { "set-cookie": cookie("demo_discount", "") });
}

function cartPage(view: ShopView): DemoResponse {
  const { demo, buyer, say } = view;
  const priced = demo.store.priceCart(buyer.cart, buyer.discountCode?.split(",") ?? []);
  const price = (minor: number) => formatMoney(minor, priced.currency, buyer.language);
  if (priced.lines.length === 0) {
    const main = html`<section class="wide narrow">
      <h1>${say("cart")}</h1>
      <p>${say("emptyCart")}</p>
      <a class="button" href="/">${say("keepShopping")}</a>
    </section>`;
    return shopPage(view, { title: say("cart"), main });
  }
  const main = html`<section class="wide narrow">
    <h1>${say("cart")}</h1>
    <ul class="cart-lines">
      ${priced.lines.map((line) => cartLine(view, line, price))}
    </ul>
    <div class="cart-end">
      <p class="cart-total">
        ${say("subtotal")} <strong>${price(priced.subtotal - priced.totalDiscounts)}</strong>
      </p>
      ${buyer.discountCode && html`<p class="quiet">${say("discountCode")}: ${buyer.discountCode}</p>`}
      <form method="post" action="/checkout"><button class="button primary">${say("checkout")}</button></form>
      <a href="/">${say("keepShopping")}</a>
    </div>
    ${cartBlock(view)}
  </section>`;
  return shopPage(view, { title: say("cart"), main });
}

function cartLine({ demo, say }: ShopView, line: PricedLine, price: (minor: number) => string): HtmlPart {
  const { product, variant } = line;
  return html`<li>
    <img src="${demo.store.picturePath(product)}" alt="" width="88" height="88" />
    <div>
      <a href="/products/${product.handle}?variant=${variant.id}">${product.title}</a>
      ${product.variants.length > 1 && html`<p class="quiet">${variant.title}</p>`}
      <form method="post" action="/cart/change" class="inline-form">
        <input type="hidden" name="variant" value="${variant.id}" />
        <label class="visually-hidden" for="quantity-${variant.id}"
          >${say("quantity")}: ${product.title}</label
        >
        <input
          id="quantity-${variant.id}"
          class="short"
          type="number"
          name="quantity"
          min="0"
          max="20"
          value="${line.quantity}"
        />
        <button class="button small">${say("update")}</button>
        <button class="link-button" name="quantity" value="0" aria-label="${say("remove")}: ${product.title}">
          ${say("remove")}
        </button>
      </form>
    </div>
    <strong>${price(line.total)}</strong>
  </li>`;
}
