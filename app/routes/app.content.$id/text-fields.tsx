import { EMPTY_TEXT, TIP_KINDS, type TipForm, type TipKind, type TipText } from "#app/content/tip";
import { LANGUAGE_NAMES, type Locale } from "#app/shops/settings";
import { BlockStack, Card, ChoiceList, InlineStack, Select, Text, TextField } from "#app/ui/polaris";
import { section } from "#app/ui/section";
import { KIND_WORDS } from "#app/ui/tip-words";
import { useTypedFirst } from "#app/ui/typed-first";

export type TipFieldsProps = {
  value: TipForm;
  /** By field: "keys", "texts.de.title". */
  problems: Record<string, string>;
  onChange: (change: Partial<TipForm>) => void;
};

type TextFieldsProps = TipFieldsProps & {
  locales: Locale[];
  locale: Locale;
  onLocale: (locale: Locale) => void;
};

/** What kind of tip it is, and its words in one language at a time. */
export const TextFields = section(
  function TextFields({ value, problems, locales, locale, onLocale, onChange }: TextFieldsProps) {
    const elsewhere = locales.filter(
      (one) => one !== locale && Object.keys(problems).some((path) => path.startsWith(`texts.${one}.`)),
    );
    return (
      <Card>
        <BlockStack gap="400">
          <ChoiceList
            title="Kind"
            choices={TIP_KINDS.map((kind) => ({
              value: kind,
              label: KIND_WORDS[kind].name,
              helpText: KIND_WORDS[kind].help,
            }))}
            selected={[value.kind]}
            onChange={([kind]) => onChange({ kind: kind as TipKind })}
          />
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              What you tell
            </Text>
            <Select
              label="Language"
              labelInline
              options={locales.map((one) => ({
                value: one,
                label: value.texts[one]?.title ? LANGUAGE_NAMES[one] : `${LANGUAGE_NAMES[one]} (missing)`,
              }))}
              value={locale}
              onChange={(chosen) => onLocale(chosen as Locale)}
            />
          </InlineStack>
          {elsewhere.length > 0 && (
            <Text as="p" tone="critical">
              {`There are also problems in ${elsewhere.map((one) => LANGUAGE_NAMES[one]).join(" and ")}.`}
            </Text>
          )}
          <Words key={locale} value={value} problems={problems} locale={locale} onChange={onChange} />
          <Address
            label="Picture (optional)"
            value={value.imageUrl}
            error={problems.imageUrl}
            helpText="A picture on the web, the same in all languages. It needs no words: it is shown beside yours."
            onChange={(imageUrl) => onChange({ imageUrl })}
          />
        </BlockStack>
      </Card>
    );
  },
  ["kind", "texts", "imageUrl"],
);

function Words({ value, problems, locale, onChange }: TipFieldsProps & { locale: Locale }) {
  const text = value.texts[locale] ?? EMPTY_TEXT;
  const other = value.texts.en ?? Object.values(value.texts)[0];
  const set = (change: Partial<TipText>) =>
    onChange({ texts: { ...value.texts, [locale]: { ...text, ...change } } });
  const title = useTypedFirst(text.title, (typed) => set({ title: typed }));
  const body = useTypedFirst(text.body, (typed) => set({ body: typed }));
  return (
    <>
      <TextField
        {...title}
        label="Title"
        placeholder={other?.title}
        error={problems[`texts.${locale}.title`] ?? problems.texts}
        maxLength={80}
        autoComplete="off"
      />
      <TextField
        {...body}
        label="Text"
        placeholder={other?.body}
        error={problems[`texts.${locale}.body`]}
        helpText="Plain words. An empty line starts a new paragraph."
        multiline={6}
        maxLength={2_000}
        showCharacterCount
        autoComplete="off"
      />
      <Address
        label="Video (optional)"
        value={text.videoUrl}
        error={problems[`texts.${locale}.videoUrl`]}
        helpText="Where it can be watched. Shoppers follow a link; nothing of that site runs in your pages."
        onChange={(videoUrl) => set({ videoUrl })}
      />
    </>
  );
}

type AddressProps = {
  label: string;
  value: string;
  error?: string;
  helpText: string;
  onChange: (value: string) => void;
};

function Address({ value, onChange, ...field }: AddressProps) {
  const typed = useTypedFirst(value, onChange);
  return <TextField {...field} {...typed} type="url" placeholder="https://" autoComplete="off" />;
}
