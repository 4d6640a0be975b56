import { useRef } from "preact/hooks";
import { CodeToCart } from "../../shared/code-to-cart";
import type { Moment, OfferPlacement, OfferReason } from "../../shared/contract";
import type { Page } from "../../shared/page";
import { AddedToCart, AddedToOrder } from "./added";
import { Price } from "./price";
import { priceShown, useAcceptance } from "./use-acceptance";

type OfferProps = { page: Page; offer: OfferPlacement };
type CardProps = OfferProps & {
  decisionId: string;
  moment: Moment;
  onDismiss: () => void;
  onTaken: () => void;
  /** Of several that were added to the order, the last one says what is to be paid for all of them. */
  isLatest: boolean;
};

/** One offer with its two answers, which are equally easy to give. */
export function OfferCard({ page, offer, decisionId, moment, onDismiss, onTaken, isLatest }: CardProps) {
  const { acceptance, accept } = useAcceptance({ page, offer, decisionId, moment }, onTaken);
  const { state } = acceptance;
  // Once it is taken, our own code stands in the cart, and what the page could still do no longer matters.
  const asked = useRef(0);
  if (state === "open" || state === "unreachable") asked.current = priceShown(page, offer);
  const shownMinor = state === "in-cart" ? acceptance.chargedMinor : asked.current;

  function openCart(): void {
    page.tell({ decisionId, position: offer.position, outcome: "click" });
  }

  if (state === "unavailable") return <s-paragraph>{page.text("unavailable")}</s-paragraph>;
  return (
    <s-stack gap="base">
      <Product page={page} offer={offer} shownMinor={shownMinor} />
      {state === "accepted" && (
        <s-stack gap="small-100" accessibilityRole="status">
          {offer.acceptBy === "order-edit" && <s-text>{page.text("code_instead")}</s-text>}
          <CodeToCart page={page} taken={acceptance.offer} onOpenCart={openCart} />
        </s-stack>
      )}
      {state === "added-to-order" && (
        <AddedToOrder page={page} addition={acceptance.addition} withBalance={isLatest} />
      )}
      {state === "in-cart" && (
        <AddedToCart page={page} chargedMinor={acceptance.chargedMinor} currency={offer.currency} />
      )}
      {(state === "open" || state === "preparing" || state === "unreachable") && (
        <s-stack gap="small-100">
          <s-stack direction="inline" gap="base">
            <s-button variant="secondary" loading={state === "preparing"} onClick={() => void accept()}>
              {acceptLabel(page, offer, shownMinor)}
            </s-button>
            <s-button variant="secondary" disabled={state === "preparing"} onClick={onDismiss}>
              {page.text("dismiss")}
            </s-button>
          </s-stack>
          <Footnote page={page} offer={offer} state={state} />
        </s-stack>
      )}
    </s-stack>
  );
}

function acceptLabel(page: Page, offer: OfferPlacement, shownMinor: number): string {
  const { text, number, money } = page;
  const price = money(shownMinor, offer.currency);
  if (page.cart) return text("accept_cart", { price });
  if (offer.acceptBy === "order-edit") return text("accept_order", { price });
  if (offer.discountPercent <= 0) return text("accept");
  const percent = number(offer.discountPercent / 100, { style: "percent", maximumFractionDigits: 1 });
  return text("accept_discount", { percent });
}

function Product({ page, offer, shownMinor }: OfferProps & { shownMinor: number }) {
  const reason = reasonText(page, offer);
  return (
    <s-grid gridTemplateColumns="auto 1fr" gap="base" alignItems="start">
      <s-product-thumbnail src={offer.imageUrl} alt="" />
      <s-stack gap="small-400">
        {offer.headline && <s-heading>{offer.headline}</s-heading>}
        {offer.body && <s-paragraph>{offer.body}</s-paragraph>}
        <s-text type="strong">{offer.title}</s-text>
        {offer.variantTitle && <s-text color="subdued">{offer.variantTitle}</s-text>}
        {reason && <s-text color="subdued">{reason}</s-text>}
        <Price page={page} {...offer} discountedMinor={shownMinor} />
      </s-stack>
    </s-grid>
  );
}

/** The best reason only: one is convincing, three are a sales talk. */
function reasonText(page: Page, { reasons, goesWith }: OfferPlacement): string | null {
  const old: OfferReason[] = goesWith ? [{ code: "goes-with", product: goesWith }] : [];
  const [reason] = reasons ?? old;
  if (!reason) return null;
  if (reason.code === "bought-before") return page.text("bought_before");
  if (reason.code === "popular-in-category") return page.text("popular_in_category", reason);
  return page.text(page.cart ? "goes_with_cart" : "goes_with", reason);
}

/** One line below the answers: the terms, how it goes, or what went wrong. Always there, so nothing jumps. */
function Footnote({ page, offer, state }: OfferProps & { state: "open" | "preparing" | "unreachable" }) {
  return (
    <s-stack accessibilityRole="status">
      {state === "unreachable" && <s-text tone="critical">{page.text("unreachable")}</s-text>}
      {state === "preparing" && <s-text color="subdued">{page.text(preparing(page, offer))}</s-text>}
      {state === "open" && <s-text color="subdued">{terms(page, offer)}</s-text>}
    </s-stack>
  );
}

function preparing({ cart }: Page, { acceptBy }: OfferPlacement): string {
  if (cart) return "preparing_cart";
  return acceptBy === "order-edit" ? "preparing_order" : "preparing";
}

function terms(page: Page, offer: OfferPlacement): string {
  if (page.cart) return "";
  if (offer.acceptBy === "order-edit") return page.text("terms_order");
  return offer.discountPercent > 0 ? page.text("terms", { count: offer.validDays }) : "";
}
