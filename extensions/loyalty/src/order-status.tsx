import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { orderStatusPage } from "../../shared/page";
import { PointsBlock } from "./points-block";

export default function showLoyalty(): void {
  render(<PointsBlock page={orderStatusPage(shopify)} />, document.body);
}
