import { moneyFormat, type MoneyFormat } from "../../extensions/shared/currencies";
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
  return kept(`money ${locale} ${currency}`, () => moneyFormat(locale, currency))(minor);
}

export function formatDate(date: Date, reader: Reader, style: DateStyle = "long"): string {
  const options =
    style === "long"
      ? ({ weekday: "long", day: "numeric", month: "long" } as const)
      : ({ dateStyle: style } as const);
  const { locale, timezone } = reader;
  return kept(`date ${style} ${locale} ${timezone}`, () => {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: safeZone(timezone) });
  }).format(date);
}

const MOST_FORMATS = 500;
const formats = new Map<string, Format>();
type Format = Intl.NumberFormat | Intl.DateTimeFormat | MoneyFormat;

/** Making a format costs a hundred times what using it does, and a mail uses many. */
function kept<Made extends Format>(name: string, make: () => Made): Made {
  const known = formats.get(name) as Made | undefined;
  if (known) return known;
  if (formats.size >= MOST_FORMATS) formats.clear();
  const made = make();
  formats.set(name, made);
  return made;
}

/** What a variable without filters reads like; nothing is the empty text. */
export function formatValue(value: Value | undefined, kind: VariableKind, reader: Reader): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return formatDate(value, reader);
  if (typeof value === "object") return formatMoney(value, reader.locale);
  if (typeof value === "number" && kind === "number")
    return kept(`number ${reader.locale}`, () => new Intl.NumberFormat(reader.locale)).format(value);
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
