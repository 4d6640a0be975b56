import { ChooseMany } from "#app/ui/choose-many";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Card, FormLayout, Text, TextField } from "#app/ui/polaris";
import type { CampaignDraft } from "./form";

type Props = {
  draft: CampaignDraft;
  /** All countries, named by the server: browsers know other names for some. */
  countries: { value: string; label: string }[];
  problems: Record<string, string>;
  onChange: (change: Partial<CampaignDraft>) => void;
};

/** Whom it is for. What is left empty leaves nobody out. */
export function AudienceFields({ draft, countries, problems, onChange }: Props) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Whom
        </Text>
        <ChooseMany
          label="Countries"
          prompt={draft.countries.length === 0 ? "Everywhere" : "Add a country"}
          choices={countries}
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
