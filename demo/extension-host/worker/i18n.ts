// shopify.i18n: the extension's locale files with {{placeholders}} and plurals, and Intl for the rest.
import type { Messages } from "../extension-files.ts";

type Options = {
  locales: Record<string, Messages>;
  defaultLocale: string;
  language: string;
  currency: string;
  report: (message: string) => void;
};

export function createTranslator({ locales, defaultLocale, language, currency, report }: Options) {
  const short = language.split("-")[0]!;
  const own = locales[language] ?? locales[short];
  const fallback = locales[defaultLocale] ?? {};

  function find(key: string): string | Messages | undefined {
    return (own && lookUp(own, key)) ?? lookUp(fallback, key);
  }

  function translate(key: string, values: Record<string, unknown> = {}): unknown {
    let message = find(key);
    if (typeof message === "object" && typeof values.count === "number") {
      const plural = new Intl.PluralRules(language).select(values.count);
      message = message[plural] ?? message.other;
    }
    if (typeof message !== "string") {
      report(`missing translation "${key}" (${language})`);
      return key;
    }
    return fillIn(message, values);
  }

  return {
    translate,
    formatNumber: (value: number | bigint, options = {}) =>
      new Intl.NumberFormat(language, options).format(value),
    formatCurrency: (value: number | bigint, options = {}) =>
      new Intl.NumberFormat(language, { style: "currency", currency, ...options }).format(value),
    formatDate: (value: Date, options = {}) => new Intl.DateTimeFormat(language, options).format(value),
  };
}

function lookUp(messages: Messages, key: string): string | Messages | undefined {
  let found: string | Messages | undefined = messages;
  for (const part of key.split(".")) found = typeof found === "object" ? found[part] : undefined;
  return found;
}

/** A text, or an array of texts and elements when a value is an element, as at Shopify. */
function fillIn(message: string, values: Record<string, unknown>): unknown {
  const parts = message
    .split(/\{\{\s*(\w+)\s*\}\}/)
    .map((part, index) => (index % 2 === 0 ? part : values[part]));
  const hasElement = parts.some((part) => typeof part === "object" && part !== null);
  return hasElement ? parts : parts.map((part) => String(part ?? "")).join("");
}
