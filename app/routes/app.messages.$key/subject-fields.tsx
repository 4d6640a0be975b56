import { memo } from "react";
import type { Content } from "#app/messages/blocks";
import { LANGUAGE_NAMES, mainLocale, type Locale } from "#app/shops/settings";
import { BlockStack, Card, InlineStack, Select, Text } from "#app/ui/polaris";
import { problemAt, problemsOfHead } from "./problems";
import { TemplateField } from "./template-field";
import type { Change } from "./use-editor";

type SubjectFieldsProps = {
  subject: Content["subject"];
  preheader: Content["preheader"];
  language: Locale;
  languages: Locale[];
  /** Names of other languages in which something is wrong, as a sentence has them; empty: none. */
  wrongIn: string;
  change: Change;
  onLanguage: (language: Locale) => void;
};

/** The language being edited, and the two lines that a shopper sees before opening the mail. */
export const SubjectFields = memo(function SubjectFields(props: SubjectFieldsProps) {
  const { subject, preheader, language, languages, wrongIn, change, onLanguage } = props;
  const texts = { subject, preheader };
  const problems = problemsOfHead(texts, languages);
  const field = (name: keyof typeof texts) => ({
    id: `field-${name}`,
    kind: "text" as const,
    language,
    value: texts[name][language] ?? "",
    placeholder: texts[name][mainLocale(languages)],
    error: problemAt(problems, name, texts[name], language, languages),
    onChange: (value: string) =>
      change(
        (content) => ({ ...content, [name]: { ...content[name], [language]: value } }),
        `${name}.${language}`,
      ),
  });
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Texts
          </Text>
          <Select
            label="Language"
            labelInline
            options={languages.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            value={language}
            onChange={(value) => onLanguage(value as Locale)}
          />
        </InlineStack>
        {wrongIn && (
          <Text as="p" tone="critical">
            {`There are also problems in ${wrongIn}.`}
          </Text>
        )}
        <TemplateField label="Subject" {...field("subject")} />
        <TemplateField
          label="Preview line"
          helpText="Stands beside the subject in the inbox."
          {...field("preheader")}
        />
      </BlockStack>
    </Card>
  );
});
