import type { JudgedCandidate } from "./candidate";

/** Candidates of decisions from before they were stored in bytes: JSON by column, or a plain list. */
type StoredJson = {
  count: number;
  subject: string[];
  features: Record<string, Words>;
} & Record<"kind" | "id" | "value" | "position" | "reason", Words> &
  Record<"probability" | "spread" | "score" | "propensity", number[]>;

type Value = string | number | boolean | null;
/** Distinct values and per candidate which of them, where not all are the same; a plain list where most differ. */
type Words = { of: Value[]; at?: number[] } | Value[];

const PRODUCT = "gid://shopify/Product/";
const MILLION = 1e6;

export function unpackJson(json: unknown): JudgedCandidate[] {
  if (Array.isArray(json)) return json as JudgedCandidate[];
  const stored = json as StoredJson;
  return Array.from({ length: stored.count }, (_, index) => {
    const subject = stored.subject[index]!;
    const position = wordAt(stored.position, index);
    const reason = wordAt(stored.reason, index);
    const features = Object.entries(stored.features)
      .map(([name, column]) => [name, wordAt(column, index)] as const)
      .filter(([, value]) => value !== null);
    return {
      kind: wordAt(stored.kind, index),
      id: wordAt(stored.id, index),
      ...(subject && { subject: /^\d/.test(subject) ? PRODUCT + subject : subject }),
      probability: stored.probability[index]! / MILLION,
      spread: stored.spread[index]! / MILLION,
      value: wordAt(stored.value, index),
      score: stored.score[index]! / MILLION,
      propensity: stored.propensity[index]! / MILLION,
      ...(position && { position }),
      ...(reason && { reason }),
      features: Object.fromEntries(features),
    } as JudgedCandidate;
  });
}

function wordAt(words: Words, index: number): Value {
  if (Array.isArray(words)) return words[index]!;
  return words.of[words.at ? words.at[index]! : 0]!;
}
