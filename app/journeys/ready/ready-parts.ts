import type { Condition } from "../conditions";
import type { BranchPath, ExitRule, JourneyDefinition, SendStep, Step, WaitStep } from "../definition";

/** What ready journeys are made of. */

export type ReadyJourney = {
  name: string;
  description: string;
  /** Whether a new shop has it switched on. */
  on: boolean;
  definition: JourneyDefinition;
};

type Parts = Pick<JourneyDefinition, "trigger" | "steps"> & Partial<JourneyDefinition>;

/** Leaves when the order is cancelled or refunded in full, is once per subject, and holds nobody out, unless it says so. */
export function ready(name: string, description: string, on: boolean, parts: Parts): ReadyJourney {
  const definition: JourneyDefinition = {
    version: 1,
    exits: ORDER_GONE,
    reentry: { rule: "per-subject", afterDays: null },
    goal: null,
    holdoutPercent: 0,
    ...parts,
  };
  return { name, description, on, definition };
}

/** "order.total" at-least 500 … */
export function when(
  attribute: string,
  operator: Condition["operator"],
  value: Condition["value"],
): Condition {
  return { attribute, operator, value };
}

export const ORDER_GONE: ExitRule[] = [
  { id: "order-cancelled", type: "condition", when: [when("order.cancelled", "is", true)] },
  { id: "order-refunded", type: "condition", when: [when("order.fully-refunded", "is", true)] },
];

/** Marketing that waits for the right moment stops when it is not needed any more. */
export const ORDERED_AGAIN: ExitRule = { id: "ordered-again", type: "fact", fact: "order.placed" };
export const LATE_PARCEL: ExitRule = {
  id: "waits-for-parcel",
  type: "condition",
  when: [when("customer.open-exception", "is", true)],
};

/** Marketing goes only to people who agreed to it; asking for it here keeps everybody else out of the figures. */
export const SUBSCRIBED = when("customer.subscribed", "is", true);

const HOUR = 60;
const DAY = 24 * HOUR;

export function waitMinutes(id: string, minutes: number): WaitStep {
  return { id, type: "wait", mode: "duration", minutes };
}

export function waitDays(id: string, days: number): WaitStep {
  return waitMinutes(id, days * DAY);
}

export function waitForMorning(id: string, time = "10:00"): WaitStep {
  return { id, type: "wait", mode: "local-time", time, businessDaysOnly: false };
}

export function send(template: string, id = "mail"): SendStep {
  return { id, type: "send", template, channels: ["email"] };
}

export function path(id: string, name: string, conditions: Condition[], steps: Step[]): BranchPath {
  return { id, name, when: conditions, steps };
}
