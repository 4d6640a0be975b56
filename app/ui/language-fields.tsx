import { LANGUAGE_NAMES, LOCALES, type Locale } from "#app/shops/settings";
import { ChoiceList } from "./polaris";

type LanguageFieldsProps = {
  value: Locale[];
  problem?: string;
  /** Left out where the place says already what is chosen. */
  title?: string;
  onChange: (locales: Locale[]) => void;
};

const CHOICES = LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }));

/** In which languages shoppers are spoken to; the first chosen one is for those who speak none of them. */
export function LanguageFields({ value, problem, title, onChange }: LanguageFieldsProps) {
  return (
    <ChoiceList
      title={title ?? "Languages"}
      titleHidden={!title}
      allowMultiple
      choices={CHOICES}
      selected={value}
      // The order stands for something (the first is the fallback), so it does not follow the clicks.
      onChange={(chosen) => onChange(LOCALES.filter((locale) => chosen.includes(locale)))}
      error={problem}
    />
  );
}
