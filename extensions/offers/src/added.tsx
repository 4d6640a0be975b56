import type { Page } from "../../shared/page";
import type { AddedToOrder } from "./use-acceptance";

/** The order has it; what is left to pay, and where. */
export function AddedToOrder({ page, addition, withBalance }: AddedToOrderProps) {
  const { orderName, balanceMinor, currency, payUrl } = addition;
  const amount = page.money(balanceMinor, currency);
  return (
    <s-stack gap="small-100" accessibilityRole="status">
      <s-text type="strong">{page.text("added.order", { order: orderName })}</s-text>
      {withBalance && balanceMinor > 0 && (
        <>
          <s-text>{page.text("added.balance", { amount })}</s-text>
          {payUrl && (
            <s-stack direction="inline">
              <s-button variant="primary" href={payUrl}>
                {page.text("added.pay", { amount })}
              </s-button>
            </s-stack>
          )}
        </>
      )}
    </s-stack>
  );
}
type AddedToOrderProps = { page: Page; addition: AddedToOrder; withBalance: boolean };

/** The checkout has it, at this price. */
export function AddedToCart({ page, chargedMinor, currency }: AddedToCartProps) {
  return (
    <s-stack accessibilityRole="status">
      <s-text type="strong">{page.text("added.cart", { price: page.money(chargedMinor, currency) })}</s-text>
    </s-stack>
  );
}
type AddedToCartProps = { page: Page; chargedMinor: number; currency: string };
