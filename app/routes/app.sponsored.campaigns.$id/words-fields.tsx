import type { CampaignText } from "#app/sponsored/campaign";
import { usualAction } from "#app/sponsored/disclosure";
import { LANGUAGE_NAMES, LOCALES, type Locale } from "#app/shops/settings";
import { BlockStack, Card, InlineError, Tabs, Text, TextField } from "#app/ui/polaris";
import type { CampaignFieldsProps } from "./form";

type WordsFieldsProps = CampaignFieldsProps & { locale: Locale; onLocale: (locale: Locale) => void };
const NOTHING: CampaignText = { title: "", body: "", action: "" };

/** What shoppers read, per language. */
export function WordsFields({ value, problems, onChange, locale, onLocale }: WordsFieldsProps) {
  const text = value.texts[locale] ?? NOTHING;
  const change = (part: Partial<CampaignText>) =>
    onChange({ texts: { ...value.texts, [locale]: { ...text, ...part } } });
  const problem = (field: string) => problems[`texts.${locale}.${field}`];
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Words
        </Text>
        <Text as="p" tone="subdued">
          A language without a title shows the English words, or else the first that there are.
        </Text>
        {problems.texts && <InlineError message={problems.texts} fieldID="title" />}
        <Tabs
          tabs={LOCALES.map((one) => ({ id: `words-${one}`, content: LANGUAGE_NAMES[one] }))}
          selected={LOCALES.indexOf(locale)}
          onSelect={(index) => onLocale(LOCALES[index]!)}
        />
        <TextField
          id="title"
          label="Title"
          value={text.title}
          onChange={(title) => change({ title })}
          error={problem("title")}
          maxLength={60}
          showCharacterCount
          autoComplete="off"
        />
        <TextField
          label="Text"
          value={text.body}
          onChange={(body) => change({ body })}
          error={problem("body")}
          maxLength={160}
          showCharacterCount
          multiline={2}
          autoComplete="off"
        />
        <TextField
          label="Button"
          value={text.action}
          onChange={(action) => change({ action })}
          error={problem("action")}
          placeholder={usualAction(locale)}
          maxLength={30}
          showCharacterCount
          autoComplete="off"
        />
      </BlockStack>
    </Card>
  );
}
