import type { ExperimentResults } from "#app/analytics/experiment-results.server";
import { GUARDRAIL_WORDS } from "#app/ui/experiment-words";
import { Badge, BlockStack, Card, InlineStack, Text } from "#app/ui/polaris";
import { formatFor } from "./figures";

type GuardrailsProps = { results: ExperimentResults; currency: string; locale: string };

/** What must not get worse while one figure gets better. More of each is bad. */
export function Guardrails({ results, currency, locale }: GuardrailsProps) {
  const nameOf = (key: string) => results.variants.find((one) => one.key === key)?.name ?? key;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          What must not get worse
        </Text>
        {results.guardrails.map(({ name, variants }) => {
          const format = formatFor(name, currency, locale);
          return (
            <BlockStack key={name} gap="100">
              <Text as="h3" variant="headingSm">
                {GUARDRAIL_WORDS[name]}
              </Text>
              {variants.map(({ key, value, comparison: { verdict } }) => (
                <InlineStack key={key} gap="200" blockAlign="center">
                  <Text as="span">
                    {nameOf(key)}: {format(value)}
                  </Text>
                  {verdict.state === "better" && <Badge tone="critical">Clearly more</Badge>}
                  {verdict.state === "worse" && <Badge tone="success">Clearly less</Badge>}
                  {verdict.state === "unclear" && <Badge>No clear difference</Badge>}
                  {verdict.state === "too-early" && <Badge>Too early</Badge>}
                </InlineStack>
              ))}
            </BlockStack>
          );
        })}
      </BlockStack>
    </Card>
  );
}
