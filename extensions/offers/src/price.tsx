import type { Page } from "../../shared/page";

type Props = { page: Page; priceMinor: number; discountedMinor: number; currency: string };

/** What is charged; where it is less than the usual price, that one struck through and the saving. */
export function Price({ page, priceMinor, discountedMinor, currency }: Props) {
  const { text, money } = page;
  if (discountedMinor >= priceMinor) return <s-text>{money(priceMinor, currency)}</s-text>;
  const saving = money(priceMinor - discountedMinor, currency);
  return (
    <s-stack direction="inline" gap="small-200">
      <s-text>
        <SpokenOnly words={text("price.before")} />
        <s-text type="redundant" color="subdued">
          {money(priceMinor, currency)}
        </s-text>
      </s-text>
      <s-text>
        <SpokenOnly words={text("price.now")} />
        <s-text type="strong">{money(discountedMinor, currency)}</s-text>
      </s-text>
      <s-text tone="success">{text("price.saving", { amount: saving })}</s-text>
    </s-stack>
  );
}

/** Says to screen readers what the line through a price says to the eye. */
function SpokenOnly({ words }: { words: string }) {
  return <s-text accessibilityVisibility="exclusive">{`${words} `}</s-text>;
}
