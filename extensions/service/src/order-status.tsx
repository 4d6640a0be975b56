import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { orderStatusPage } from "../../shared/page";
import { Delivery } from "./delivery";

export default function showDelivery(): void {
  render(<Delivery page={orderStatusPage(shopify)} />, document.body);
}
