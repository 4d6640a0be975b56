import type { SponsoredPlacement } from "../../shared/contract";
import type { Page } from "../../shared/page";

type Props = { page: Page; placement: SponsoredPlacement; decisionId: string; onDismiss: () => void };

/** An advertiser's offer. Its label stands above everything else, and "not for me" weighs as much as the link. */
export function SponsoredCard({ page, placement, decisionId, onDismiss }: Props) {
  const { advertiser, title, text, imageUrl, clickUrl, disclosure, callToAction, position } = placement;
  return (
    <s-stack gap="base">
      <s-text color="subdued">{`${disclosure} · ${advertiser}`}</s-text>
      <s-grid gridTemplateColumns="auto 1fr" gap="base" alignItems="start">
        <s-product-thumbnail src={imageUrl} alt="" />
        <s-stack gap="small-400">
          <s-text type="strong">{title}</s-text>
          <s-paragraph>{text}</s-paragraph>
        </s-stack>
      </s-grid>
      <s-stack direction="inline" gap="base">
        <s-button
          variant="secondary"
          href={clickUrl}
          target="_blank"
          onClick={() => page.tell({ decisionId, position, outcome: "click" })}
        >
          {callToAction ?? page.text("visit", { advertiser })}
        </s-button>
        <s-button variant="secondary" onClick={onDismiss}>
          {page.text("dismiss")}
        </s-button>
      </s-stack>
    </s-stack>
  );
}
