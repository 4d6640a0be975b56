import type { OpenCode } from "./contract";
import type { Page } from "./page";

type Props = {
  page: Page;
  /** Without a code where the usual price is charged. */
  taken: Omit<OpenCode, "title" | "code"> & { code: string | null };
  onOpenCart?: () => void;
};

/** What was taken: the code, until when it works, and the way to the cart where it is already applied. */
export function CodeToCart({ page, taken, onOpenCart }: Props) {
  const { text, money, date } = page;
  const { code, cartUrl, expiresAt, discountedMinor, currency } = taken;
  return (
    <s-stack gap="small-100">
      {code && (
        <s-stack direction="inline" gap="small-200">
          <s-text>{text("accepted.code")}</s-text>
          <s-text type="strong">{code}</s-text>
        </s-stack>
      )}
      <s-stack direction="inline">
        <s-button variant="primary" href={cartUrl} onClick={onOpenCart}>
          {text("accepted.cart", { price: money(discountedMinor, currency) })}
        </s-button>
      </s-stack>
      {code && (
        <s-text color="subdued">
          {text("accepted.terms", {
            date: date(lastMinuteOf(expiresAt), { dateStyle: "long", timeStyle: "short" }),
          })}
        </s-text>
      )}
    </s-stack>
  );
}

/** "December 9 at 11:59 PM" is understood; at 12:00 AM one wonders of which day. */
function lastMinuteOf(expiresAt: string): string {
  return new Date(Date.parse(expiresAt) - 60_000).toISOString();
}
