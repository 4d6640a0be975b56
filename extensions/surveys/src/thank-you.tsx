import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { thankYouPage } from "../../shared/page";
import { Surveys } from "./surveys";

export default function showSurvey(): void {
  render(<Surveys page={thankYouPage(shopify)} />, document.body);
}
