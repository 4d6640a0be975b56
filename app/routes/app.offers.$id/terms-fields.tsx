import { ACCEPT_BY, type OfferForm } from "#app/offers/offer";
import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Card, ChoiceList, FormLayout, InlineError, Text } from "#app/ui/polaris";
import { section } from "#app/ui/section";
import type { OfferFieldsProps } from "./fields";

const WAYS: Record<OfferForm["acceptBy"], { label: string; helpText: string }> = {
  code: {
    label: "With a code of their own",
    helpText: "A link to a new cart, where the code is already applied. It works once, for them alone.",
  },
  "order-edit": {
    label: "Added to the order they just placed",
    helpText:
      "One click. The balance is paid afterwards, and the shopper is told so. Where the order can no longer be changed, they get a code.",
  },
  cart: {
    label: "With a plain link to the cart",
    helpText: "At the usual price, without a code.",
  },
};

type TermsFieldsProps = OfferFieldsProps & { currency: string; mayEditOrders: boolean };

/** Discount, validity, lowest price, and how the offer is taken. */
export const TermsFields = section(
  function TermsFields({ value, problems, currency, mayEditOrders, onChange }: TermsFieldsProps) {
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
          </FormLayout>
          <ChoiceList
            title="How a shopper takes it after the purchase"
            choices={ACCEPT_BY.map((way) => ({ value: way, ...WAYS[way] }))}
            selected={[value.acceptBy]}
            onChange={([way]) => onChange({ acceptBy: way as OfferForm["acceptBy"] })}
          />
          {problems.acceptBy && <InlineError message={problems.acceptBy} fieldID="accept-by" />}
          {value.acceptBy === "order-edit" && !mayEditOrders && (
            <Text as="p" tone="caution">
              Shopify has not allowed Postlude to change orders in this shop yet. Until then shoppers get a
              code.
            </Text>
          )}
          <Text as="p" tone="subdued">
            In the cart and in the checkout, one click puts it into the cart at hand.
          </Text>
        </BlockStack>
      </Card>
    );
  },
  ["discountPercent", "validDays", "minimumMinor", "acceptBy"],
);
