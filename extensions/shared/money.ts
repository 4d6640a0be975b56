/** Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD. */
function exponentOf(currency: string): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** 19.99 EUR → 1999. Extensions get amounts as decimal numbers; the app speaks integer minor units. */
export function toMinor(amount: number, currency: string): number {
  return Math.round(amount * 10 ** exponentOf(currency));
}

/** 1999 EUR → 19.99, as the platform's `formatCurrency` wants it. */
export function fromMinor(minor: number, currency: string): number {
  return minor / 10 ** exponentOf(currency);
}
