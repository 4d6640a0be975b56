import type { Payment } from "./route";

/** What the payment form holds until it is recorded. What the merchant typed is never replaced by fresh figures. */
export type PaymentDraft = { payment: Payment; isTouched: boolean };
export type Debtor = { id: string; name: string; isPartner: boolean; owedMinor: number };

/** @param key of this payment: sent twice, it is one */
export function startPayment(debtor: Debtor, key: string): PaymentDraft {
  return { payment: { ...allOwedBy(debtor), key }, isTouched: false };
}

export function changePayment({ payment }: PaymentDraft, change: Partial<Payment>): PaymentDraft {
  return { payment: { ...payment, ...change }, isTouched: true };
}

export function chooseDebtor({ payment }: PaymentDraft, debtor: Debtor): PaymentDraft {
  return startPayment(debtor, payment.key);
}

/** The page was read again: with other figures, for another month, or for what somebody else recorded. */
export function refreshPayment(draft: PaymentDraft, debtor: Debtor, key: string): PaymentDraft {
  return draft.isTouched ? draft : startPayment(debtor, key);
}

/** All that is owed, at once. Only to a partner is a debt: an advertiser that paid too much may well owe again soon. */
function allOwedBy({ id, isPartner, owedMinor }: Debtor): Omit<Payment, "key"> {
  const isDebt = isPartner && owedMinor < 0;
  return {
    ...{ advertiserId: id, note: "", paidBy: isDebt ? "us" : "them" },
    amountMinor: isDebt ? -owedMinor : Math.max(0, owedMinor),
  };
}

/** Who paid, as a choice. Amounts are always positive: money that goes back is a payment the other way. */
export function payerOptions({ name, isPartner }: Debtor): { value: Payment["paidBy"]; label: string }[] {
  return [
    { value: "them", label: `${name} paid you` },
    { value: "us", label: isPartner ? `You paid ${name}` : `You paid back ${name}` },
  ];
}
