import { hashText } from "../random";
import type { CandidateFeatures, ContextFeatures } from "./model";

/**
 * From what is known of a moment and a candidate, in words, to what the model weighs. The words are stored with the
 * decision: they are what is learnt from and what is explained, so both sides always see the same.
 */

/** What is known of the moment: name → value in few words. No personal data. */
export type Traits = Record<string, string>;

/** What the model must know of a candidate. */
export type Described = {
  kind: string;
  id: string;
  subject?: string;
  features: Record<string, string | number | boolean>;
};

/** How well a candidate fits this very order: weighed alone, not again for each kind of order. */
const FITS = new Set(["fit", "source", "match", "history"]);
/** More features than these are left out: a candidate must not cost more than it can win. */
const MOST_FEATURES = 12;

export function contextFeatures(traits: Traits): ContextFeatures {
  const hashes: number[] = [];
  for (const name in traits) hashes.push(hashOf(name, traits[name]!));
  return { hashes, values: hashes.map(() => 1) };
}

export function candidateFeatures(described: Described): CandidateFeatures {
  const { kind, id, subject, features } = described;
  const identities = [hashOf("candidate", id)];
  if (subject) identities.push(hashOf("subject", subject));
  const traits = [hashOf("kind", kind)];
  const fits: number[] = [];
  let count = 0;
  for (const name in features) {
    const value = features[name];
    if (value === undefined || ++count > MOST_FEATURES) continue;
    (FITS.has(name) ? fits : traits).push(hashOf(name, wordFor(value)));
  }
  return { identities, traits, fits };
}

/** A feature that speaks for or against a candidate, as it is hashed, in words. */
export type Word = {
  role: "context" | "identity" | "trait" | "fit";
  name: string;
  value: string;
  hash: number;
};

/** The same features as above, with their words; for explaining. */
export function wordsOf({ kind, id, subject, features }: Described, traits: Traits): Word[] {
  const word = (role: Word["role"], name: string, value: string): Word => ({
    role,
    name,
    value,
    hash: hashOf(name, value),
  });
  return [
    ...Object.entries(traits).map(([name, value]) => word("context", name, value)),
    word("identity", "candidate", id),
    ...(subject ? [word("identity", "subject", subject)] : []),
    word("trait", "kind", kind),
    ...Object.entries(features)
      .slice(0, MOST_FEATURES)
      .map(([name, value]) => word(FITS.has(name) ? "fit" : "trait", name, wordFor(value))),
  ];
}

function wordFor(value: string | number | boolean): string {
  return typeof value === "number" ? band(value) : String(value);
}

/** Numbers that differ by a factor of about two fall into one band. */
export function band(value: number): string {
  if (!Number.isFinite(value)) return "unknown";
  if (value === 0) return "0";
  return `${value < 0 ? "-" : ""}2^${Math.round(Math.log2(Math.abs(value)))}`;
}

const known = new Map<string, Map<string, number>>();
let size = 0;
/** The same few thousand words come again and again. */
const MOST_KNOWN = 50_000;

function hashOf(name: string, value: string): number {
  let values = known.get(name);
  if (!values) known.set(name, (values = new Map()));
  const before = values.get(value);
  if (before !== undefined) return before;
  if (++size > MOST_KNOWN) {
    known.clear();
    size = 1;
    known.set(name, (values = new Map()));
  }
  const hash = hashText(`${name}=${value}`);
  values.set(value, hash);
  return hash;
}
