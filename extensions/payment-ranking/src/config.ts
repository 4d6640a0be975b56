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

/** `names` are normalised by `normalise`; a method on the page belongs here when its name begins with one of them. */
export type KnownMethod = { key: string; names: string[] };

export type PaymentConfig = {
  v: 1;
  salt: string;
  /** Share of buyers who keep Shopify's own order, 0 to 1. */
  holdout: number;
  methods: KnownMethod[];
  /** null: not learnt yet, or switched off; the rules still hold. */
  weights: PaymentWeights | null;
  rules: PaymentRule[];
};

/** Letters and digits in lower case: "Cash on Delivery (COD)" → "cashondeliverycod". */
export function normalise(name: string): string {
  let kept = "";
  for (const letter of name.toLowerCase()) {
    if ((letter >= "a" && letter <= "z") || (letter >= "0" && letter <= "9") || letter > "\u00bf")
      kept += letter;
  }
  return kept;
}

/** Place of the method in `methods`, by the longest name that fits; -1 when the shop's past orders do not know it. */
export function indexOfMethod(methods: KnownMethod[], shownName: string): number {
  const name = normalise(shownName);
  let found = -1;
  let longest = 0;
  methods.forEach((method, index) => {
    for (const known of method.names) {
      if (known.length > longest && name.startsWith(known)) {
        found = index;
        longest = known.length;
      }
    }
  });
  return found;
}

/** The config, or null for anything that is not exactly one: a garbled metafield must change nothing. */
export function readConfig(value: unknown): PaymentConfig | null {
  if (!isRecord(value) || value.v !== 1) return null;
  const { salt, holdout, methods, weights, rules } = value;
  if (typeof salt !== "string" || !isNumber(holdout)) return null;
  if (!Array.isArray(methods) || !methods.every(isKnownMethod)) return null;
  if (!Array.isArray(rules) || !rules.every(isRule)) return null;
  if (weights !== null && !areWeights(weights)) return null;
  return { v: 1, salt, holdout, methods, weights, rules };
}

function isKnownMethod(value: unknown): value is KnownMethod {
  return isRecord(value) && typeof value.key === "string" && isListOf(value.names, isText);
}

function isRule(value: unknown): value is PaymentRule {
  if (!isRecord(value) || typeof value.key !== "string") return false;
  const { place, countries, from } = value;
  return (
    (place === "first" || place === "last" || place === "hidden") &&
    (countries === undefined || isListOf(countries, isText)) &&
    (from === undefined || isNumber(from))
  );
}

function areWeights(weights: unknown): weights is PaymentWeights {
  if (!isRecord(weights)) return false;
  const { base, country, edges, value: bands, returning, device } = weights;
  const isRow = (row: unknown) =>
    isListOf(base, isNumber) && isListOf(row, isNumber) && row.length === base.length;
  return (
    isRow(base) &&
    isListOf(edges, isNumber) &&
    isListOf(bands, isRow) &&
    bands.length === edges.length + 1 &&
    isListOf(returning, isRow) &&
    returning.length === 2 &&
    isRecord(country) &&
    Object.values(country).every(isRow) &&
    isRecord(device) &&
    Object.values(device).every(isRow)
  );
}

const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): value is never[] {
  return Array.isArray(value) && value.every(isItem);
}
