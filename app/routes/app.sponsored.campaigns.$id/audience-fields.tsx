import type { Audience } from "#app/sponsored/campaign";
import { ListField } from "#app/ui/list-field";
import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Card, Checkbox, FormLayout, Select, Text } from "#app/ui/polaris";
import { problemOf, type CampaignFieldsProps } from "./form";

const BUYERS: { value: Audience["buyers"]; label: string }[] = [
  { value: "all", label: "Everybody" },
  { value: "new", label: "First order" },
  { value: "returning", label: "Bought here before" },
];

/** Who sees it. Rules look at the purchase, never at the person's data. */
export function AudienceFields({ value, problems, onChange }: CampaignFieldsProps) {
  const { audience, currency } = value;
  const change = (part: Partial<Audience>) => onChange({ audience: { ...audience, ...part } });
  const money = { prefix: currency, digits: currencyDigits(currency) };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Audience
        </Text>
        <FormLayout>
          <FormLayout.Group>
            <ListField
              label="Countries"
              value={value.countries}
              normalise={(text) => text.toUpperCase()}
              onChange={(countries) => onChange({ countries })}
              error={problemOf(problems, "countries")}
              helpText="Two letters each, with commas. Empty: all."
              placeholder="DE, AT, CH"
            />
            <Select
              label="Buyers"
              options={BUYERS}
              value={audience.buyers}
              onChange={(buyers) => change({ buyers: buyers as Audience["buyers"] })}
              helpText="First orders are known on the thank-you page only."
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <NumberField
              label="Lowest order value"
              {...money}
              value={audience.leastOrderMinor}
              error={problems["audience.leastOrderMinor"]}
              onChange={(leastOrderMinor) => change({ leastOrderMinor })}
            />
            <BlockStack gap="200">
              <Checkbox
                label="Up to an order value"
                checked={audience.mostOrderMinor !== null}
                onChange={(limited) => change({ mostOrderMinor: limited ? 10_000 : null })}
              />
              {audience.mostOrderMinor !== null && (
                <NumberField
                  label="Highest order value"
                  {...money}
                  value={audience.mostOrderMinor}
                  error={problems["audience.mostOrderMinor"]}
                  onChange={(mostOrderMinor) => change({ mostOrderMinor })}
                />
              )}
            </BlockStack>
          </FormLayout.Group>
          <ListField
            label="Bought product types"
            value={audience.productTypes}
            onChange={(productTypes) => change({ productTypes })}
            error={problemOf(problems, "audience.productTypes")}
            helpText="As your catalogue calls them, with commas. One of them must be in the order. Empty: any."
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
