import type { Comparison } from "#app/experiments/compare-arms";
import { formatMoney } from "#app/ui/money";
import { BlockStack, Card, Text } from "#app/ui/polaris";

type Props = { effect: Comparison; heldOut: number; currency: string; locale: string };

/** What the campaign adds: those it was sent to beside those held out, with what the figure may as well be. */
export function Effect({ effect, heldOut, currency, locale }: Props) {
  const money = (minor: number) => formatMoney(Math.round(minor), currency, locale);
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const { treated, control, difference, alwaysValid, verdict } = effect;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          What it adds
        </Text>
        <Text as="p" variant="headingLg">
          {headline(effect, money)}
        </Text>
        <Text as="p">
          {`Net sales per customer in 7 days: ${money(treated)} of those it was sent to, ${money(control)} of the ${count(heldOut)} held out.`}
        </Text>
        <Text as="p" tone="subdued">
          {verdict.state === "too-early"
            ? "Each side needs at least 100 customers before anything can be said."
            : `The difference is ${money(difference)}; it may as well be anything from ${money(alwaysValid.low)} to ${money(alwaysValid.high)}.`}
        </Text>
      </BlockStack>
    </Card>
  );
}

function headline({ difference, verdict }: Comparison, money: (minor: number) => string): string {
  if (verdict.state === "too-early") return "Too early to say";
  if (verdict.state === "unclear") return "No clear difference yet";
  return `${money(Math.abs(difference))} ${difference > 0 ? "more" : "less"} per customer`;
}
