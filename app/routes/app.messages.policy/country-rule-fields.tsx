import { COUNTRY_RULES, type CountryRule } from "#app/contact-policy/country-rules";
import { BlockStack, Button, InlineError, InlineGrid, InlineStack, Select } from "#app/ui/polaris";

type Row = { country: string; rule: CountryRule };
type CountryRuleFieldsProps = {
  rows: Row[];
  countries: { value: string; label: string }[];
  problems: Record<string, string>;
  onChange: (rows: Row[]) => void;
};

const RULES = Object.entries(COUNTRY_RULES).map(([value, label]) => ({ value, label }));

/** One line per country with a rule of its own. */
export function CountryRuleFields({ rows, countries, problems, onChange }: CountryRuleFieldsProps) {
  const change = (at: number, part: Partial<Row>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const unused = countries.find(({ value }) => !rows.some(({ country }) => country === value));
  return (
    <BlockStack gap="300">
      {rows.map(({ country, rule }, at) => (
        <InlineGrid key={at} columns={{ xs: 1, sm: ["oneThird", "twoThirds"] }} gap="300" alignItems="end">
          <Select
            label={`Country ${at + 1}`}
            options={countries}
            value={country}
            onChange={(value) => change(at, { country: value })}
            error={problems[`countries.${at}.country`]}
          />
          <InlineStack gap="200" blockAlign="end" wrap={false}>
            <Select
              label={`Rule ${at + 1}`}
              options={RULES}
              value={rule}
              onChange={(value) => change(at, { rule: value as CountryRule })}
            />
            <Button
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
              accessibilityLabel={`Remove country ${at + 1}`}
            >
              Remove
            </Button>
          </InlineStack>
        </InlineGrid>
      ))}
      {problems.countries && <InlineError message={problems.countries} fieldID="countries" />}
      <InlineStack>
        <Button
          disabled={!unused}
          onClick={() => unused && onChange([...rows, { country: unused.value, rule: "confirmed" }])}
        >
          Add a country
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
