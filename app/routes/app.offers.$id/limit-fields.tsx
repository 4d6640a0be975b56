import { NumberField } from "#app/ui/number-field";
import { BlockStack, Card, FormLayout, Text } from "#app/ui/polaris";
import { section } from "#app/ui/section";
import type { OfferFieldsProps } from "./fields";

type LimitFieldsProps = OfferFieldsProps & {
  /** How many took it so far; null where nobody counts yet. */
  taken: number | null;
};

/** How often it may be shown and taken, and the share of shoppers who never see it. */
export const LimitFields = section(
  function LimitFields({ value, problems, taken, onChange }: LimitFieldsProps) {
    return (
      <Card>
        <BlockStack gap="400">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              Limits
            </Text>
            <Text as="p" tone="subdued">
              Over all offers, nobody sees more than three a week. A product that somebody said no to does not
              come back for 90 days, and the offer it stood in rests for 7. Here you can ask for less.
            </Text>
          </BlockStack>
          <FormLayout>
            <FormLayout.Group>
              <NumberField
                label="Shown to a shopper at most"
                optional
                suffix="times"
                value={value.capPerShopper}
                error={problems.capPerShopper}
                onChange={(capPerShopper) => onChange({ capPerShopper })}
              />
              <NumberField
                label="within"
                suffix="days"
                value={value.capDays}
                error={problems.capDays}
                onChange={(capDays) => onChange({ capDays })}
              />
            </FormLayout.Group>
            <FormLayout.Group>
              <NumberField
                label="Taken at most"
                optional
                suffix="times"
                value={value.capTotal}
                error={problems.capTotal}
                helpText={
                  taken === null ? "By all shoppers together." : `By all shoppers together; ${taken} so far.`
                }
                onChange={(capTotal) => onChange({ capTotal })}
              />
              <NumberField
                label="Never shown to"
                suffix="% of shoppers"
                value={value.holdoutPercent}
                error={problems.holdoutPercent}
                helpText="So that you can tell what this offer alone adds. The shop's own group comes on top."
                onChange={(holdoutPercent) => onChange({ holdoutPercent })}
              />
            </FormLayout.Group>
          </FormLayout>
        </BlockStack>
      </Card>
    );
  },
  ["capPerShopper", "capDays", "capTotal", "holdoutPercent"],
);
