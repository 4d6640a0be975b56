import { AppProvider } from "@shopify/polaris";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import type { CampaignDraft, Look } from "./form";
import { ReachCard } from "./reach-card";

const draft: CampaignDraft = {
  ...{ name: "", template: "", channels: ["email"], countries: [], leastOrders: -1 },
  ...{ orderedSince: "", orderedBefore: "", holdoutPercent: 0, when: "now", at: "" },
};

function render(look: Look | undefined, isWrong: boolean): string {
  const card = <ReachCard {...{ draft, look, isWrong }} locale="en" timezone="UTC" />;
  return renderToString(<AppProvider i18n={{}}>{card}</AppProvider>);
}

test("nothing is counted, and nobody waits for it, while a field has to be corrected", () => {
  expect(render(undefined, false)).toContain("Counting");
  expect(render({ audience: 1, preview: null }, false)).toContain("1 customer");
  for (const look of [undefined, { audience: 1, preview: null }]) {
    const html = render(look, true);
    expect(html).toContain("Correct the marked fields");
    expect(html).not.toMatch(/Counting|1 customer/);
  }
});
