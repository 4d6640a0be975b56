// Who looks at a shop page: the cart, the language and the login live in cookies.
import type { DemoRequest } from "../http.ts";
import type { CartLine, Customer } from "../store/types.ts";
import type { Store } from "../store/store.ts";

export const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", es: "Español" } as const;
export type Language = keyof typeof LANGUAGES;

export type Buyer = {
  customer: Customer | undefined;
  language: Language;
  cart: CartLine[];
  /** A code from a link or the cart page, for the next checkout. */
  discountCode: string | undefined;
  /** Tells one cart from the next, as Shopify's does; with the first look through the Ajax API. */
  cartToken: string | undefined;
  /** What the theme's blocks set through the Ajax API. */
  cartAttributes: Record<string, string>;
};

const MAXIMUM_QUANTITY = 20;

export function readBuyer(request: DemoRequest, store: Store): Buyer {
  const { cookies } = request;
  const customer = cookies.demo_customer ? store.customer(Number(cookies.demo_customer)) : undefined;
  return {
    customer,
    language: asLanguage(request.url.searchParams.get("lang") ?? cookies.demo_language ?? customer?.locale),
    cart: parseCart(cookies.demo_cart ?? ""),
    discountCode: cookies.demo_discount || undefined,
    cartToken: cookies.demo_cart_token || undefined,
    cartAttributes: Object.fromEntries(new URLSearchParams(cookies.demo_cart_attributes ?? "")),
  };
}

export function asLanguage(value: string | undefined | null): Language {
  const short = value?.split("-")[0] ?? "en";
  return short in LANGUAGES ? (short as Language) : "en";
}

/** "123:2,456:1"; nonsense is left out. */
export function parseCart(text: string): CartLine[] {
  return text
    .split(",")
    .map((entry) => entry.split(":").map(Number))
    .filter(([variantId, quantity]) => Number.isInteger(variantId) && Number.isInteger(quantity))
    .map(([variantId, quantity]) => ({
      variantId: variantId!,
      quantity: Math.min(quantity!, MAXIMUM_QUANTITY),
    }))
    .filter((line) => line.quantity > 0);
}

export function cartCookie(lines: CartLine[]): string {
  return cookie("demo_cart", lines.map((line) => `${line.variantId}:${line.quantity}`).join(","));
}

/** A cookie of the demo's pages; an empty value takes it away. */
export function cookie(name: string, value: string): string {
  const life = value ? "Max-Age=2592000" : "Max-Age=0";
  return `${name}=${encodeURIComponent(value)}; Path=/; ${life}; SameSite=Lax; HttpOnly`;
}

export function setQuantity(cart: CartLine[], variantId: number, quantity: number): CartLine[] {
  const others = cart.filter((line) => line.variantId !== variantId);
  if (quantity <= 0) return others;
  return [...others, { variantId, quantity: Math.min(quantity, MAXIMUM_QUANTITY) }];
}
