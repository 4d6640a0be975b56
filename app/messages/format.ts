import type { Money, Value, VariableKind } from "./variables";

/** How values read in the shopper's language and time zone. */
export type Reader = {
  /** BCP 47, e.g. "de". */
  locale: string;
  /** IANA zone in which dates are told. */
  timezone: string;
};

export type DateStyle = "short" | "medium" | "long";

export function formatMoney({ minor, currency }: Money, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export function formatDate(date: Date, reader: Reader, style: DateStyle = "long"): string {
  const options =
    style === "long"
      ? ({ weekday: "long", day: "numeric", month: "long" } as const)
      : ({ dateStyle: style } as const);
  return new Intl.DateTimeFormat(reader.locale, { ...options, timeZone: safeZone(reader.timezone) }).format(
    date,
  );
}

/** What a variable without filters reads like; nothing is the empty text. */
export function formatValue(value: Value | undefined, kind: VariableKind, reader: Reader): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return formatDate(value, reader);
  if (typeof value === "object") return formatMoney(value, reader.locale);
  if (typeof value === "number" && kind === "number")
    return new Intl.NumberFormat(reader.locale).format(value);
  return String(value);
}

function safeZone(timezone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
    return timezone;
  } catch {
    return "UTC";
  }
}
