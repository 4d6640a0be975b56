import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { thankYouPage } from "../../shared/page";
import { Offers } from "./offers";

export default function showOffers(): void {
  render(<Offers page={thankYouPage(shopify)} />, document.body);
}
