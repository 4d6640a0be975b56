import { useMemo } from "react";
import { ChooseMany } from "#app/ui/choose-many";
import { countries } from "#app/ui/countries";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Card, FormLayout, Text, TextField } from "#app/ui/polaris";
import type { CampaignDraft } from "./form";

type Props = {
  draft: CampaignDraft;
  locale: string;
  problems: Record<string, string>;
  onChange: (change: Partial<CampaignDraft>) => void;
};

/** Whom it is for. What is left empty leaves nobody out. */
export function AudienceFields({ draft, locale, problems, onChange }: Props) {
  const choices = useMemo(() => countries(locale), [locale]);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Whom
        </Text>
        <ChooseMany
          label="Countries"
          prompt="Everywhere"
          choices={choices}
          chosen={draft.countries}
          onChange={(chosen) => onChange({ countries: chosen })}
          error={problems.countries}
        />
        <FormLayout>
          <NumberField
            label="Orders so far, at least"
            value={draft.leastOrders}
            onChange={(leastOrders) => onChange({ leastOrders })}
            error={problems.leastOrders}
          />
          <FormLayout.Group>
            <TextField
              label="Last order on or after"
              type="date"
              value={draft.orderedSince}
              onChange={(orderedSince) => onChange({ orderedSince })}
              error={problems.orderedSince}
              autoComplete="off"
            />
            <TextField
              label="Last order before"
              type="date"
              value={draft.orderedBefore}
              onChange={(orderedBefore) => onChange({ orderedBefore })}
              error={problems.orderedBefore}
              autoComplete="off"
            />
          </FormLayout.Group>
          <NumberField
            label="Held out"
            suffix="%"
            value={draft.holdoutPercent}
            onChange={(holdoutPercent) => onChange({ holdoutPercent })}
            error={problems.holdoutPercent}
            helpText="Of those who may get it, so many do not. What they buy anyway shows what the campaign adds. 0: no comparison."
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
