import { currencyExponent } from "../../extensions/shared/currencies";

/**
 * Money as integer minor units (cents, yen, fils). Shopify tells decimal strings; they are read digit by digit, because
 * a float would lose cents on the way.
 */
export { currencyExponent };

/**
 * "12.34" EUR → 1234, "1200" JPY → 1200, "1.234" KWD → 1234. Surplus digits are rounded half away from zero.
 * @param amount Shopify's decimal; numbers occur in refunds
 * @throws where it is not a decimal number
 */
export function toMinor(amount: string | number, currency: string): number {
  const parts = /^(-?)(\d+)(?:\.(\d*))?$/.exec(String(amount).trim());
  if (!parts) throw new Error(`not an amount of money: ${amount}`);
  const [, sign, whole, decimals = ""] = parts;
  const exponent = currencyExponent(currency);
  const kept = decimals.slice(0, exponent).padEnd(exponent, "0");
  const roundUp = (decimals[exponent] ?? "0") >= "5" ? 1 : 0;
  const minor = Number(whole + kept) + roundUp;
  return sign && minor !== 0 ? -minor : minor;
}

/** 1234 EUR → "12.34": the decimal string that Shopify's API takes. */
export function toDecimal(minor: number | bigint, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(minor < 0 ? -minor : minor).padStart(exponent + 1, "0");
  const sign = minor < 0 ? "-" : "";
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
