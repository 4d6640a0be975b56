import { currencyExponent } from "./currencies";

/** 19.99 EUR → 1999. Extensions get amounts as decimal numbers; the app speaks integer minor units. */
export function toMinor(amount: number, currency: string): number {
  return Math.round(amount * 10 ** currencyExponent(currency));
}

/** 1999 EUR → 19.99, as the platform's `formatCurrency` wants it. */
export function fromMinor(minor: number, currency: string): number {
  return minor / 10 ** currencyExponent(currency);
}
