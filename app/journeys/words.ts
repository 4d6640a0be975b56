import { CASE_LABELS } from "#app/cases/case";
import { moneyFormat } from "../../extensions/shared/currencies";
import {
  attributeOf,
  OPERATOR_LABELS,
  valueKind,
  type Attribute,
  type Condition,
  type ConditionValue,
} from "./conditions";
import {
  STEP_LABELS,
  type JourneyDefinition,
  type SendChannel,
  type Step,
  type WaitStep,
} from "./definition";
import { HEARD, TRIGGERS, type Topic } from "./triggers";

/** A journey in the words of a merchant: what the editor's cards, the list and the simulation say. Pure. */

/** What the shop calls the things that a definition names by key. */
export type Names = {
  currency: string;
  locale: string;
  templates: Record<string, string>;
  surveys: Record<string, string>;
  /** What customers were asked, by attribute. */
  asked: Record<string, string>;
  /** Values of attributes in words, by attribute and value. */
  options: Record<string, Record<string, string>>;
};

const UNITS = [
  { minutes: 7 * 24 * 60, one: "week", many: "weeks" },
  { minutes: 24 * 60, one: "day", many: "days" },
  { minutes: 60, one: "hour", many: "hours" },
  { minutes: 1, one: "minute", many: "minutes" },
] as const;

/** 120 → { count: 2, unit: 60 }: the biggest unit in which it is a whole number. */
export function inUnits(minutes: number): { count: number; unit: number } {
  const unit = UNITS.find((one) => minutes >= one.minutes && minutes % one.minutes === 0) ?? UNITS[3];
  return { count: minutes / unit.minutes, unit: unit.minutes };
}

/** The units that one can choose from. */
export const DURATION_UNITS = UNITS.map(({ minutes, many }) => ({ minutes, label: many })).reverse();

/** 120 → "2 hours" */
export function durationWords(minutes: number): string {
  if (!Number.isFinite(minutes)) return "some time";
  const { count, unit } = inUnits(minutes);
  const words = UNITS.find((one) => one.minutes === unit)!;
  return `${count} ${count === 1 ? words.one : words.many}`;
}

export function waitWords(wait: WaitStep): string {
  switch (wait.mode) {
    case "duration":
      return `Wait ${durationWords(wait.minutes)}`;
    case "until-fact":
      return `Wait until: ${lower(HEARD[wait.fact].label)}, at most ${durationWords(wait.timeoutMinutes)}`;
    case "local-time":
      return `Wait until ${clockWords(wait.time)}${wait.businessDaysOnly ? " on a working day" : ""}`;
    case "business-hours":
      return `Wait for business hours, ${clockWords(wait.from)} to ${clockWords(wait.to)}`;
  }
}

function clockWords(time: string): string {
  return time.replace(/^0/, "");
}

/** "Order total is at least €50.00" */
export function conditionWords(condition: Condition, names: Names): string {
  const attribute = attributeOf(condition.attribute);
  if (!attribute) return "Something that is no longer known";
  if (attribute.kind === "yes-no") {
    const words = wholeSentence(attribute);
    return condition.value === false ? `Not: ${lower(words)}` : words;
  }
  const words = `${names.asked[condition.attribute] ?? attribute.label} ${OPERATOR_LABELS[condition.operator]}`;
  if (valueKind(attribute, condition.operator) === "none") return words;
  return `${words} ${valueWords(condition, names)}`;
}

const SUBJECTS: Record<Topic, string> = {
  order: "order",
  customer: "customer",
  parcel: "parcel",
  exception: "problem",
  answer: "shopper",
  points: "customer",
  product: "product",
  journey: "shopper",
};

/** "Is cancelled" → "The order is cancelled"; in a list the topic stands above. */
function wholeSentence({ topic, label }: Attribute): string {
  return /^(Is|Had|Agreed|Waits|Wrote)\b/.test(label) ? `The ${SUBJECTS[topic]} ${lower(label)}` : label;
}

function valueWords({ attribute: key, value }: Condition, names: Names): string {
  const attribute = attributeOf(key)!;
  if (attribute.kind === "money" && typeof value === "number") return moneyWords(value, names);
  if (attribute.unit && typeof value === "number") return `${value} ${attribute.unit}`;
  const list = listOf(value).map((one) => names.options[key]?.[one] ?? one);
  return list.length > 0 ? list.join(" or ") : "…";
}

function listOf(value: ConditionValue): string[] {
  if (Array.isArray(value)) return value;
  return value === null || value === "" || Number.isNaN(value) ? [] : [String(value)];
}

function moneyWords(minor: number, { currency, locale }: Names): string {
  return moneyFormat(locale, currency)(minor);
}

/** All of them have to hold. */
export function conditionsWords(conditions: readonly Condition[], names: Names): string {
  return conditions.map((condition) => conditionWords(condition, names)).join(" and ");
}

/** When a branch's path is taken. */
export function whenWords(when: Condition[] | { share: number }, names: Names): string {
  if (!Array.isArray(when)) return `${Number.isFinite(when.share) ? when.share : "…"}% of people, by chance`;
  return when.length > 0 ? `If ${lower(conditionsWords(when, names))}` : "Say when this path is taken";
}

const CHANNEL_WORDS = {
  email: "email",
  sms: "SMS",
  whatsapp: "WhatsApp",
  push: "web push",
  inbox: "inbox",
} as const;

/** What a step does, in one line. */
export function stepWords(step: Step, names: Names): string {
  switch (step.type) {
    case "wait":
      return waitWords(step);
    case "branch":
      return `${STEP_LABELS.branch} into ${step.paths.length + 1}`;
    case "send": {
      const template = step.template ? `“${names.templates[step.template] ?? step.template}”` : "a message";
      return `Send ${template} by ${channelWords(step.channels)}`;
    }
    case "survey":
      return step.surveyId
        ? `Ask “${names.surveys[step.surveyId] ?? "a survey that is gone"}”`
        : "Ask a survey";
    case "review-ask":
      return `Ask for a review by ${channelWords(step.channels)}, once nothing is wrong`;
    case "open-case":
      return `Open a case: ${CASE_LABELS[step.caseType].toLowerCase()}`;
    case "points":
      return `Give ${Number.isFinite(step.points) ? step.points : "…"} points`;
    case "code":
      return `Give a code: ${step.percent}% off, for ${step.validDays} days`;
    case "tag":
      return step.tag ? `Tag the customer “${step.tag}”` : STEP_LABELS.tag;
    case "metafield":
      return step.key ? `Set ${step.namespace}.${step.key} to “${step.value}”` : STEP_LABELS.metafield;
    case "webhook":
      return step.url ? `Call ${hostOf(step.url)}` : STEP_LABELS.webhook;
    case "phone-task":
      return step.note ? `Ask staff to call: ${step.note}` : STEP_LABELS["phone-task"];
  }
}

function channelWords(channels: readonly SendChannel[]): string {
  return channels.map((channel) => CHANNEL_WORDS[channel]).join(", else ");
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Where it starts, in one line. */
export function triggerWords({ trigger }: Pick<JourneyDefinition, "trigger">, names: Names): string {
  const { label } = TRIGGERS[trigger.fact];
  return trigger.filters.length > 0
    ? `${label}, if ${lower(conditionsWords(trigger.filters, names))}`
    : label;
}

/** "Order total" → "order total"; what begins with several capitals stays ("NPS"). */
export function lower(words: string): string {
  return /^\p{Lu}\p{Lu}/u.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}
