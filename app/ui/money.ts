import { currencyExponent, moneyFormat } from "../../extensions/shared/currencies";

export { currencyExponent as currencyDigits };

/** Minor units as a person reads them: (1299, "EUR", "de") → "12,99 €". */
export function formatMoney(minor: number, currency: string, locale: string): string {
  return moneyFormat(locale, currency)(minor);
}
