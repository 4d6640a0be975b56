import { BlockStack, Box, Checkbox, ChoiceList, FormLayout, Text, TextField } from "./polaris";

const DISCOUNTS = [0, 5, 10, 15, 20];

/** The first offer: learnt by itself, the merchant only decides what to give away. */
export function OfferStep({
  discountPercent,
  onChange,
}: {
  discountPercent: number;
  onChange: (percent: number) => void;
}) {
  return (
    <BlockStack gap="400">
      <ChoiceList
        title="Discount on the offered product"
        choices={DISCOUNTS.map((percent) => ({
          label: percent === 0 ? "No discount" : `${percent} %`,
          value: String(percent),
          helpText: percent === 10 ? "A good start: noticeable, and your margin stays." : undefined,
        }))}
        selected={[String(discountPercent)]}
        onChange={([percent]) => onChange(Number(percent))}
      />
      <Box background="bg-surface-secondary" padding="300" borderRadius="200">
        <Text as="p" variant="bodySm">
          The code is made for one shopper and one product, works once, and ends after 14 days. There is no
          countdown and no pressure; &ldquo;not for me&rdquo; is as easy as &ldquo;yes&rdquo;.
        </Text>
      </Box>
    </BlockStack>
  );
}

type StarterView<Key extends string> = { key: Key; name: string; purpose: string };

export function SurveyStep<Key extends string>({
  starters,
  chosen,
  problem,
  onChange,
}: {
  starters: StarterView<Key>[];
  chosen: Key[];
  problem?: string;
  onChange: (keys: Key[]) => void;
}) {
  return (
    <ChoiceList
      title="Questions to begin with"
      allowMultiple
      choices={starters.map(({ key, name, purpose }) => ({ label: name, value: key, helpText: purpose }))}
      selected={chosen}
      error={problem}
      onChange={(keys) => onChange(keys as Key[])}
    />
  );
}

type ProgramValue = {
  enabled: boolean;
  name: string;
  pointsPerUnit: number;
  joinBonus: number;
  pendingDays: number;
};

type LoyaltyStepProps = {
  program: ProgramValue;
  currency: string;
  problems: Record<string, string>;
  onChange: (change: Partial<ProgramValue>) => void;
};

export function LoyaltyStep({ program, currency, problems, onChange }: LoyaltyStepProps) {
  const number = (key: "pointsPerUnit" | "joinBonus" | "pendingDays", label: string, helpText?: string) => (
    <TextField
      label={label}
      type="number"
      value={String(program[key])}
      onChange={(text) => onChange({ [key]: Number(text) })}
      error={problems[`program.${key}`]}
      helpText={helpText}
      autoComplete="off"
    />
  );
  return (
    <BlockStack gap="400">
      <Checkbox
        label="Run a points programme"
        checked={program.enabled}
        onChange={(enabled) => onChange({ enabled })}
      />
      {program.enabled && (
        <FormLayout>
          <TextField
            label="Name of the programme"
            value={program.name}
            onChange={(name) => onChange({ name })}
            error={problems["program.name"]}
            autoComplete="off"
          />
          <FormLayout.Group>
            {number("pointsPerUnit", `Points per 1 ${currency}`)}
            {number("joinBonus", "Points for joining")}
            {number("pendingDays", "Days until points count", "Your return window.")}
          </FormLayout.Group>
          <Text as="p" tone="subdued">
            {`An order of 50 ${currency} earns ${program.pointsPerUnit * 50} points.`}
          </Text>
        </FormLayout>
      )}
    </BlockStack>
  );
}
