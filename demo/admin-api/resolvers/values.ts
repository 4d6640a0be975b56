// Plain values of the schema: money, counts, images.
import type { AdminContext } from "../context.ts";
import type { Minor } from "../../store/types.ts";

const NO_DECIMALS = new Set(["JPY", "KRW", "CLP", "VND", "ISK"]);

/** Minor units as Shopify's decimal string: 1250 → "12.50". */
export function decimal(amount: Minor, currency: string): string {
  return NO_DECIMALS.has(currency) ? String(amount) : (amount / 100).toFixed(2);
}

/** Shopify's decimal as minor units; undefined for anything that is not a number. */
export function toMinor(value: unknown, currency: string): Minor | undefined {
  const number = Number(value);
  if (!Number.isFinite(number)) return undefined;
  return Math.round(number * (NO_DECIMALS.has(currency) ? 1 : 100));
}

export function moneyV2(amount: Minor, currency: string): { amount: string; currencyCode: string } {
  return { amount: decimal(amount, currency), currencyCode: currency };
}

/** The demo store has one currency: what the buyer sees is what the shop gets. */
export function moneyBag(amount: Minor, currency: string) {
  const money = moneyV2(amount, currency);
  return { shopMoney: money, presentmentMoney: money };
}

export function count(number: number): { count: number; precision: string } {
  return { count: number, precision: "EXACT" };
}

export function image(context: AdminContext, path: string, altText: string) {
  const url = `${context.config.origin}${path}`;
  return { id: null, url, src: url, originalSrc: url, altText, width: 400, height: 400 };
}
