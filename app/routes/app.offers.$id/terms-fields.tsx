import { OFFER_SURFACES, type OfferSurface } from "#app/offers/offer";
import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Card, ChoiceList, FormLayout, Text, TextField } from "#app/ui/polaris";
import type { OfferFieldsProps } from "./product-fields";

const SURFACE_NAMES: Record<OfferSurface, string> = {
  cart: "Cart",
  checkout: "Checkout (Shopify Plus)",
  account: "Customer account",
  tracking: "Tracking page",
  "thank-you": "Thank-you page",
  "order-status": "Order status page",
  message: "Emails",
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
            label="Lowest price"
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
