import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { accountPage } from "../../shared/page";
import { Offers } from "./offers";

export default function showOffers(): void {
  render(<Offers page={accountPage(shopify)} />, document.body);
}
