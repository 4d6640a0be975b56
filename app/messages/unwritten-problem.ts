import { LANGUAGE_NAMES, type Locale } from "#app/shops/settings";

/**
 * Said where an e-mail is to go out that nobody has written yet.
 * @param isAll in every language of the shop: then none is named
 */
export function unwrittenProblem({ locales, isAll }: { locales: Locale[]; isAll: boolean }): string {
  const languages = isAll ? "" : ` (${locales.map((locale) => LANGUAGE_NAMES[locale]).join(", ")})`;
  return `Write this email first: it still has the text that every new email begins with${languages}.`;
}
