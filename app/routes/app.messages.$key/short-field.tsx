import { memo, useMemo } from "react";
import { inLocale, LONGEST_SHORT, type LocalizedText } from "#app/messages/blocks";
import { sampleFilling } from "#app/messages/sample";
import { segmentsOf } from "#app/messages/segments";
import { evaluateAll, parseText } from "#app/messages/template-language";
import type { Locale } from "#app/shops/settings";
import { BlockStack, Card, Text } from "#app/ui/polaris";
import { problemAt, problemsOfHead } from "./problems";
import { TemplateField } from "./template-field";
import type { Change } from "./use-editor";

const NONE: LocalizedText = {};

type ShortFieldProps = { short: LocalizedText | undefined; language: Locale; change: Change };

/** The short form for channels that are no mail, with what it costs as an SMS. */
export const ShortField = memo(function ShortField({ short = NONE, language, change }: ShortFieldProps) {
  const problems = problemsOfHead({ subject: ANY, preheader: NONE, short });
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
          placeholder={short.en}
          error={problemAt(problems, "short", short, language)}
          helpText={<Length text={inLocale(short, language)} language={language} />}
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

/** The subject has a field of its own. */
const ANY: LocalizedText = { en: "-" };

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
