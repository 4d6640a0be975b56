import { pointsFor } from "#app/loyalty/points";
import type { Program } from "#app/loyalty/program";
import { currencyDigits, formatMoney } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Box, InlineGrid, Text, TextField } from "#app/ui/polaris";
import { useTypedFirst } from "#app/ui/typed-first";

type ProgramFieldsProps = {
  value: Program;
  problems: Record<string, string>;
  currency: string;
  locale: string;
  onChange: (change: Partial<Program>) => void;
};

type NumberField = { name: Exclude<keyof Program, "name" | "enabled">; label: string; help: string };

/** The programme's rules, with an example that follows what is typed. */
export function ProgramFields({ value, problems, currency, locale, onChange }: ProgramFieldsProps) {
  const unit = formatMoney(10 ** currencyDigits(currency), currency, locale);
  const fields: NumberField[] = [
    {
      name: "pointsPerUnit",
      label: `Points per ${unit}`,
      help: "On goods after discounts, before shipping.",
    },
    { name: "joinBonus", label: "Points for joining", help: "Given at once." },
    { name: "surveyPoints", label: "Points for a survey", help: "0 gives none. Given at once." },
    { name: "pendingDays", label: "Return window in days", help: "How long points of an order wait." },
  ];
  return (
    <BlockStack gap="400">
      <NameField name={value.name} problem={problems.name} onChange={onChange} />
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
        {fields.map(({ name, label, help }) => (
          <NumberField
            key={name}
            label={label}
            helpText={help}
            value={value[name]}
            onChange={(number) => onChange({ [name]: number })}
            error={problems[name]}
          />
        ))}
      </InlineGrid>
      <Box padding="300" background="bg-surface-secondary" borderRadius="200">
        <div aria-live="polite">
          <Text as="p">{example(value, currency, locale)}</Text>
        </div>
      </Box>
    </BlockStack>
  );
}

type NameFieldProps = { name: string; problem?: string; onChange: ProgramFieldsProps["onChange"] };

/** By itself, so that a letter draws one field and not all of them. */
function NameField({ name, problem, onChange }: NameFieldProps) {
  const typed = useTypedFirst(name, (name) => onChange({ name }));
  return (
    <TextField
      label="Name"
      helpText="Shoppers see it."
      {...typed}
      error={problem}
      maxLength={40}
      autoComplete="off"
    />
  );
}

/** "An order of 50 € earns 50 points. They are approved after 30 days."; empty while a number is being typed. */
function example({ pointsPerUnit, pendingDays }: Program, currency: string, locale: string): string {
  if (!Number.isFinite(pointsPerUnit) || !Number.isFinite(pendingDays)) return "";
  const minor = 50 * 10 ** currencyDigits(currency);
  const points = new Intl.NumberFormat(locale).format(pointsFor(minor, currency, pointsPerUnit));
  const when = pendingDays === 0 ? "at once" : `after ${pendingDays} ${pendingDays === 1 ? "day" : "days"}`;
  return `An order of ${formatMoney(minor, currency, locale)} earns ${points} points. They are approved ${when}.`;
}
