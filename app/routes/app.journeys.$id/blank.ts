import { ATTRIBUTES, OPERATORS, valueKind, type Condition, type Operator } from "#app/journeys/conditions";
import type { BranchPath, ExitRule, Step, StepType, WaitStep } from "#app/journeys/definition";
import type { Topic } from "#app/journeys/triggers";

/** New parts of a journey, with values that make sense at once where there are some. */

export function newId(): string {
  return Math.random().toString(36).slice(2, 10);
}

export function blankStep(type: StepType, topics: readonly Topic[]): Step {
  const id = newId();
  switch (type) {
    case "wait":
      return { id, type, mode: "duration", minutes: 24 * 60 };
    case "branch":
      return { id, type, paths: [blankPath(1, topics)], otherwise: [] };
    case "send":
      return { id, type, template: "", channels: ["email"] };
    case "survey":
      return { id, type, surveyId: "" };
    case "review-ask":
      return { id, type, channels: ["email"] };
    case "open-case":
      return { id, type, caseType: "general", note: "" };
    case "points":
      return { id, type, points: 50, reason: "" };
    case "code":
      return { id, type, percent: 10, validDays: 30 };
    case "tag":
      return { id, type, tag: "" };
    case "metafield":
      return { id, type, namespace: "custom", key: "", value: "" };
    case "webhook":
      return { id, type, url: "" };
    case "phone-task":
      return { id, type, note: "" };
  }
}

export function blankPath(number: number, topics: readonly Topic[]): BranchPath {
  return { id: newId(), name: `Path ${number}`, when: [blankCondition(topics)], steps: [] };
}

export function blankWait(id: string, mode: WaitStep["mode"]): WaitStep {
  switch (mode) {
    case "duration":
      return { id, type: "wait", mode, minutes: 24 * 60 };
    case "until-fact":
      return { id, type: "wait", mode, fact: "parcel.delivered", timeoutMinutes: 7 * 24 * 60 };
    case "local-time":
      return { id, type: "wait", mode, time: "09:00", businessDaysOnly: true };
    case "business-hours":
      return { id, type: "wait", mode, from: "09:00", to: "17:00" };
  }
}

export function blankExit(type: ExitRule["type"], topics: readonly Topic[]): ExitRule {
  return type === "fact"
    ? { id: newId(), type, fact: "order.cancelled" }
    : { id: newId(), type, when: [blankCondition(topics)] };
}

/** The first thing that can be asked at this moment. */
export function blankCondition(topics: readonly Topic[]): Condition {
  const [key = "customer.orders"] = attributesOf(topics);
  return conditionOn(key);
}

/** What can be asked about these topics, in the order in which they are listed. */
export function attributesOf(topics: readonly Topic[]): string[] {
  return Object.keys(ATTRIBUTES).filter((key) => topics.includes(ATTRIBUTES[key]!.topic));
}

/** A condition about this attribute with the first operator of its kind. */
export function conditionOn(attribute: string): Condition {
  const [operator] = OPERATORS[ATTRIBUTES[attribute]?.kind ?? "text"];
  return { attribute, ...comparedBy(attribute, operator!) };
}

/** An operator with an empty value of the kind that it wants. */
export function comparedBy(attribute: string, operator: Operator): Pick<Condition, "operator" | "value"> {
  const empty = { none: null, words: [], word: "", number: NaN, "yes-no": true };
  return { operator, value: empty[valueKind(ATTRIBUTES[attribute] ?? TEXT, operator)] };
}

const TEXT = { topic: "customer", label: "", kind: "text" } as const;
