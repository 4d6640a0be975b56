import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { orderStatusPage } from "../../shared/page";
import { Offers } from "./offers";

export default function showOffers(): void {
  render(<Offers page={orderStatusPage(shopify)} />, document.body);
}
