import type { PayModel } from "#app/sponsored/campaign";
import { DayFields } from "#app/ui/day-fields";
import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Card, Checkbox, ChoiceList, FormLayout, Text } from "#app/ui/polaris";
import type { CampaignFieldsProps } from "./form";

/** What the advertiser pays, how much in all, and when. */
export function PriceFields({ value, problems, onChange }: CampaignFieldsProps) {
  const money = { prefix: value.currency, digits: currencyDigits(value.currency) };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Price, budget and dates
        </Text>
        <ChoiceList
          title="Paid for"
          choices={[
            {
              value: "cpc",
              label: "Each click (CPC)",
              helpText: "One click per offer shown; robots and repeats are free.",
            },
            {
              value: "cpa",
              label: "Each sale (CPA)",
              helpText: "The advertiser reports sales within 30 days after the click.",
            },
          ]}
          selected={[value.model]}
          onChange={([model]) => onChange({ model: model as PayModel })}
        />
        <FormLayout>
          <FormLayout.Group>
            <NumberField
              label="Bid"
              {...money}
              value={value.bidMinor}
              error={problems.bidMinor}
              helpText="The most that is paid. Usually less: just enough to come before the next one."
              onChange={(bidMinor) => onChange({ bidMinor })}
            />
            <NumberField
              label="Budget"
              {...money}
              value={value.budgetMinor}
              error={problems.budgetMinor}
              helpText="In all. It is never overrun."
              onChange={(budgetMinor) => onChange({ budgetMinor })}
            />
          </FormLayout.Group>
          <Checkbox
            label="Limit each day"
            helpText="Spread evenly over the hours."
            checked={value.dailyBudgetMinor !== null}
            onChange={(limited) =>
              onChange({
                dailyBudgetMinor: limited
                  ? Math.max(value.bidMinor || 1, Math.round(value.budgetMinor / 30) || 1)
                  : null,
              })
            }
          />
          {value.dailyBudgetMinor !== null && (
            <NumberField
              label="Budget per day"
              {...money}
              value={value.dailyBudgetMinor}
              error={problems.dailyBudgetMinor}
              onChange={(dailyBudgetMinor) => onChange({ dailyBudgetMinor })}
            />
          )}
          <DayFields value={value} problems={problems} onChange={onChange} />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
