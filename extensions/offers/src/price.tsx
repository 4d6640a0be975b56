import type { Page } from "../../shared/page";

type Props = { page: Page; priceMinor: number; discountedMinor: number; currency: string };

/** What is charged; where it is less than the usual price, that one struck through and the saving. */
export function Price({ page, priceMinor, discountedMinor, currency }: Props) {
  const { text, money } = page;
  if (discountedMinor >= priceMinor) return <s-text>{money(priceMinor, currency)}</s-text>;
  return (
    <s-stack direction="inline" gap="small-200">
      <s-text accessibilityVisibility="exclusive">{text("price.before")}</s-text>
      <s-text type="redundant" color="subdued">
        {money(priceMinor, currency)}
      </s-text>
      <s-text accessibilityVisibility="exclusive">{text("price.now")}</s-text>
      <s-text type="strong">{money(discountedMinor, currency)}</s-text>
      <s-text tone="success">
        {text("price.saving", { amount: money(priceMinor - discountedMinor, currency) })}
      </s-text>
    </s-stack>
  );
}
