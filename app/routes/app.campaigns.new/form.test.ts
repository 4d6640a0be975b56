import { expect, test } from "vitest";
import { ActionForm } from "./form";

const LOOK = {
  ...{ intent: "look", template: "", channels: [], countries: [], leastOrders: 0, holdoutPercent: 0 },
  ...{ orderedSince: "", orderedBefore: "", when: "now", at: "" },
};

function problems(change: object): Record<string, string> {
  const issues = ActionForm.safeParse({ ...LOOK, ...change }).error?.issues ?? [];
  // As forms are read: the first problem of a field is the one that is shown.
  return Object.fromEntries(issues.reverse().map(({ path, message }) => [path.join("."), message]));
}

test("days of orders may be left out, and lie in years that can be stored", () => {
  expect(problems({})).toEqual({});
  expect(problems({ orderedSince: "2026-01-01", orderedBefore: "2026-12-31" })).toEqual({});
  const year = "Use a year from 2000 to 2199.";
  expect(problems({ orderedSince: "0026-12-24" })).toEqual({ orderedSince: year });
  expect(problems({ orderedBefore: "9999-12-31" })).toEqual({ orderedBefore: year });
});
