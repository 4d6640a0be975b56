import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";

type OrderValueProps = {
  /** In the currency's smallest unit; NaN while what is typed is no number. */
  minor: number;
  currency: string;
  onChange: (minor: number) => void;
};

/** What the buyer's order is worth. */
export function OrderValue({ minor, currency, onChange }: OrderValueProps) {
  return (
    <NumberField
      label="Order value"
      digits={currencyDigits(currency)}
      suffix={currency}
      value={minor}
      onChange={onChange}
      error={minor >= 0 ? undefined : "Give an amount of 0 or more."}
    />
  );
}
