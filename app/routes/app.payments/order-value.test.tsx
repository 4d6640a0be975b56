import { AppProvider } from "@shopify/polaris";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { OrderValue } from "./order-value";

test.each([
  [8_000, false],
  [0, false],
  [-500, true],
  [NaN, true],
])("an order value of %d: is there something to correct? %s", (minor, isWrong) => {
  const field = <OrderValue minor={minor} currency="EUR" onChange={() => {}} />;
  const html = renderToString(<AppProvider i18n={{}}>{field}</AppProvider>);
  expect(html.includes("Give an amount of 0 or more.")).toBe(isWrong);
});
