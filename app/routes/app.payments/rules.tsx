import type { PaymentRule } from "../../../extensions/payment-ranking/src/config";
import { familyOf } from "#app/payments/methods";
import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Divider, InlineGrid, Select, Text } from "#app/ui/polaris";
import { CountryCodes } from "./country-codes";

type RulesProps = {
  methods: { key: string; title: string }[];
  rules: PaymentRule[];
  problems: Record<string, string>;
  currency: string;
  onChange: (rules: PaymentRule[]) => void;
};

const LEARNT = "learnt";
const PLACES = [
  { value: LEARNT, label: "Where it was learnt to stand" },
  { value: "first", label: "Always first" },
  { value: "last", label: "Always last" },
  { value: "hidden", label: "Hidden" },
];

/** One rule per method, for some countries or from some value on if wished. */
export function Rules({ methods, rules, problems, currency, onChange }: RulesProps) {
  // A method may have a rule although nobody has used it lately.
  const unused = rules.filter(({ key }) => !methods.some((method) => method.key === key));
  const all = [...methods, ...unused.map(({ key }) => familyOf(key))];
  if (all.length === 0) {
    return (
      <Text as="p" tone="subdued">
        When your first orders are here, their ways to pay stand here, and you can pin or hide each of them.
      </Text>
    );
  }
  return (
    <BlockStack gap="400">
      {all.map(({ key, title }, place) => {
        const index = rules.findIndex((rule) => rule.key === key);
        return (
          <BlockStack key={key} gap="400">
            {place > 0 && <Divider />}
            <MethodRule
              title={title}
              rule={rules[index]}
              problem={(field) => problemOf(problems, `rules.${index}.${field}`)}
              currency={currency}
              onChange={(change) => onChange(changed(rules, key, change))}
            />
          </BlockStack>
        );
      })}
    </BlockStack>
  );
}

type MethodRuleProps = {
  title: string;
  rule: PaymentRule | undefined;
  problem: (field: string) => string | undefined;
  currency: string;
  onChange: (rule: Partial<PaymentRule> | null) => void;
};

function MethodRule({ title, rule, problem, currency, onChange }: MethodRuleProps) {
  const unit = 10 ** currencyDigits(currency);
  return (
    <BlockStack gap="300">
      <Select
        label={title}
        options={PLACES}
        value={rule?.place ?? LEARNT}
        onChange={(place) => onChange(place === LEARNT ? null : { place: place as PaymentRule["place"] })}
      />
      {rule && (
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
          <CountryCodes
            label={`Only in these countries (${title})`}
            value={rule.countries ?? []}
            error={problem("countries")}
            onChange={(countries) => onChange({ countries: countries.length > 0 ? countries : undefined })}
          />
          <NumberField
            label={`From order value (${title})`}
            helpText="0: whatever the value."
            digits={currencyDigits(currency)}
            suffix={currency}
            value={Math.round((rule.from ?? 0) * unit)}
            error={problem("from")}
            onChange={(minor) => onChange({ from: minor === 0 ? undefined : minor / unit })}
          />
        </InlineGrid>
      )}
    </BlockStack>
  );
}

/** `null` takes the rule away. */
function changed(rules: PaymentRule[], key: string, change: Partial<PaymentRule> | null): PaymentRule[] {
  if (change === null) return rules.filter((rule) => rule.key !== key);
  const known = rules.some((rule) => rule.key === key);
  if (!known) return [...rules, { key, place: "last", ...change }];
  return rules.map((rule) => (rule.key === key ? { ...rule, ...change } : rule));
}

/** The problem of a field or of one of its entries. */
function problemOf(problems: Record<string, string>, path: string): string | undefined {
  return Object.entries(problems).find(([key]) => key === path || key.startsWith(`${path}.`))?.[1];
}
