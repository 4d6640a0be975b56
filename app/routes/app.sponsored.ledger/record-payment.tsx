import { useEffect, useState } from "react";
import { currencyDigits, formatMoney } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { Payment } from "./route";

type RecordPaymentProps = {
  advertisers: { id: string; name: string; owedMinor: number }[];
  currency: string;
  locale: string;
};

/** An advertiser paid: by bank transfer, say. Money moves outside of the app; the ledger keeps account of it. */
export function RecordPayment({ advertisers, currency, locale }: RecordPaymentProps) {
  const first = advertisers[0]!;
  const [payment, setPayment] = useState<Payment>({
    advertiserId: first.id,
    amountMinor: Math.max(0, first.owedMinor),
    note: "",
    key: "",
  });
  const { save, saving, problems } = useSave<Payment>();
  const total = advertisers.reduce((sum, { owedMinor }) => sum + owedMinor, 0);
  // A key per payment: made anew once the balances say that the last one was recorded.
  useEffect(() => setPayment((old) => ({ ...old, key: crypto.randomUUID() })), [total]);
  const chosen = advertisers.find(({ id }) => id === payment.advertiserId) ?? first;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Record a payment
        </Text>
        <Text as="p" tone="subdued">
          {chosen.name} owes {formatMoney(chosen.owedMinor, currency, locale)}.
        </Text>
        <FormLayout>
          <FormLayout.Group>
            <Select
              label="Paid by"
              options={advertisers.map(({ id, name }) => ({ value: id, label: name }))}
              value={payment.advertiserId}
              onChange={(advertiserId) => setPayment({ ...payment, advertiserId })}
              error={problems.advertiserId}
            />
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
