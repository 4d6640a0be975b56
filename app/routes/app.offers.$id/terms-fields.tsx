import { useEffect, useState } from "react";
import { OFFER_SURFACES, type OfferSurface } from "#app/offers/offer";
import { currencyDigits } from "#app/ui/money";
import { BlockStack, Card, ChoiceList, FormLayout, Text, TextField } from "#app/ui/polaris";
import type { OfferFieldsProps } from "./product-fields";

const SURFACE_NAMES: Record<OfferSurface, string> = {
  "thank-you": "Thank-you page",
  "order-status": "Order status page",
  message: "Mails",
};

/** Discount, validity, places and dates. */
export function TermsFields({
  value,
  problems,
  currency,
  onChange,
}: OfferFieldsProps & { currency: string }) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Terms
        </Text>
        <FormLayout>
          <FormLayout.Group>
            <NumberField
              label="Discount"
              suffix="%"
              value={value.discountPercent}
              error={problems.discountPercent}
              helpText="With 0 the product is shown at its usual price, without a code."
              onChange={(discountPercent) => onChange({ discountPercent })}
            />
            <NumberField
              label="Code valid for"
              suffix="days"
              value={value.validDays}
              error={problems.validDays}
              helpText="At least this long; codes end together, once a week."
              onChange={(validDays) => onChange({ validDays })}
            />
          </FormLayout.Group>
          <NumberField
            label="Least price"
            prefix={currency}
            digits={currencyDigits(currency)}
            value={value.minimumMinor}
            error={problems.minimumMinor}
            helpText="Only products that cost at least this are offered; the code asks for it too."
            onChange={(minimumMinor) => onChange({ minimumMinor })}
          />
          <FormLayout.Group>
            <TextField
              label="First day"
              type="date"
              value={value.startsOn ?? ""}
              error={problems.startsOn}
              onChange={(day) => onChange({ startsOn: day || null })}
              autoComplete="off"
            />
            <TextField
              label="Last day"
              type="date"
              value={value.endsOn ?? ""}
              error={problems.endsOn}
              onChange={(day) => onChange({ endsOn: day || null })}
              autoComplete="off"
            />
          </FormLayout.Group>
        </FormLayout>
        <ChoiceList
          title="Where it may be shown"
          allowMultiple
          choices={OFFER_SURFACES.map((surface) => ({ label: SURFACE_NAMES[surface], value: surface }))}
          selected={value.surfaces}
          onChange={(surfaces) => onChange({ surfaces: surfaces as OfferSurface[] })}
          error={problems.surfaces}
        />
      </BlockStack>
    </Card>
  );
}

type NumberFieldProps = {
  label: string;
  /** A whole number; with `digits` the field shows it with that many decimals. */
  value: number;
  digits?: number;
  prefix?: string;
  suffix?: string;
  error?: string;
  helpText: string;
  onChange: (value: number) => void;
};

/** Keeps what is typed ("12." on the way to "12.5") and hands up whole numbers; NaN where it is none. */
function NumberField({ value, digits = 0, onChange, ...field }: NumberFieldProps) {
  const shown = (value / 10 ** digits).toFixed(digits);
  const [text, setText] = useState(shown);
  const parse = (typed: string) =>
    typed.trim() === "" ? NaN : Math.round(Number(typed.replace(",", ".")) * 10 ** digits);
  useEffect(() => {
    setText((typed) => (Number.isNaN(value) || parse(typed) === value ? typed : shown));
  }, [value]);
  return (
    <TextField
      {...field}
      value={text}
      inputMode={digits > 0 ? "decimal" : "numeric"}
      autoComplete="off"
      onChange={(typed) => {
        setText(typed);
        onChange(parse(typed));
      }}
    />
  );
}
