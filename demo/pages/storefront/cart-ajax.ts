// Shopify's Ajax API for the cart, as far as our cart block uses it. Prices are in hundredths, whatever the currency.
// https://shopify.dev/docs/api/ajax/reference/cart
import { decimal } from "../../admin-api/resolvers/values.ts";
import type { Demo } from "../../demo.ts";
import { json, type DemoRequest, type DemoResponse, type Route } from "../../http.ts";
import { secretToken } from "../../store/ids.ts";
import type { CartLine, PricedLine } from "../../store/types.ts";
import { cartCookie, cookie, readBuyer, setQuantity } from "../buyer.ts";

type Cart = { lines: CartLine[]; codes: string[]; token: string; attributes: Record<string, string> };

export function cartAjaxRoutes(demo: Demo): Route[] {
  return [
    { method: "GET", pattern: "/cart.js", handle: (request) => answer(demo, cartOf(demo, request)) },
    { method: "POST", pattern: "/cart/add.js", handle: (request) => add(demo, request) },
    { method: "POST", pattern: "/cart/change.js", handle: (request) => change(demo, request) },
    { method: "POST", pattern: "/cart/update.js", handle: (request) => update(demo, request) },
  ];
}

function cartOf(demo: Demo, request: DemoRequest): Cart {
  const { cart, discountCode, cartToken, cartAttributes } = readBuyer(request, demo.store);
  return {
    lines: cart,
    codes: discountCode?.split(",").filter(Boolean) ?? [],
    token: cartToken ?? secretToken(),
    attributes: cartAttributes,
  };
}

function add(demo: Demo, request: DemoRequest): DemoResponse {
  const cart = cartOf(demo, request);
  const { items } = request.data() as { items?: { id: number; quantity?: number }[] };
  for (const { id, quantity = 1 } of items ?? []) {
    const found = demo.store.variant(id);
    if (!found) return json({ status: 404, message: "Cart Error", description: "Cannot find variant" }, 404);
    const before = cart.lines.find((line) => line.variantId === id)?.quantity ?? 0;
    if (found.variant.inventory < before + quantity) {
      const description = `The product '${found.product.title}' is already sold out.`;
      return json({ status: 422, message: "Cart Error", description }, 422);
    }
    cart.lines = setQuantity(cart.lines, id, before + quantity);
  }
  return answer(demo, cart);
}

function change(demo: Demo, request: DemoRequest): DemoResponse {
  const cart = cartOf(demo, request);
  const { id, quantity } = request.data();
  return answer(demo, { ...cart, lines: setQuantity(cart.lines, Number(id), Number(quantity)) });
}

/** `discount`: the codes that the cart should end up with, joined by commas. `attributes` are added to those that it has. */
function update(demo: Demo, request: DemoRequest): DemoResponse {
  const cart = cartOf(demo, request);
  const { discount, attributes } = request.data() as {
    discount?: unknown;
    attributes?: Record<string, string>;
  };
  const codes = discount === undefined ? cart.codes : String(discount).split(",").filter(Boolean);
  return answer(demo, { ...cart, codes, attributes: { ...cart.attributes, ...attributes } });
}

function answer(demo: Demo, { lines, codes, token, attributes }: Cart): DemoResponse {
  const priced = demo.store.priceCart(lines, codes);
  const hundredths = hundredthsIn(priced.currency);
  const refused = new Set(priced.refusedCodes.map(({ code }) => code));
  const body = {
    token,
    attributes,
    currency: priced.currency,
    item_count: lines.reduce((count, line) => count + line.quantity, 0),
    original_total_price: hundredths(priced.subtotal),
    total_discount: hundredths(priced.totalDiscounts),
    total_price: hundredths(priced.subtotal - priced.totalDiscounts),
    items: priced.lines.map((line) => itemOf(line, hundredths)),
    discount_codes: codes.map((code) => ({ code, applicable: !refused.has(code) })),
  };
  const cookies = [
    cartCookie(lines),
    cookie("demo_discount", codes.join(",")),
    cookie("demo_cart_token", token),
    cookie("demo_cart_attributes", new URLSearchParams(attributes).toString()),
  ];
  return json(body, 200, { "set-cookie": cookies });
}

function itemOf(
  { product, variant, quantity, price, total }: PricedLine,
  hundredths: (minor: number) => number,
) {
  return {
    id: variant.id,
    variant_id: variant.id,
    product_id: product.id,
    title: product.title,
    quantity,
    price: hundredths(price),
    original_line_price: hundredths(price * quantity),
    final_line_price: hundredths(total),
  };
}

function hundredthsIn(currency: string): (minor: number) => number {
  return (minor) => Math.round(Number(decimal(minor, currency)) * 100);
}
