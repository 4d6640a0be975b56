import { expect, test } from "vitest";
import { allHold, type Condition } from "./conditions";
import type { JourneyDefinition } from "./definition";
import { checkDefinition } from "./definition-schema";

const CHECK: JourneyDefinition = {
  version: 1,
  trigger: {
    fact: "parcel.delivered",
    filters: [{ attribute: "order.all-delivered", operator: "is", value: true }],
  },
  steps: [
    {
      id: "how",
      type: "branch",
      paths: [
        {
          id: "signed",
          name: "Signed",
          when: [{ attribute: "parcel.handover", operator: "any-of", value: ["signed"] }],
          steps: [{ id: "soon", type: "wait", mode: "duration", minutes: 10 }],
        },
      ],
      otherwise: [{ id: "later", type: "wait", mode: "duration", minutes: 120 }],
    },
    { id: "mail", type: "send", template: "delivered", channels: ["email"] },
  ],
  exits: [{ id: "cancelled", type: "fact", fact: "order.cancelled" }],
  reentry: { rule: "per-order", afterDays: null },
  goal: { fact: "survey.answered", withinDays: 7 },
  holdoutPercent: 0,
};

function problemsOf(change: Record<string, unknown>): string[] {
  const checked = checkDefinition({ ...CHECK, ...change });
  return checked.status === "invalid" ? checked.problems.map(({ message }) => message) : [];
}

test("a definition survives being kept as JSON", () => {
  expect(checkDefinition(JSON.parse(JSON.stringify(CHECK)))).toEqual({ status: "valid", definition: CHECK });
});

test("a problem names the step it is in, however deep, and its id", () => {
  const steps = structuredClone(CHECK.steps) as unknown as { paths: { steps: { minutes: number }[] }[] }[];
  steps[0]!.paths[0]!.steps[0]!.minutes = 0;
  expect(checkDefinition({ ...CHECK, steps })).toEqual({
    status: "invalid",
    problems: [
      {
        stepId: "soon",
        path: "steps.0.paths.0.steps.0.minutes",
        message: "Step 1, Signed, 1 (Wait): Wait at least a minute.",
      },
    ],
  });
});

test.each([
  [{ steps: [] }, "Add a step."],
  [{ steps: [{ id: "a", type: "dance" }] }, "Step 1: Choose a kind of step."],
  [{ steps: [CHECK.steps[1], CHECK.steps[1]] }, "Step 2 (Send a message): another step has the same id."],
  [
    { steps: [{ id: "a", type: "send", template: "", channels: [] }] },
    "Step 1 (Send a message): Choose a template.",
  ],
  [
    { steps: [{ id: "a", type: "webhook", url: "http://shop.example" }] },
    "Step 1 (Call a webhook): Use a web address that starts with https://.",
  ],
  [{ trigger: { fact: "order.eaten", filters: [] } }, "Choose what starts the journey."],
  [
    {
      trigger: {
        fact: "customer.birthday",
        filters: [{ attribute: "parcel.carrier", operator: "is", value: "DHL" }],
      },
      steps: [CHECK.steps[1]],
    },
    "“Carrier” is not known when it is the customer's birthday.",
  ],
  [
    {
      steps: [
        {
          id: "b",
          type: "branch",
          paths: [
            { id: "x", name: "X", when: { share: 60 }, steps: [] },
            { id: "y", name: "Y", when: { share: 60 }, steps: [] },
          ],
          otherwise: [],
        },
      ],
    },
    "Step 1 (Branch): the shares come to more than 100 %.",
  ],
  [{ holdoutPercent: 70 }, "Use 0 to 50 %."],
])("refuses %j", (change, message) => {
  expect(problemsOf(change)).toContain(message);
});

test("conditions hold by the operators of their kind; what is unknown holds nothing but a no", () => {
  const values = {
    "order.total": 5_000,
    "order.product-types": ["Coffee", "Mugs"],
    "customer.language": "de",
    "parcel.carrier": "DHL Express",
    "order.is-first": false,
  };
  const holds = (attribute: string, operator: Condition["operator"], value: Condition["value"]) =>
    allHold([{ attribute, operator, value }], values);
  expect(holds("order.total", "at-least", 5_000)).toBe(true);
  expect(holds("order.total", "at-most", 4_999)).toBe(false);
  expect(holds("order.product-types", "has-any-of", ["coffee"])).toBe(true);
  expect(holds("order.product-types", "has-none-of", ["mugs"])).toBe(false);
  expect(holds("customer.language", "any-of", ["de", "fr"])).toBe(true);
  expect(holds("parcel.carrier", "contains", "dhl")).toBe(true);
  expect(holds("order.is-first", "is", false)).toBe(true);
  expect(holds("customer.orders", "at-least", 0)).toBe(false);
  expect(holds("customer.country", "none-of", ["DE"])).toBe(true);
  expect(holds("customer.country", "is-unknown", null)).toBe(true);
});
