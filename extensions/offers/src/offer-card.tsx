import type { OfferPlacement } from "../../shared/contract";
import type { Page } from "../../shared/page";
import { AcceptedOffer } from "./accepted-offer";
import { Price } from "./price";
import { useAcceptance } from "./use-acceptance";

type OfferProps = { page: Page; offer: OfferPlacement };
type CardProps = OfferProps & { decisionId: string; onDismiss: () => void };

/** One offer with its two answers, which are equally easy to give. */
export function OfferCard({ page, offer, decisionId, onDismiss }: CardProps) {
  const { acceptance, accept } = useAcceptance(
    page,
    { decisionId, position: offer.position },
    offer.accepted === true,
  );

  function openCart(): void {
    page.tell({ decisionId, position: offer.position, outcome: "click" });
  }

  if (acceptance.state === "unavailable") return <s-paragraph>{page.text("unavailable")}</s-paragraph>;
  return (
    <s-stack gap="base">
      <Product page={page} offer={offer} />
      {acceptance.state === "accepted" ? (
        <AcceptedOffer page={page} accepted={acceptance.offer} onOpenCart={openCart} />
      ) : (
        <s-stack gap="small-100">
          <s-stack direction="inline" gap="base">
            <s-button
              variant="secondary"
              loading={acceptance.state === "preparing"}
              onClick={() => void accept()}
            >
              {acceptLabel(page, offer)}
            </s-button>
            <s-button variant="secondary" disabled={acceptance.state === "preparing"} onClick={onDismiss}>
              {page.text("dismiss")}
            </s-button>
          </s-stack>
          <Footnote page={page} offer={offer} state={acceptance.state} />
        </s-stack>
      )}
    </s-stack>
  );
}

function acceptLabel({ text, number }: Page, { discountPercent }: OfferPlacement): string {
  if (discountPercent <= 0) return text("accept");
  const percent = number(discountPercent / 100, { style: "percent", maximumFractionDigits: 1 });
  return text("accept_discount", { percent });
}

function Product({ page, offer }: OfferProps) {
  return (
    <s-grid gridTemplateColumns="auto 1fr" gap="base" alignItems="start">
      <s-product-thumbnail src={offer.imageUrl} alt="" />
      <s-stack gap="small-400">
        {offer.headline && <s-heading>{offer.headline}</s-heading>}
        {offer.body && <s-paragraph>{offer.body}</s-paragraph>}
        <s-text type="strong">{offer.title}</s-text>
        {offer.variantTitle && <s-text color="subdued">{offer.variantTitle}</s-text>}
        {offer.goesWith && (
          <s-text color="subdued">{page.text("goes_with", { product: offer.goesWith })}</s-text>
        )}
        <Price page={page} {...offer} />
      </s-stack>
    </s-grid>
  );
}

/** One line below the answers: the terms of the code, how it goes, or what went wrong. Always there, so nothing jumps. */
function Footnote({ page, offer, state }: OfferProps & { state: "open" | "preparing" | "unreachable" }) {
  const terms = offer.discountPercent > 0 ? page.text("terms", { count: offer.validDays }) : "";
  return (
    <s-stack accessibilityRole="status">
      {state === "unreachable" && <s-text tone="critical">{page.text("unreachable")}</s-text>}
      {state === "preparing" && <s-text color="subdued">{page.text("preparing")}</s-text>}
      {state === "open" && <s-text color="subdued">{terms}</s-text>}
    </s-stack>
  );
}
