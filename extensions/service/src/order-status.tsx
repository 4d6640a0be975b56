import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { orderStatusPage } from "../../shared/page";
import { Delivery } from "./delivery";
import { Inbox } from "./inbox";

export default function showDelivery(): void {
  const page = orderStatusPage(shopify);
  render(
    <>
      <Delivery page={page} />
      <Inbox page={page} />
    </>,
    document.body,
  );
}
