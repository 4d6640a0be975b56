import { LANGUAGE_NAMES, type Locale } from "#app/shops/settings";
import { BlockStack, Card, Link, Tabs, Text, TextField } from "#app/ui/polaris";
import { section } from "#app/ui/section";
import { useTypedFirst } from "#app/ui/typed-first";
import type { OfferFieldsProps } from "./fields";

type TextFieldsProps = OfferFieldsProps & {
  locales: Locale[];
  locale: Locale;
  onLocale: (locale: Locale) => void;
};

/** The merchant's own words above the product, per language. */
export const TextFields = section(
  function TextFields({ value, problems, locales, locale, onLocale, onChange }: TextFieldsProps) {
    const text = value.texts[locale] ?? { headline: "", body: "" };
    const change = (part: Partial<typeof text>) =>
      onChange({ texts: { ...value.texts, [locale]: { ...text, ...part } } });
    const headline = useTypedFirst(text.headline, (typed) => change({ headline: typed }));
    const body = useTypedFirst(text.body, (typed) => change({ body: typed }));
    return (
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            Words
          </Text>
          <Text as="p" tone="subdued">
            Both may stay empty. A language without words shows the English ones. More languages can be
            switched on in <Link url="/app/settings">Settings</Link>.
          </Text>
          <Tabs
            tabs={locales.map((one) => ({
              id: `words-${one}`,
              content: LANGUAGE_NAMES[one],
              badge: hasProblem(problems, one) ? "!" : undefined,
            }))}
            selected={Math.max(0, locales.indexOf(locale))}
            onSelect={(index) => onLocale(locales[index]!)}
          />
          <TextField
            {...headline}
            key={`headline-${locale}`}
            label="Headline"
            error={problems[`texts.${locale}.headline`]}
            maxLength={60}
            showCharacterCount
            autoComplete="off"
          />
          <TextField
            {...body}
            key={`body-${locale}`}
            label="Text"
            error={problems[`texts.${locale}.body`]}
            maxLength={160}
            showCharacterCount
            multiline={2}
            autoComplete="off"
          />
        </BlockStack>
      </Card>
    );
  },
  ["texts"],
);

function hasProblem(problems: Record<string, string>, locale: Locale): boolean {
  return Object.keys(problems).some((path) => path.startsWith(`texts.${locale}.`));
}
