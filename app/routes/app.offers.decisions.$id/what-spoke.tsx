import type { Voice, Voices } from "#app/decisions/model/what-spoke";
import { featureWords } from "#app/ui/feature-words";
import { BlockStack, Card, InlineGrid, List, Text } from "#app/ui/polaris";

type WhatSpokeProps = { voices: Voices[]; titleOf: (index: number) => string; locale: string };

/** What the model learnt that spoke for and against the candidates that came closest. */
export function WhatSpoke({ voices, titleOf, locale }: WhatSpokeProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            What spoke for and against
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            What the model learnt from your shoppers’ answers, as it sees it today. “× 1.3” means that such
            offers are taken 1.3 times as often.
          </Text>
        </BlockStack>
        {voices.map(({ index, for: pros, against }) => (
          <BlockStack gap="200" key={index}>
            <Text as="h3" variant="headingSm">
              {titleOf(index)}
            </Text>
            <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
              <VoiceList title="For it" none="Nothing in particular." voices={pros} locale={locale} />
              <VoiceList title="Against it" none="Nothing in particular." voices={against} locale={locale} />
            </InlineGrid>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

type VoiceListProps = { title: string; none: string; voices: Voice[]; locale: string };

function VoiceList({ title, none, voices, locale }: VoiceListProps) {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return (
    <BlockStack gap="100">
      <Text as="p" fontWeight="medium">
        {title}
      </Text>
      {voices.length === 0 ? (
        <Text as="p" tone="subdued">
          {none}
        </Text>
      ) : (
        <List>
          {voices.map(({ feature, together, factor }) => {
            const words = together
              ? `${featureWords(feature)}, with ${featureWords(together)}`
              : featureWords(feature);
            return (
              <List.Item key={words}>
                {words} (× {number.format(factor)})
              </List.Item>
            );
          })}
        </List>
      )}
    </BlockStack>
  );
}
