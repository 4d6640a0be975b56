/**
 * What the function knows about a shop: one JSON metafield on the payment customization, written by the app. The app
 * runs this very code too (preview, figures), so that both can never disagree.
 */

/**
 * Log-odds per learnt method: those come first in `PaymentConfig.methods`, in the same order. A missing country or
 * device adds nothing.
 */
export type PaymentWeights = {
  base: number[];
  country: Record<string, number[]>;
  /** Upper ends of all value bands but the last, in major units of the shop's currency, rising. */
  edges: number[];
  value: number[][];
  /** [new buyers, returning buyers] */
  returning: number[][];
  device: Record<string, number[]>;
};

export type PaymentRule = {
  key: string;
  place: "first" | "last" | "hidden";
  /** ISO codes; absent: everywhere. */
  countries?: string[];
  /** Only from this total on, in major units of the shop's currency. */
  from?: number;
};

export type PaymentConfig = {
  v: 1;
  salt: string;
  /** Share of buyers who keep Shopify's own order, 0 to 1. */
  holdout: number;
  /** Keys; those that were learnt come first. */
  methods: string[];
  /**
   * What the payment step may call a method, normalised → its place in `methods`. A shown name belongs to the longest of
   * these that it begins with.
   */
  names: Record<string, number>;
  /** null: not learnt yet, or switched off; the rules still hold. */
  weights: PaymentWeights | null;
  rules: PaymentRule[];
};

/** Method names beyond it say nothing more. */
export const LONGEST_NAME = 60;

/** Letters and digits in lower case: "Cash on Delivery (COD)" → "cashondeliverycod". */
export function normalise(name: string): string {
  let kept = "";
  for (const letter of name.toLowerCase()) {
    if ((letter >= "a" && letter <= "z") || (letter >= "0" && letter <= "9") || letter > "\u00bf")
      kept += letter;
  }
  return kept;
}

/** Place of a shown method in `methods`; -1 when the shop's past orders do not know it. */
export function indexOfMethod({ names }: Pick<PaymentConfig, "names">, shownName: string): number {
  const name = normalise(shownName);
  for (let length = Math.min(name.length, LONGEST_NAME); length > 0; length--) {
    const index: unknown = names[name.slice(0, length)];
    if (typeof index === "number") return index;
  }
  return -1;
}

/**
 * The config, or null for anything that is not one: a garbled metafield must change nothing. Looks at every part, but not
 * at every number: Shopify counts instructions, and a buyer needs few of the weights (`scoresFor` looks at those).
 */
export function readConfig(value: unknown): PaymentConfig | null {
  if (!isRecord(value) || value.v !== 1) return null;
  const { salt, holdout, methods, names, weights, rules } = value;
  if (typeof salt !== "string" || !isNumber(holdout)) return null;
  if (!isListOf(methods, isText) || !isRecord(names)) return null;
  if (!isListOf(rules, isRule)) return null;
  if (weights !== null && !areWeights(weights)) return null;
  return { v: 1, salt, holdout, methods, names: names as Record<string, number>, weights, rules };
}

function isRule(value: unknown): value is PaymentRule {
  if (!isRecord(value) || typeof value.key !== "string") return false;
  const { place, countries, from } = value;
  return (
    (place === "first" || place === "last" || place === "hidden") &&
    (countries === undefined || Array.isArray(countries)) &&
    (from === undefined || isNumber(from))
  );
}

function areWeights(weights: unknown): weights is PaymentWeights {
  return (
    isRecord(weights) &&
    isListOf(weights.base, isNumber) &&
    isListOf(weights.edges, isNumber) &&
    Array.isArray(weights.value) &&
    Array.isArray(weights.returning) &&
    isRecord(weights.country) &&
    isRecord(weights.device)
  );
}

/** One finite number per learnt method. */
export function isRow(value: unknown, length: number): value is number[] {
  return isListOf(value, isNumber) && value.length === length;
}

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOf<Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[] {
  return Array.isArray(value) && value.every(isItem);
}
