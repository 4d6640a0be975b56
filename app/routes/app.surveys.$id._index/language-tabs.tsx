import { LANGUAGE_NAMES, mainLocale, type Locale } from "#app/shops/settings";
import { hasOptions, type Question } from "#app/surveys/question";
import { Box, Card, Link, Tabs, Text } from "#app/ui/polaris";

type LanguageTabsProps = {
  locales: Locale[];
  questions: Question[];
  selected: Locale;
  onSelect: (locale: Locale) => void;
};

/** Chooses the language that is written and previewed; each tab says how many texts it still lacks. */
export function LanguageTabs({ locales, questions, selected, onSelect }: LanguageTabsProps) {
  const tabs = locales.map((locale) => {
    const missing = missingTexts(questions, locale);
    return {
      id: `language-${locale}`,
      content: LANGUAGE_NAMES[locale],
      accessibilityLabel: missing > 0 ? `${LANGUAGE_NAMES[locale]}, ${missing} texts missing` : undefined,
      badge: missing > 0 ? `${missing} missing` : undefined,
    };
  });
  return (
    <Card padding="0">
      <Tabs
        tabs={tabs}
        selected={Math.max(0, locales.indexOf(selected))}
        onSelect={(index) => onSelect(locales[index]!)}
      />
      <Box paddingInline="400" paddingBlockEnd="300">
        <Text as="p" variant="bodySm" tone="subdued">
          {`Texts that are missing in a language are shown in ${LANGUAGE_NAMES[mainLocale(locales)]}. `}
          More languages can be switched on in <Link url="/app/settings">Settings</Link>.
        </Text>
      </Box>
    </Card>
  );
}

/** Questions and options that have a text in some language, but not in this one. */
function missingTexts(questions: Question[], locale: Locale): number {
  const texts = questions.flatMap((question) => [
    question.text,
    ...(hasOptions(question.type) ? question.options.map((option) => option.text) : []),
  ]);
  return texts.filter((text) => !text[locale] && Object.values(text).some(Boolean)).length;
}
