import { EXCEPTION_KINDS } from "#app/parcels/exception";
import { HANDOVERS } from "#app/parcels/handover";
import { LOCALES } from "#app/shops/settings";
import { HEARD, HEARD_FACTS, type Topic } from "./triggers";

/**
 * What a journey may ask about an order, a customer, a parcel …: a listed set, each with a label, a kind and the
 * operators of its kind, so that the admin builds conditions from data. Pure; the values are read by `values.server.ts`.
 */
export type AttributeKind = "text" | "choice" | "list" | "number" | "money" | "yes-no";

export type Attribute = {
  topic: Topic;
  label: string;
  kind: AttributeKind;
  /** What may be chosen; absent where only the shop knows (product types, tags, countries). */
  options?: readonly string[];
  unit?: string;
};

const LISTED = {
  "order.total": { topic: "order", label: "Order total", kind: "money" },
  "order.items": { topic: "order", label: "Number of items", kind: "number" },
  "order.is-first": { topic: "order", label: "Is the customer's first order", kind: "yes-no" },
  "order.source": {
    topic: "order",
    label: "Where it was bought",
    kind: "choice",
    options: ["online", "till", "staff", "other"],
  },
  "order.country": { topic: "order", label: "Country of delivery", kind: "choice" },
  "order.products": { topic: "order", label: "Products in the order", kind: "list" },
  "order.product-types": { topic: "order", label: "Types of product in the order", kind: "list" },
  "order.product-tags": { topic: "order", label: "Tags of the products in the order", kind: "list" },
  "order.discounted": { topic: "order", label: "Had a discount", kind: "yes-no" },
  "order.parcels": { topic: "order", label: "Number of parcels", kind: "number" },
  "order.all-delivered": { topic: "order", label: "All parcels are delivered", kind: "yes-no" },
  "order.cancelled": { topic: "order", label: "Is cancelled", kind: "yes-no" },
  "order.fully-refunded": { topic: "order", label: "Is refunded in full", kind: "yes-no" },
  "customer.orders": { topic: "customer", label: "Orders so far", kind: "number" },
  "customer.spent": { topic: "customer", label: "Spent so far", kind: "money" },
  "customer.country": { topic: "customer", label: "Country", kind: "choice" },
  "customer.tags": { topic: "customer", label: "Tags of the customer", kind: "list" },
  "customer.language": { topic: "customer", label: "Language", kind: "choice", options: LOCALES },
  "customer.days-since-order": {
    topic: "customer",
    label: "Days since the last order",
    kind: "number",
    unit: "days",
  },
  "customer.subscribed": { topic: "customer", label: "Agreed to marketing by e-mail", kind: "yes-no" },
  "customer.member": { topic: "customer", label: "Is in the loyalty programme", kind: "yes-no" },
  "customer.open-exception": { topic: "customer", label: "Waits for a late parcel", kind: "yes-no" },
  "customer.open-case": { topic: "customer", label: "Waits for help: a case is open", kind: "yes-no" },
  "points.available": { topic: "points", label: "Points to spend", kind: "number" },
  "points.pending": { topic: "points", label: "Points on their way", kind: "number" },
  "parcel.carrier": { topic: "parcel", label: "Carrier", kind: "text" },
  "parcel.status": {
    topic: "parcel",
    label: "Status",
    kind: "choice",
    options: [
      "announced",
      "in_transit",
      "delayed",
      "out_for_delivery",
      "attempted",
      "ready_for_pickup",
      "delivered",
      "failed",
    ],
  },
  "parcel.way": {
    topic: "parcel",
    label: "How it reaches the shopper",
    kind: "choice",
    options: ["shipped", "pickup", "counter"],
  },
  "parcel.handover": { topic: "parcel", label: "How it was handed over", kind: "choice", options: HANDOVERS },
  "exception.kind": {
    topic: "exception",
    label: "What went wrong",
    kind: "choice",
    options: EXCEPTION_KINDS,
  },
  "exception.tell": {
    topic: "exception",
    label: "Shoppers are told about it (delivery rules)",
    kind: "yes-no",
  },
  "exception.open": { topic: "exception", label: "Is still so", kind: "yes-no" },
  "answer.survey": { topic: "answer", label: "Survey", kind: "choice" },
  "answer.score": { topic: "answer", label: "Score", kind: "number" },
  "answer.has-comment": { topic: "answer", label: "Wrote a comment", kind: "yes-no" },
  "product.title": { topic: "product", label: "Product", kind: "text" },
  "product.type": { topic: "product", label: "Type of product", kind: "choice" },
  "product.reordered": { topic: "product", label: "Was ordered again since", kind: "yes-no" },
  "product.available": { topic: "product", label: "Is in stock", kind: "yes-no" },
} as const satisfies Record<string, Attribute>;

