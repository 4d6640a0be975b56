import { ByteReader, ByteWriter } from "./bytes";
import type { JudgedCandidate } from "./candidate";
import { unpackJson } from "./stored-candidates-json";

/**
 * How a decision's candidates are stored: in bytes, by column, because fifty candidates say mostly the same. Words are
 * stored once and pointed at, numbers take the bytes they need. The row stays in its page, and is several times cheaper
 * to write than JSON.
 *
 *   version · number of candidates · length of the words · words as a JSON list ·
 *   number of features · their names · columns, the features' last
 *   column: how it stands · one value for all, or one per candidate
 */
const VERSION = 1;

/** How a column stands. */
const ONE_WORD = 0;
const WORDS = 1;
const WHOLE = 2;
/** Six digits behind the point, as an integer. */
const MILLIONTHS = 3;

type Value = string | number | boolean | null;
type Column = (candidate: JudgedCandidate) => Value;

/**
 * In the order they are stored. A field that a candidate leaves out is null. Read by functions of their own: fields
 * named by a variable are many times slower, and this runs for fifty candidates per decision.
 */
const FIELDS: readonly (readonly [keyof JudgedCandidate, Column])[] = [
  ["kind", ({ kind }) => kind],
  ["id", ({ id }) => id],
  ["subject", ({ subject }) => productNumber(subject ?? null)],
  ["probability", ({ probability }) => probability],
  ["spread", ({ spread }) => spread],
  ["value", ({ value }) => value],
  ["score", ({ score }) => score],
  ["propensity", ({ propensity }) => propensity],
  ["position", ({ position }) => position ?? null],
  ["reason", ({ reason }) => reason ?? null],
];

const PRODUCT = "gid://shopify/Product/";
const ZERO = "0".charCodeAt(0);
/** Any number of so many digits is exact, and has room for its sign. */
const MOST_DIGITS = 15;
const MILLION = 1e6;
const LARGEST = Number.MAX_SAFE_INTEGER / 2;

/** Bytes for `Decision.candidates`. */
export function packCandidates(candidates: JudgedCandidate[]): Buffer {
  const words: Dictionary = new Map();
  const columns = new ByteWriter(256 + 40 * candidates.length);
  const features = featuresOf(candidates);
  columns.unsigned(features.length);
  for (const name of features) columns.unsigned(placeOf(words, name));
  for (const [, read] of FIELDS) writeColumn(columns, candidates, read, words);
  for (const name of features) {
    writeColumn(columns, candidates, (candidate) => candidate.features[name] ?? null, words);
  }

  const dictionary = Buffer.from(JSON.stringify([...words.keys()]));
  const stored = new ByteWriter(16 + dictionary.length + columns.bytes().length);
  stored.unsigned(VERSION);
  stored.unsigned(candidates.length);
  stored.unsigned(dictionary.length);
  stored.raw(dictionary);
  stored.raw(columns.bytes());
  return stored.bytes();
}

/**
 * What `packCandidates` was given.
 * @param stored the column's bytes; older rows hold JSON
 */
export function unpackCandidates(stored: Uint8Array): JudgedCandidate[] {
  if (stored[0] !== VERSION) return unpackJson(JSON.parse(Buffer.from(stored).toString("utf8")));
  const reader = new ByteReader(stored);
  reader.unsigned();
  const candidates: JudgedCandidate[] = Array.from(
    { length: reader.unsigned() },
    () => ({ features: {} }) as JudgedCandidate,
  );
  const words = JSON.parse(reader.text(reader.unsigned())) as Value[];
  const features = Array.from({ length: reader.unsigned() }, () => words[reader.unsigned()] as string);
  for (const [field] of FIELDS) {
    readColumn(reader, candidates.length, words).forEach((value, index) => {
      const told = field === "subject" && typeof value === "number" ? PRODUCT + value : value;
      if (told !== null) Object.assign(candidates[index]!, { [field]: told });
    });
  }
  for (const name of features) {
    readColumn(reader, candidates.length, words).forEach((value, index) => {
      if (value !== null) candidates[index]!.features[name] = value;
    });
  }
  return candidates;
}

type Dictionary = Map<Value, number>;

function placeOf(words: Dictionary, word: Value): number {
  const known = words.get(word);
  if (known !== undefined) return known;
  words.set(word, words.size);
  return words.size - 1;
}

function featuresOf(candidates: JudgedCandidate[]): string[] {
  const names = new Set<string>();
  for (const { features } of candidates) for (const name in features) names.add(name);
  return [...names];
}

/** A product by its number, anything else as it is. Digit by digit: fifty substrings would cost more than the rest. */
function productNumber(subject: string | null): Value {
  if (!subject?.startsWith(PRODUCT)) return subject;
  const digits = subject.length - PRODUCT.length;
  if (digits === 0 || digits > MOST_DIGITS || subject.charCodeAt(PRODUCT.length) === ZERO) return subject;
  let number = 0;
  for (let at = PRODUCT.length; at < subject.length; at++) {
    const digit = subject.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return subject;
    number = number * 10 + digit;
  }
  return number;
}

function writeColumn(
  bytes: ByteWriter,
  candidates: JudgedCandidate[],
  read: Column,
  words: Dictionary,
): void {
  const values = candidates.map(read);
  const how = howToStore(values);
  bytes.unsigned(how);
  if (how === ONE_WORD) bytes.unsigned(placeOf(words, values[0] ?? null));
  else if (how === WORDS) writeWords(bytes, values, words);
  else bytes.signedAll(values as number[], how === MILLIONTHS ? MILLION : 1);
}

function writeWords(bytes: ByteWriter, values: Value[], words: Dictionary): void {
  let last: Value | undefined;
  let place = 0;
  for (const value of values) {
    if (value !== last) place = placeOf(words, value);
    last = value;
    bytes.unsigned(place);
  }
}

function howToStore(values: Value[]): number {
  const first = values[0];
  let same = true;
  let whole = true;
  let sixDigits = true;
  for (const value of values) {
    if (value !== first) same = false;
    if (typeof value !== "number") whole = sixDigits = false;
    else {
      // A number must come back as the very same: a replay depends on it.
      const millionths = Math.round(value * MILLION);
      if (Math.abs(millionths) > LARGEST || millionths / MILLION !== value) sixDigits = false;
      if (Math.abs(value) > LARGEST || Math.round(value) !== value) whole = false;
    }
    if (!same && !whole && !sixDigits) return WORDS;
  }
  if (same) return ONE_WORD;
  return whole ? WHOLE : MILLIONTHS;
}

function readColumn(reader: ByteReader, count: number, words: Value[]): Value[] {
  const how = reader.unsigned();
  if (how === ONE_WORD) return new Array<Value>(count).fill(words[reader.unsigned()]!);
  return Array.from({ length: count }, () => {
    if (how === WHOLE) return reader.signed();
    if (how === MILLIONTHS) return reader.signed() / MILLION;
    return words[reader.unsigned()]!;
  });
}
