import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { ownAccountPage } from "../../shared/page";
import { Account } from "./account";

export default function showAccount(): void {
  render(<Account page={ownAccountPage(shopify)} />, document.body);
}
