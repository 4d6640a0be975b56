import { useEffect, useState } from "react";
import { currencyDigits, formatMoney } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { Payment } from "./route";

type Debtor = { id: string; name: string; isPartner: boolean; owedMinor: number };
type RecordPaymentProps = {
  advertisers: Debtor[];
  currency: string;
  locale: string;
};

/** Somebody paid: by bank transfer, say. Money moves outside of the app; the ledger keeps account of it. */
export function RecordPayment({ advertisers, currency, locale }: RecordPaymentProps) {
  const deepest = advertisers.reduce((most, one) => (one.owedMinor > most.owedMinor ? one : most));
  const [payment, setPayment] = useState<Payment>({ ...paymentOf(deepest), key: "" });
  const { save, saving, problems } = useSave<Payment>();
  const chosen = advertisers.find(({ id }) => id === payment.advertiserId) ?? deepest;
  const balances = advertisers.map(({ owedMinor }) => owedMinor).join();
  // A key per payment: made anew, with what is still owed, once the balances say that the last one was recorded.
  useEffect(() => setPayment({ ...paymentOf(chosen), key: crypto.randomUUID() }), [balances]);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Record a payment
        </Text>
        <Text as="p" tone="subdued">
          {chosen.owedMinor < 0 ? `You owe ${chosen.name}` : `${chosen.name} owes`}{" "}
          {formatMoney(Math.abs(chosen.owedMinor), currency, locale)}.{chosen.isPartner && ` ${ONCE}`}
        </Text>
        <FormLayout>
          <FormLayout.Group>
            <Select
              label={chosen.isPartner ? "Partner" : "Paid by"}
              options={advertisers.map(({ id, name }) => ({ value: id, label: name }))}
              value={payment.advertiserId}
              onChange={(wanted) => {
                const advertiser = advertisers.find(({ id }) => id === wanted);
                if (advertiser) setPayment({ ...payment, ...paymentOf(advertiser) });
              }}
              error={problems.advertiserId}
            />
            {chosen.isPartner && (
              <Select
                label="Who paid"
                options={[
                  { value: "them", label: `${chosen.name} paid you` },
                  { value: "us", label: `You paid ${chosen.name}` },
                ]}
                value={payment.paidBy}
                onChange={(paidBy) => setPayment({ ...payment, paidBy: paidBy as Payment["paidBy"] })}
                error={problems.paidBy}
              />
            )}
            <NumberField
              label="Amount"
              prefix={currency}
              digits={currencyDigits(currency)}
              value={payment.amountMinor}
              error={problems.amountMinor}
              onChange={(amountMinor) => setPayment({ ...payment, amountMinor })}
            />
            <TextField
              label="Note"
              value={payment.note}
              onChange={(note) => setPayment({ ...payment, note })}
              error={problems.note}
              placeholder="Bank transfer"
              maxLength={100}
              autoComplete="off"
            />
          </FormLayout.Group>
        </FormLayout>
        <InlineStack>
          <Button onClick={() => save(payment)} loading={saving}>
            Record payment
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

const ONCE = "Record a payment once, on either side: it stands in the partner's ledger as well.";

/** All that is owed, at once. Only a partner is paid by the shop. */
function paymentOf({ id, isPartner, owedMinor }: Debtor): Omit<Payment, "key"> {
  const isDebt = isPartner && owedMinor < 0;
  return {
    ...{ advertiserId: id, note: "", paidBy: isDebt ? "us" : "them" },
    amountMinor: isDebt ? -owedMinor : Math.max(0, owedMinor),
  };
}
