import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { checkoutPage } from "../../shared/page";
import { Offers } from "./offers";

export default function showOffers(): void {
  render(<Offers page={checkoutPage(shopify)} />, document.body);
}
