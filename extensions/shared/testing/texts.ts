export type Messages = { [key: string]: string | Messages };

/**
 * The extension's own texts instead of the tester's, which echoes keys: placeholders and plurals as on Shopify, and
 * a missing text or value fails the test.
 */
export function i18nOf(messages: Messages, locale = "en") {
  return {
    translate: (key: string, values: Record<string, string | number> = {}) => {
      const message = findMessage(messages, key, values.count, locale);
      return message.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
        if (values[name] === undefined) throw new Error(`"${key}" needs a value for ${name}`);
        return String(values[name]);
      });
    },
    formatCurrency: (amount: number, options: Intl.NumberFormatOptions = {}) =>
      new Intl.NumberFormat(locale, { style: "currency", ...options }).format(amount),
    formatNumber: (value: number, options: Intl.NumberFormatOptions = {}) =>
      new Intl.NumberFormat(locale, options).format(value),
    formatDate: (date: Date, options: Intl.DateTimeFormatOptions = {}) =>
      new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }).format(date),
  };
}

function findMessage(
  messages: Messages,
  key: string,
  count: string | number | undefined,
  locale: string,
): string {
  let found: string | Messages | undefined = messages;
  for (const part of key.split(".")) found = typeof found === "object" ? found[part] : undefined;
  if (typeof found === "object" && typeof count === "number") {
    found = found[new Intl.PluralRules(locale).select(count)] ?? found.other;
  }
  if (typeof found !== "string") throw new Error(`there is no text "${key}"`);
  return found;
}
