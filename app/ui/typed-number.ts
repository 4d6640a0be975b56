/** "1,000", "1.250,50", "1 000": three digits behind each separator of thousands, then perhaps decimals behind another one. */
const GROUPED = /^[1-9]\d{0,2}([.,'\s])\d{3}(?:\1\d{3})*(?:(?!\1)[.,](\d+))?$/;

/**
 * The number that was typed, in any of the usual ways to write one.
 * @param digits decimals of the field; with three of them three digits behind a single separator are decimals
 * @returns NaN where it is none
 */
export function typedNumber(typed: string, digits: number): number {
  const text = typed.trim();
  const grouped = GROUPED.exec(text);
  if (!grouped || digits === 3) return text === "" ? NaN : Number(text.replace(",", "."));
  const [, separator, decimals = ""] = grouped;
  const whole = decimals ? text.slice(0, -decimals.length - 1) : text;
  return Number(`${whole.replaceAll(separator!, "")}.${decimals || 0}`);
}
