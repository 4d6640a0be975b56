import type { Page } from "../../shared/page";
import { Skeleton } from "../../shared/skeleton";
import { useOrderStatus, type KnownOrder } from "../../shared/use-order-status";
import { Codes } from "./codes";
import { Inbox } from "./inbox";
import { Parcel } from "./parcel";
import { sampleOrder } from "./sample-order";
import { Tips } from "./tips";

/**
 * Where the parcels of this order are and when they come; below, codes to use and what the shop has to say. Asked for and shown at once,
 * so that nothing moves later. Nothing for an order that the app does not know.
 */
export function Delivery({ page }: { page: Page }) {
  const status = useOrderStatus(page, () => sampleOrder(page, new Date()), { withInbox: true });
  if (status.state === "loading") return <Skeleton height="190px" />;
  if (status.state === "nothing") return null;
  const { orderState, parcels, said } = status.order;
  // An app of before they were told tells none.
  const codes = said?.codes ?? [];
  return (
    <s-stack gap="base">
      <s-section heading={page.setting("heading") ?? page.text("heading")}>
        <s-stack gap="large">
          {saysMoreThanParcels(status.order) && <s-paragraph>{page.text(`order.${orderState}`)}</s-paragraph>}
          {parcels.map((parcel, index) => (
            <Parcel key={index} page={page} parcel={parcel} isNamed={parcels.length > 1} />
          ))}
          <Help page={page} helpUrl={status.order.helpUrl} />
        </s-stack>
      </s-section>
      {codes.length > 0 && (
        <s-section heading={page.text("codes.heading")}>
          <Codes page={page} codes={codes} />
        </s-section>
      )}
      {said && said.messages.length > 0 && (
        <s-section heading={page.text("inbox.heading")}>
          <Inbox page={page} messages={said.messages} />
        </s-section>
      )}
      {said && said.tips.length > 0 && (
        <s-section heading={page.text("tips.heading")}>
          <Tips page={page} tips={said.tips} />
        </s-section>
      )}
    </s-stack>
  );
}

/** One parcel says everything about a shipped order; "preparing", "cancelled" and "refunded" no parcel can say. */
function saysMoreThanParcels({ orderState, parcels }: KnownOrder): boolean {
  return parcels.length === 0 || orderState === "cancelled" || orderState === "refunded";
}

/** The merchant's own page where there is one, else the one on which shoppers write to us. */
function Help({ page, helpUrl }: { page: Page; helpUrl: string }) {
  const own = page.setting("help_url");
  const url = own?.startsWith("https://") ? own : helpUrl;
  if (!url.startsWith("https://")) return null;
  return <s-link href={url}>{page.text("help")}</s-link>;
}
