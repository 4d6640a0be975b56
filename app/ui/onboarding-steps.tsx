import { formatMoney, currencyDigits } from "./money";
import { NumberField } from "./number-field";
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
          label: percent === 0 ? "No discount" : `${percent}%`,
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
  locale: string;
  problems: Record<string, string>;
  onChange: (change: Partial<ProgramValue>) => void;
};

export function LoyaltyStep({ program, currency, locale, problems, onChange }: LoyaltyStepProps) {
  const money = (units: number) => formatMoney(units * 10 ** currencyDigits(currency), currency, locale);
  const count = new Intl.NumberFormat(locale);
  const number = (key: "pointsPerUnit" | "joinBonus" | "pendingDays", label: string, helpText?: string) => (
    <NumberField
      label={label}
      value={program[key]}
      onChange={(value) => onChange({ [key]: value })}
      error={problems[`program.${key}`]}
      helpText={helpText}
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
            {number("pointsPerUnit", `Points per ${money(1)}`)}
            {number("joinBonus", "Points for joining")}
            {number("pendingDays", "Return window in days", "How long points of an order wait.")}
          </FormLayout.Group>
          <Text as="p" tone="subdued">
            {Number.isFinite(program.pointsPerUnit) &&
              `An order of ${money(50)} earns ${count.format(program.pointsPerUnit * 50)} points.`}
          </Text>
        </FormLayout>
      )}
    </BlockStack>
  );
}
