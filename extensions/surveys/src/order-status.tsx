import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { orderStatusPage } from "../../shared/page";
import { Surveys } from "./surveys";

export default function showSurvey(): void {
  render(<Surveys page={orderStatusPage(shopify)} />, document.body);
}
