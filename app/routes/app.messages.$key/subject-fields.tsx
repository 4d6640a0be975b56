import { LANGUAGE_NAMES, type Locale } from "#app/shops/settings";
import { BlockStack, Card, InlineStack, Select, Text } from "#app/ui/polaris";
import { problemAt, type Edit } from "./problems";
import { TemplateField } from "./template-field";

type SubjectFieldsProps = { edit: Edit; languages: Locale[]; onLanguage: (language: Locale) => void };

/** The language being edited, and the two lines that a shopper sees before opening the mail. */
export function SubjectFields({ edit, languages, onLanguage }: SubjectFieldsProps) {
  const { content, language, onChange } = edit;
  const elsewhere = languages.filter((one) => one !== language && hasProblems(edit, one));
  const field = (name: "subject" | "preheader") => ({
    id: `field-${name}`,
    kind: "text" as const,
    value: content[name][language] ?? "",
    placeholder: content[name].en,
    error: problemAt(edit, name, content[name]),
    onChange: (value: string) => onChange({ ...content, [name]: { ...content[name], [language]: value } }),
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
        {elsewhere.length > 0 && (
          <Text as="p" tone="critical">
            {`There are also problems in ${elsewhere.map((one) => LANGUAGE_NAMES[one]).join(" and ")}.`}
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
}

function hasProblems({ problems }: Edit, language: Locale): boolean {
  return Object.keys(problems).some((path) => path.endsWith(`.${language}`));
}
