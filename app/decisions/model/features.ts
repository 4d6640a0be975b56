import { hashText } from "../random";
import type { Features } from "../candidate";
import type { CandidateFeatures, ContextFeatures } from "./model";
import type { Numbers } from "./numbers";

/**
 * From what is known of a moment and a candidate, in words, to what the model weighs. The words are stored with the
 * decision: they are what is learnt from and what is explained, so both sides always see the same.
 */

/** What is known of the moment: name → value in few words, or a number. No personal data. */
export type Traits = Record<string, string | number>;

/** What the model must know of a candidate. */
export type Described = {
  kind: string;
  id: string;
  subject?: string;
  fit?: number;
  features: Features;
};

/** How well a candidate fits this very order: weighed alone, not again for each kind of order. */
const FITS = new Set(["fit", "source", "match", "history"]);
/** More features than these are left out: a candidate must not cost more than it can win. */
const MOST_FEATURES = 12;

export function contextFeatures(traits: Traits): ContextFeatures {
  const hashes: number[] = [];
  let hasNumbers = false;
  for (const name in traits) {
    const value = traits[name]!;
    if (typeof value === "string") hashes.push(lookUp(columnOf(name), value));
    else hasNumbers = true;
  }
  return hasNumbers ? { hashes, numbers: hashedNumbers(traits) } : { hashes };
}

function hashedNumbers(traits: Traits): Numbers {
  const numbers = numbersIn(traits);
  return {
    hashes: numbers.map(([name]) => hashOf(name, "number")),
    values: numbers.map(([, value]) => value),
  };
}

/** What is not a number is left out. */
export function numbersIn(traits: Traits): [name: string, value: number][] {
  return Object.entries(traits).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
}

export function candidateFeatures({ kind, id, subject, fit, features }: Described): CandidateFeatures {
  const identities = subject ? [lookUp(CANDIDATE, id), lookUp(SUBJECT, subject)] : [lookUp(CANDIDATE, id)];
  const hashes = hashesOf(kind, features);
  const fits = fit === undefined ? hashes.fits : withFit(hashes, lookUp(FIT, fit));
  return { identities, traits: hashes.traits, fits };
}

type Hashes = Pick<CandidateFeatures, "traits" | "fits"> & {
  kind: string;
  /** The fits together with how well a candidate fits, by that: there are a dozen bands. */
  fitting: Map<number, number[]>;
};
const NOT_YET: Hashes = { kind: "", traits: [], fits: [], fitting: new Map() };
const hashed = new WeakMap<Features, Hashes>();

/** Features that many candidates have, by what they say. */
const known = new Map<string, Features>();

/**
 * The one object for all features that say the same: it is hashed once, and stored once for all candidates of a decision
 * that have it. For features that come again and again; to look them up here costs more than to hash them.
 */
export function shared(features: Features): Features {
  const said = JSON.stringify(features);
  let one = known.get(said);
  if (!one) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(said, (one = Object.freeze(features)));
    hashed.set(one, NOT_YET);
  }
  return one;
}

function hashesOf(kind: string, features: Features): Hashes {
  const before = hashed.get(features);
  if (before?.kind === kind) return before;
  const hashes: Hashes = { kind, traits: [lookUp(KIND, kind)], fits: [], fitting: new Map() };
  let count = 0;
  for (const name in features) {
    const value = features[name];
    if (value === undefined || ++count > MOST_FEATURES) continue;
    const column = columnOf(name);
    (column.fits ? hashes.fits : hashes.traits).push(lookUp(column, value));
  }
  if (before) hashed.set(features, hashes);
  return hashes;
}

function withFit({ fits, fitting }: Hashes, fit: number): number[] {
  let known = fitting.get(fit);
  if (!known) fitting.set(fit, (known = [...fits, fit]));
  return known;
}

/** A feature that speaks for or against a candidate, as it is hashed, in words. */
export type Word = {
  role: "context" | "identity" | "trait" | "fit";
  name: string;
  value: string;
  hash: number;
};

/** The same features as above, with their words; for explaining. */
export function wordsOf({ kind, id, subject, fit, features }: Described, traits: Traits): Word[] {
  const word = (role: Word["role"], name: string, value: string): Word => ({
    role,
    name,
    value,
    hash: hashOf(name, value),
  });
  return [
    ...Object.entries(traits).flatMap(([name, value]) =>
      typeof value === "string" ? word("context", name, value) : [],
    ),
    word("identity", "candidate", id),
    ...(subject ? [word("identity", "subject", subject)] : []),
    word("trait", "kind", kind),
    ...(fit === undefined ? [] : [word("fit", "fit", wordFor(fit))]),
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
  return `${value < 0 ? "-" : ""}2^${exponentOf(value)}`;
}

function exponentOf(value: number): number {
  return Math.round(Math.log2(Math.abs(value)));
}

/** What is known of a feature's values. The last one is remembered apart: candidates of one order mostly agree. */
type Column = {
  name: string;
  fits: boolean;
  /** Words, and numbers by the exponent of their band: to put a band into words each time would cost more than to rank. */
  hashes: Map<string | number | boolean, number>;
  last: string | number | boolean | undefined;
  lastHash: number;
};

const columns = new Map<string, Column>();
const CANDIDATE = columnOf("candidate");
const SUBJECT = columnOf("subject");
const KIND = columnOf("kind");
const FIT = columnOf("fit");
/** The same few thousand words come again and again. */
const MOST_KNOWN = 50_000;

/** Names come from our own sources: there are few. */
function columnOf(name: string): Column {
  let column = columns.get(name);
  if (!column) {
    column = { name, fits: FITS.has(name), hashes: new Map(), last: undefined, lastHash: 0 };
    columns.set(name, column);
  }
  return column;
}

function lookUp(column: Column, value: string | number | boolean): number {
  if (value === column.last) return column.lastHash;
  // Above zero the exponent says which band it is; other numbers are rare.
  const key =
    typeof value !== "number" ? value : value > 0 && value < Infinity ? exponentOf(value) : band(value);
  let hash = column.hashes.get(key);
  if (hash === undefined) {
    if (column.hashes.size >= MOST_KNOWN) column.hashes.clear();
    column.hashes.set(key, (hash = hashOf(column.name, wordFor(value))));
  }
  column.last = value;
  column.lastHash = hash;
  return hash;
}

/** Signed, because such integers need no memory of their own. */
function hashOf(name: string, value: string): number {
  return hashText(`${name}=${value}`) | 0;
}
