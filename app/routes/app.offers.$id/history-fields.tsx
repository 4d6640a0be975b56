import type { HistoryRule } from "#app/offers/history";
import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, FormLayout, Text } from "#app/ui/polaris";

type HistoryFieldsProps = {
  rule: HistoryRule;
  problems: Record<string, string>;
  currency: string;
  onChange: (rule: HistoryRule) => void;
};

/** What the shopper did before this order. */
export function HistoryFields({ rule, problems, currency, onChange }: HistoryFieldsProps) {
  const field = (name: keyof HistoryRule) => ({
    optional: true as const,
    value: rule[name],
    error: problems[`targeting.history.${name}`],
    onChange: (value: number | null) => onChange({ ...rule, [name]: value }),
  });
  const money = { prefix: currency, digits: currencyDigits(currency) };
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        Before this order
      </Text>
      <Text as="p" tone="subdued">
        Holds only for shoppers who are known as customers.
      </Text>
      <FormLayout>
        <FormLayout.Group>
          <NumberField label="Earlier orders, at least" {...field("minimumOrders")} />
          <NumberField label="Earlier orders, at most" {...field("maximumOrders")} />
        </FormLayout.Group>
        <FormLayout.Group>
          <NumberField label="Spent in all, at least" {...money} {...field("minimumSpentMinor")} />
          <NumberField label="Spent in all, at most" {...money} {...field("maximumSpentMinor")} />
        </FormLayout.Group>
        <FormLayout.Group>
          <NumberField label="Last order, at least" suffix="days ago" {...field("minimumDays")} />
          <NumberField label="Last order, at most" suffix="days ago" {...field("maximumDays")} />
        </FormLayout.Group>
      </FormLayout>
    </BlockStack>
  );
}
