/**
 * How many decimals an amount of a currency has: the scale of minor units, the same in the app and in extensions. By ISO 4217,
 * not by Intl, which knows what is usual to print: no decimals for HUF, IDR or COP, whose amounts Shopify tells with two.
 */
const EXPONENTS: Record<string, number> = {};
for (const code of "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ")) {
  EXPONENTS[code] = 0;
}
for (const code of "BHD IQD JOD KWD LYD OMR TND".split(" ")) EXPONENTS[code] = 3;

/** Decimal places of a currency (ISO 4217): JPY 0, EUR 2, KWD 3. */
export function currencyExponent(currency: string): number {
  return EXPONENTS[currency.toUpperCase()] ?? 2;
}

/** Writes amounts as people read them: as many decimals as the language finds usual, and all where there are some. */
export type MoneyFormat = (minor: number) => string;

export function moneyFormat(locale: string, currency: string): MoneyFormat {
  const exponent = currencyExponent(currency);
  const usual = new Intl.NumberFormat(locale, { style: "currency", currency });
  const whole = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  const unit = 10 ** exponent;
  return (minor) => (minor % unit === 0 ? usual : whole).format(minor / unit);
}
