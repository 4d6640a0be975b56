/** On the desktop: long names and notes stay in their column. */
import { AppProvider } from "@shopify/polaris";
import en from "@shopify/polaris/locales/en.json" with { type: "json" };
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { FigureTable } from "./figure-table";

test("a long name and a long note wrap within a column of limited width", () => {
  const row = { id: "1", name: "Autumn", url: "/1", note: "Northwind, at most €5.00 per click. ".repeat(9) };
  const page = renderToString(
    <AppProvider i18n={en}>
      <FigureTable
        thing={{ singular: "campaign", plural: "campaigns" }}
        figures={[]}
        actions="Actions"
        rows={[{ ...row, status: null, figures: [], actions: null }]}
      />
    </AppProvider>,
  );
  expect(page).toMatch(/max-width:20rem;white-space:normal;overflow-wrap:break-word/);
});
