import type { Locale } from "#app/shops/settings";
import { ChoiceList } from "./polaris";

type LanguageFieldsProps = {
  /** All languages that can be chosen, in the order that counts. */
  names: Record<Locale, string>;
  value: Locale[];
  problem?: string;
  /** Left out where the place says already what is chosen. */
  title?: string;
  onChange: (locales: Locale[]) => void;
};

/** In which languages shoppers are spoken to; the first chosen one is for those who speak none of them. */
export function LanguageFields({ names, value, problem, title, onChange }: LanguageFieldsProps) {
  const locales = Object.keys(names) as Locale[];
  return (
    <ChoiceList
      title={title ?? "Languages"}
      titleHidden={!title}
      allowMultiple
      choices={locales.map((locale) => ({ value: locale, label: names[locale] }))}
      selected={value}
      // The order stands for something (the first is the fallback), so it does not follow the clicks.
      onChange={(chosen) => onChange(locales.filter((locale) => chosen.includes(locale)))}
      error={problem}
    />
  );
}
