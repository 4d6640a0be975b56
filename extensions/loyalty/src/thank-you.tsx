import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { thankYouPage } from "../../shared/page";
import { JoinBlock } from "./join-block";

export default function showLoyalty(): void {
  render(<JoinBlock page={thankYouPage(shopify)} />, document.body);
}
