import { expect, test } from "vitest";
import type { BranchStep, Step } from "#app/journeys/definition";
import { checkDefinition } from "#app/journeys/definition-schema";
import { conditionWords, durationWords, stepWords, whenWords, type Names } from "#app/journeys/words";
import { blankStep } from "./blank";
import { byPart, toRecord } from "./problems";
import { changeStep, insertStep, listKey, moveStep, OTHERWISE, placeOf, removeStep } from "./tree";

const wait = (id: string): Step => ({ id, type: "wait", mode: "duration", minutes: 60 });

const STEPS: Step[] = [
  wait("first"),
  {
    id: "how",
    type: "branch",
    paths: [
      { id: "big", name: "Big", when: { share: 50 }, steps: [wait("a"), wait("b")] },
      { id: "small", name: "Small", when: { share: 20 }, steps: [] },
    ],
    otherwise: [wait("else")],
  },
];

const ids = (steps: Step[]): unknown[] =>
  steps.map((step) =>
    step.type === "branch"
      ? [step.id, ...step.paths.map((path) => ids(path.steps)), ids(step.otherwise)]
      : step.id,
  );

test("steps are added, moved and taken away at any depth, and put back where they were", () => {
  const inside = insertStep(STEPS, listKey("how", "big"), 1, wait("new"));
  expect(ids(inside)).toEqual(["first", ["how", ["a", "new", "b"], [], ["else"]]]);
  expect(ids(moveStep(inside, "new", -1))).toEqual(["first", ["how", ["new", "a", "b"], [], ["else"]]]);
  expect(ids(moveStep(STEPS, "first", -1))).toEqual(ids(STEPS));
  expect(ids(moveStep(STEPS, "how", -1))[1]).toBe("first");
  const place = placeOf(STEPS, "else")!;
  expect(place).toMatchObject({ list: listKey("how", OTHERWISE), index: 0 });
  const without = removeStep(STEPS, "else");
  expect(ids(without)).toEqual(["first", ["how", ["a", "b"], [], []]]);
  expect(insertStep(without, place.list, place.index, place.step)).toEqual(STEPS);
});

test("what a change does not touch stays the same object", () => {
  const changed = changeStep(STEPS, "a", { minutes: 5 } as Partial<Step>);
  expect(changed[0]).toBe(STEPS[0]);
  const [, before] = STEPS as [Step, BranchStep];
  const [, after] = changed as [Step, BranchStep];
  expect(after).not.toBe(before);
  expect(after.paths[1]).toBe(before.paths[1]);
  expect(after.otherwise).toBe(before.otherwise);
  expect(after.paths[0]!.steps[1]).toBe(before.paths[0]!.steps[1]);
});

test("a problem lands beside its field in its own step", () => {
  const steps = structuredClone(STEPS);
  const branch = steps[1] as BranchStep;
  branch.paths[0]!.steps[0] = { id: "a", type: "send", template: "", channels: ["email"] };
  branch.paths[1]!.name = " ";
  const checked = checkDefinition({
    version: 1,
    trigger: {
      fact: "order.placed",
      filters: [{ attribute: "order.total", operator: "at-least", value: null }],
    },
    steps,
    exits: [],
    reentry: { rule: "per-order", afterDays: null },
    goal: { fact: "order.placed", withinDays: 0 },
    holdoutPercent: 70,
  });
  if (checked.status !== "invalid") throw new Error("this must not be valid");
  expect(byPart(toRecord(checked.problems))).toEqual({
    a: { template: "Choose a template." },
    how: { "paths.1.name": "Give each path a name." },
    trigger: { "filters.0": "Use a number for “Order total”." },
    goal: { withinDays: "Use 1 to 365 days." },
    holdoutPercent: { "": "Use 0 to 50 %." },
  });
});

const NAMES: Names = {
  currency: "EUR",
  locale: "en",
  templates: { "thank-you": "Thank you" },
  surveys: {},
  asked: {},
  options: { "order.country": { DE: "Germany", FR: "France" } },
};

test("steps and conditions read like a sentence", () => {
  expect([90, 120, 2880, 10080].map(durationWords)).toEqual(["90 minutes", "2 hours", "2 days", "1 week"]);
  const total = { attribute: "order.total", operator: "at-least", value: 5000 } as const;
  expect(conditionWords(total, NAMES)).toBe("Order total is at least €50.00");
  const countries = { attribute: "order.country", operator: "any-of", value: ["DE", "FR"] } as const;
  const when = [total, { ...countries, value: [...countries.value] }];
  expect(whenWords(when, NAMES)).toBe(
    "If order total is at least €50.00 and Country of delivery is one of Germany or France",
  );
  const send: Step = { id: "s", type: "send", template: "thank-you", channels: ["email", "sms"] };
  expect(stepWords(send, NAMES)).toBe("Send “Thank you” by email, else SMS");
  expect(
    stepWords({ id: "w", type: "wait", mode: "local-time", time: "09:00", businessDaysOnly: true }, NAMES),
  ).toBe("Wait until 9:00 on a working day");
  expect(blankStep("branch", ["order"])).toMatchObject({ paths: [{ when: [{ attribute: "order.total" }] }] });
});
