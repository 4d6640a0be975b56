import { AppProvider } from "@shopify/polaris";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { estimatePolicy } from "#app/decisions/evaluation/estimate-policy";
import type { LoggedRow } from "#app/decisions/evaluation/logged-row";
import type { WhatIf } from "#app/decisions/what-if.server";
import { AnswerCard } from "./answer-card";

/** Decided on the thank-you page and again on the order status page, for each shopper; one of the two is taken. */
function aLog(shoppers: number, target: number): LoggedRow[] {
  return Array.from({ length: 2 * shoppers }, (_, index) => {
    const taken = index % 2 === 1;
    return {
      ...{
        person: `shopper ${index >> 1}`,
        propensity: 1,
        target,
        showing: target,
        squaredWeight: target ** 2,
      },
      ...{ unsupported: 0, reward: taken ? 1_997 : 0, taken },
      ...{ action: { key: "mug", guess: 998 }, targets: [{ key: "mug", guess: 998 * target }] },
    };
  });
}

function render(rows: LoggedRow[]): string {
  const result = estimatePolicy(rows, { seed: "card", replicates: 50 });
  const answer: WhatIf = {
    ...{ id: "1", status: "done", done: rows.length, total: rows.length, result },
    question: { kind: "cap", weekly: 1 },
    askedAt: new Date("2026-11-22T12:00:00Z"),
  };
  const card = <AnswerCard answer={answer} currency="EUR" timezone="UTC" locale="en" />;
  return renderToString(<AppProvider i18n={{}}>{card}</AppProvider>).replaceAll("<!-- -->", "");
}

test("what a shopper brings is counted once, on however many pages something was decided", () => {
  const html = render(aLog(600, 0.5));
  expect(html).toContain("€998.50 less per 100 shoppers");
  expect(html).toContain("€1,997.00");
  expect(html).toContain("1,200 decisions about 600 shoppers");
  expect(html).not.toContain("per 100 orders");
});
