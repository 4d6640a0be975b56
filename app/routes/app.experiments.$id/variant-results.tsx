import type { VariantResult } from "#app/analytics/experiment-results.server";
import type { Metric } from "#app/experiments/subjects";
import { METRIC_WORDS } from "#app/ui/experiment-words";
import { KeyFigure } from "#app/ui/figure";
import { IntervalPlot } from "#app/ui/interval-plot";
import { Box, BlockStack, Button, Card, InlineGrid, Text } from "#app/ui/polaris";
import { formatFor } from "./figures";

type VariantResultsProps = {
  variant: VariantResult;
  metric: Metric;
  currency: string;
  locale: string;
  /** Left out where another one was promoted. */
  onPromote?: () => void;
  promoting: boolean;
};

export function VariantResults(props: VariantResultsProps) {
  const { variant, metric, currency, locale, onPromote, promoting } = props;
  const { comparison } = variant;
  const format = formatFor(metric, currency, locale);
  const count = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {variant.key.toUpperCase()}: {variant.name}
        </Text>
        <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
          <KeyFigure
            label="Shoppers"
            help="Each counts once, from the first time they met this variant."
            value={count.format(variant.people)}
            note={`${variant.share}% planned`}
          />
          <KeyFigure
            label={METRIC_WORDS[metric].label}
            help={METRIC_WORDS[metric].help}
            value={variant.people > 0 ? format(variant.value) : "–"}
          />
          {comparison && (
            <KeyFigure
              label="Against the first"
              help="The difference to the variant that is the thing as it is."
              value={comparison.verdict.state === "too-early" ? "–" : signed(comparison.difference, format)}
              tone={toneOf(comparison.verdict.state)}
              note={comparison.verdict.state === "too-early" ? "Too early to say" : undefined}
            />
          )}
        </InlineGrid>
        {comparison && <Text as="p">{sentence(comparison, format, count)}</Text>}
        {comparison?.isHeavy && (
          <Text as="p" tone="caution">
            One shopper counts for so much that this figure may still jump.
          </Text>
        )}
        <IntervalPlot
          title={`Difference of “${variant.name}”, as known after each day`}
          kind="band"
          heading="Day"
          format={format}
          points={variant.days.map((one) => ({
            ...one,
            label: day.format(new Date(one.day)),
            value: one.difference,
          }))}
        />
        {onPromote && (
          <Box>
            <Button
              onClick={onPromote}
              loading={promoting}
              accessibilityLabel={`Keep this one: ${variant.name}`}
            >
              Keep this one
            </Button>
          </Box>
        )}
      </BlockStack>
    </Card>
  );
}

type Format = (value: number) => string;

function signed(value: number, format: Format): string {
  return `${value > 0 ? "+" : ""}${format(value)}`;
}

function toneOf(state: string): "success" | "critical" | "subdued" {
  if (state === "better") return "success";
  return state === "worse" ? "critical" : "subdued";
}

function sentence(
  { verdict, alwaysValid }: NonNullable<VariantResult["comparison"]>,
  format: Format,
  count: Intl.NumberFormat,
): string {
  if (verdict.state === "too-early") {
    return `Too early: about ${count.format(verdict.more)} more shoppers are needed. Each variant needs at least 100.`;
  }
  const range = `between ${signed(alwaysValid.low, format)} and ${signed(alwaysValid.high, format)}, with 95% certainty, however often you look`;
  if (verdict.state === "better") return `Clearly better: ${range}.`;
  if (verdict.state === "worse") return `Clearly worse: ${range}.`;
  const more =
    verdict.more === null
      ? "If there is a difference, it is too small to be seen."
      : `About ${count.format(verdict.more)} more shoppers would show a difference of this size.`;
  return `No clear difference yet: ${range}. ${more}`;
}
