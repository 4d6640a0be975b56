import type { SurveyForm, SurveyTiming } from "#app/surveys/survey";
import type { SurveySurface } from "#app/surveys/survey";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Card, ChoiceList, Select, Text, TextField } from "#app/ui/polaris";

type SurveySettingsProps = {
  value: SurveyForm;
  problems: Record<string, string>;
  onChange: (change: Partial<SurveyForm>) => void;
};

const PLACES: { label: string; value: SurveySurface }[] = [
  { label: "Thank-you page", value: "thank-you" },
  { label: "Order status page", value: "order-status" },
  { label: "Emails", value: "message" },
];

const TIMES: { label: string; value: SurveyTiming }[] = [
  { label: "Right after the purchase", value: "purchase" },
  { label: "After the first parcel has arrived", value: "delivery" },
];

/** Name, places, time and distance of a survey. */
export function SurveySettings({ value, problems, onChange }: SurveySettingsProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Where and when
        </Text>
        <TextField
          label="Name"
          helpText="Only you see it."
          value={value.name}
          onChange={(name) => onChange({ name })}
          error={problems.name}
          maxLength={80}
          autoComplete="off"
        />
        <ChoiceList
          title="Places"
          allowMultiple
          choices={PLACES}
          selected={value.surfaces}
          onChange={(surfaces) => onChange({ surfaces: surfaces as SurveySurface[] })}
          error={problems.surfaces}
        />
        <Select
          label="Time"
          options={TIMES}
          value={value.timing}
          onChange={(timing) => onChange({ timing: timing as SurveyTiming })}
        />
        <NumberField
          label="Days between surveys"
          helpText="Nobody is asked again about another order before these days are over, whichever survey it was."
          value={value.cooldownDays}
          onChange={(cooldownDays) => onChange({ cooldownDays })}
          error={problems.cooldownDays}
        />
      </BlockStack>
    </Card>
  );
}
