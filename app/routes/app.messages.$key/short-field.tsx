import { memo, useMemo } from "react";
import { inLocale, LONGEST_SHORT, type LocalizedText } from "#app/messages/blocks";
import { sampleFilling } from "#app/messages/sample";
import { segmentsOf } from "#app/messages/segments";
import { evaluateAll, parseText } from "#app/messages/template-language";
import { mainLocale, type Locale } from "#app/shops/settings";
import { BlockStack, Card, Text } from "#app/ui/polaris";
import { problemAt, problemsOfHead } from "./problems";
import { TemplateField } from "./template-field";
import type { Change } from "./use-editor";

const NONE: LocalizedText = {};

type ShortFieldProps = {
  short: LocalizedText | undefined;
  language: Locale;
  languages: Locale[];
  change: Change;
};

/** The short form for channels that are no mail, with what it costs as an SMS. */
export const ShortField = memo(function ShortField(props: ShortFieldProps) {
  const { short = NONE, language, languages, change } = props;
  const main = mainLocale(languages);
  // The subject has a field of its own.
  const problems = problemsOfHead({ subject: { [main]: "-" }, preheader: NONE, short }, languages);
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Short form
          </Text>
          <Text as="p" tone="subdued">
            For SMS, WhatsApp, push and the inbox. Left empty, this is an email only.
          </Text>
        </BlockStack>
        <TemplateField
          id="field-short"
          kind="short"
          label="Short text"
          lines={3}
          language={language}
          value={short[language] ?? ""}
          placeholder={short[main]}
          error={problemAt(problems, "short", short, language, languages)}
          helpText={<Length text={inLocale(short, language, main)} language={language} />}
          onChange={(value) =>
            change(
              (content) => ({ ...content, short: { ...content.short, [language]: value } }),
              `short.${language}`,
            )
          }
        />
      </BlockStack>
    </Card>
  );
});

/** Counted as a shopper gets it, with the sample's values for variables. */
function Length({ text, language }: { text: string; language: Locale }) {
  const { units, segments, encoding, left } = useMemo(() => {
    const { values, reader } = sampleFilling(language);
    return segmentsOf(evaluateAll(parseText(text).pieces, values, reader));
  }, [text, language]);
  if (units === 0) return <>{`At most ${LONGEST_SHORT} characters as written.`}</>;
  const alphabet = encoding === "gsm" ? "" : " Some letters need the larger alphabet, so fewer fit.";
  return <>{`About ${units} characters with the sample order: ${segments} SMS, ${left} left.${alphabet}`}</>;
}
