import { useEffect, useState } from "react";
import { currencyDigits, formatMoney } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import {
  changePayment,
  chooseDebtor,
  payerOptions,
  refreshPayment,
  startPayment,
  type Debtor,
} from "./payment-draft";
import type { Payment } from "./route";

type RecordPaymentProps = {
  advertisers: Debtor[];
  currency: string;
  locale: string;
};

/** Somebody paid: by bank transfer, say. Money moves outside of the app; the ledger keeps account of it. */
export function RecordPayment({ advertisers, currency, locale }: RecordPaymentProps) {
  const deepest = advertisers.reduce((most, one) => (one.owedMinor > most.owedMinor ? one : most));
  const [draft, setDraft] = useState(startPayment(deepest, ""));
  const { save, saving, problems, result } = useSave<Payment>();
  const { payment } = draft;
  const chosen = advertisers.find(({ id }) => id === payment.advertiserId) ?? deepest;
  const change = (changes: Partial<Payment>) => setDraft(changePayment(draft, changes));
  const balances = advertisers.map(({ owedMinor }) => owedMinor).join();
  useEffect(() => {
    if (result?.saved) setDraft(startPayment(chosen, crypto.randomUUID()));
  }, [result]);
  // After a payment, too: what is owed now is read once it is recorded.
  useEffect(() => setDraft((now) => refreshPayment(now, chosen, crypto.randomUUID())), [balances]);
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
              label={chosen.isPartner ? "Partner" : "Paid by or to"}
              options={advertisers.map(({ id, name }) => ({ value: id, label: name }))}
              value={payment.advertiserId}
              onChange={(wanted) => {
                const advertiser = advertisers.find(({ id }) => id === wanted);
                if (advertiser) setDraft(chooseDebtor(draft, advertiser));
              }}
              error={problems.advertiserId}
            />
            <Select
              label="Who paid"
              options={payerOptions(chosen)}
              value={payment.paidBy}
              onChange={(paidBy) => change({ paidBy: paidBy as Payment["paidBy"] })}
              error={problems.paidBy}
              helpText={!chosen.isPartner && CORRECTION}
            />
            <NumberField
              label="Amount"
              prefix={currency}
              digits={currencyDigits(currency)}
              value={payment.amountMinor}
              error={problems.amountMinor}
              onChange={(amountMinor) => change({ amountMinor })}
            />
            <TextField
              label="Note"
              value={payment.note}
              onChange={(note) => change({ note })}
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
const CORRECTION = "A payment that was recorded by mistake is taken back as one that you paid back.";