/** What happened since somebody entered the journey: `happened:survey.answered`. */
const HAPPENED: Record<string, Attribute> = Object.fromEntries(
  HEARD_FACTS.map((fact) => [
    `happened:${fact}`,
    { topic: "journey", label: `Since the start: ${HEARD[fact].label}`, kind: "yes-no" } as const,
  ]),
);

export const ATTRIBUTES: Readonly<Record<string, Attribute>> = { ...LISTED, ...HAPPENED };

/** What a customer answered or what was found out about them: `customer.attribute:answers.nps.recommend`. */
export const CUSTOM_ATTRIBUTE = "customer.attribute:";

/** The attribute behind a key; undefined for one that is not listed. */
export function attributeOf(key: string): Attribute | undefined {
  if (key.startsWith(CUSTOM_ATTRIBUTE) && key.length > CUSTOM_ATTRIBUTE.length) {
    return { topic: "customer", label: key.slice(CUSTOM_ATTRIBUTE.length), kind: "text" };
  }
  return Object.hasOwn(ATTRIBUTES, key) ? ATTRIBUTES[key] : undefined;
}

export const OPERATOR_LABELS = {
  is: "is",
  "is-not": "is not",
  contains: "contains",
  "is-known": "is known",
  "is-unknown": "is not known",
  "any-of": "is one of",
  "none-of": "is none of",
  "has-any-of": "has one of",
  "has-none-of": "has none of",
  "at-least": "is at least",
  "at-most": "is at most",
} as const;
export type Operator = keyof typeof OPERATOR_LABELS;

/** Which operators a kind has. */
export const OPERATORS: Record<AttributeKind, readonly Operator[]> = {
  text: ["is", "is-not", "contains", "is-known", "is-unknown"],
  choice: ["any-of", "none-of"],
  list: ["has-any-of", "has-none-of"],
  number: ["at-least", "at-most", "is"],
  money: ["at-least", "at-most"],
  "yes-no": ["is"],
};

/** Money in minor units of the shop's currency; lists where the operator speaks of several; null where it needs none. */
export type ConditionValue = string | number | boolean | string[] | null;
export type Condition = { attribute: string; operator: Operator; value: ConditionValue };

/** What is known at the moment; a key that is missing or null is unknown. */
export type AttributeValue = string | number | boolean | readonly string[] | null | undefined;
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

/** What kind of value an operator wants. */
export function valueKind(
  { kind }: Attribute,
  operator: Operator,
): "none" | "words" | "word" | "number" | "yes-no" {
  if (operator === "is-known" || operator === "is-unknown") return "none";
  if (kind === "choice" || kind === "list") return "words";
  if (kind === "text") return "word";
  return kind === "yes-no" ? "yes-no" : "number";
}

/** Whether all conditions hold. Something unknown fulfils nothing but "is not", "is none of" and "is not known". */
export function allHold(conditions: readonly Condition[], values: AttributeValues): boolean {
  return conditions.every((condition) => holds(condition, values));
}

export function holds({ attribute, operator, value }: Condition, values: AttributeValues): boolean {
  const known = values[attribute] ?? null;
  switch (operator) {
    case "is-known":
      return known !== null && known !== "";
    case "is-unknown":
      return known === null || known === "";
    case "is":
      return typeof known === "string" ? sameText(known, value) : known === value;
    case "is-not":
      return !holds({ attribute, operator: "is", value }, values);
    case "contains":
      return typeof known === "string" && known.toLowerCase().includes(String(value).toLowerCase());
    case "any-of":
    case "has-any-of":
      return wordsOf(known).some((word) => Array.isArray(value) && value.some((one) => sameText(one, word)));
    case "none-of":
    case "has-none-of":
      return !holds({ attribute, operator: "any-of", value }, values);
    case "at-least":
      return typeof known === "number" && typeof value === "number" && known >= value;
    case "at-most":
      return typeof known === "number" && typeof value === "number" && known <= value;
  }
}

function wordsOf(known: AttributeValue): readonly string[] {
  if (known === null || known === undefined) return [];
  return Array.isArray(known) ? (known as readonly string[]) : [String(known)];
}

function sameText(a: string, b: ConditionValue): boolean {
  return a.toLowerCase() === String(b).toLowerCase();
}
