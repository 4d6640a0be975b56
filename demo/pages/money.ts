// Prices and dates as a buyer of a language reads them.

/** `minor` are minor units of the currency. */
export function formatMoney(minor: number, currency: string, language = "en"): string {
  return new Intl.NumberFormat(language, { style: "currency", currency }).format(minor / 100);
}

export function formatDate(iso: string, language = "en"): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));
}

export function formatDateTime(iso: string, language = "en"): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "UTC",
  }).format(new Date(iso));
}
