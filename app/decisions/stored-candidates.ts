import type { CandidateKind, JudgedCandidate, Rejection } from "./candidate";

/**
 * How a decision's candidates are stored: by column, because fifty candidates say mostly the same. Words are stored
 * once and pointed at, six-digit numbers as integers, gids without what they have in common. A fifth of the size of a
 * list of objects: the row stays within one page, and is several times cheaper to write.
 */
type StoredCandidates = {
  count: number;
  kind: Words<CandidateKind>;
  id: Words<string>;
  /** Products without PRODUCT before their number; "" for none. */
  subject: string[];
  /** These four in millionths. */
  probability: number[];
  spread: number[];
  score: number[];
  propensity: number[];
  value: number[];
  position: Words<number | null>;
  reason: Words<Rejection | null>;
  features: Record<string, Words<Feature>>;
};

/** Distinct values, and per candidate which of them (left out where all are the same); a plain list where most differ. */
type Words<T> = { of: T[]; at?: number[] } | T[];
type Feature = JudgedCandidate["features"][string] | null;

const PRODUCT = "gid://shopify/Product/";
const MILLION = 1e6;

/** JSON for `Decision.candidates`. */
export function packCandidates(candidates: JudgedCandidate[]): string {
  const stored: StoredCandidates = {
    count: candidates.length,
    kind: words(candidates.map(({ kind }) => kind)),
    id: words(candidates.map(({ id }) => id)),
    subject: candidates.map(({ subject = "" }) =>
      subject.startsWith(PRODUCT) ? subject.slice(PRODUCT.length) : subject,
    ),
    probability: candidates.map(({ probability }) => millionths(probability)),
    spread: candidates.map(({ spread }) => millionths(spread)),
    score: candidates.map(({ score }) => millionths(score)),
    propensity: candidates.map(({ propensity }) => millionths(propensity)),
    value: candidates.map(({ value }) => value),
    position: words(candidates.map(({ position = null }) => position)),
    reason: words(candidates.map(({ reason = null }) => reason)),
    features: featureColumns(candidates),
  };
  return JSON.stringify(stored);
}

/** What `packCandidates` was given. Older rows hold the list itself. */
export function unpackCandidates(json: unknown): JudgedCandidate[] {
  if (Array.isArray(json)) return json as JudgedCandidate[];
  const stored = json as StoredCandidates;
  return Array.from({ length: stored.count }, (_, index) => {
    const subject = stored.subject[index]!;
    const position = wordAt(stored.position, index);
    const reason = wordAt(stored.reason, index);
    return {
      kind: wordAt(stored.kind, index)!,
      id: wordAt(stored.id, index)!,
      ...(subject && { subject: /^\d/.test(subject) ? PRODUCT + subject : subject }),
      probability: stored.probability[index]! / MILLION,
      spread: stored.spread[index]! / MILLION,
      value: stored.value[index]!,
      score: stored.score[index]! / MILLION,
      propensity: stored.propensity[index]! / MILLION,
      ...(position && { position }),
      ...(reason && { reason }),
      features: featuresAt(stored.features, index),
    };
  });
}

function featureColumns(candidates: JudgedCandidate[]): StoredCandidates["features"] {
  const names = new Set<string>();
  for (const { features } of candidates) for (const name in features) names.add(name);
  return Object.fromEntries(
    [...names].map((name) => [name, words(candidates.map(({ features }) => features[name] ?? null))]),
  );
}

function featuresAt(columns: StoredCandidates["features"], index: number): JudgedCandidate["features"] {
  const features: JudgedCandidate["features"] = {};
  for (const [name, column] of Object.entries(columns)) {
    const value = wordAt(column, index);
    if (value !== null) features[name] = value;
  }
  return features;
}

function words<T>(values: T[]): Words<T> {
  const places = new Map<T, number>();
  let last: T | undefined;
  let place = -1;
  const at = values.map((value) => {
    if (value === last && place >= 0) return place;
    last = value;
    place = places.get(value) ?? places.size;
    if (place === places.size) places.set(value, place);
    return place;
  });
  const of = [...places.keys()];
  if (of.length <= 1) return { of };
  return of.length * 2 > values.length ? values : { of, at };
}

function wordAt<T>(words: Words<T>, index: number): T {
  if (Array.isArray(words)) return words[index]!;
  return words.of[words.at ? words.at[index]! : 0]!;
}

function millionths(value: number): number {
  return Math.round(value * MILLION);
}
