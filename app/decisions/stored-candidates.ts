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

/** In the order they are stored. A field that a candidate leaves out is null. */
const FIELDS = [
  "kind",
  "id",
  "subject",
  "probability",
  "spread",
  "value",
  "score",
  "propensity",
  "position",
  "reason",
] as const satisfies readonly (keyof JudgedCandidate)[];

const PRODUCT = "gid://shopify/Product/";
const ZERO = "0".charCodeAt(0);
/** Any number of so many digits is exact, and has room for its sign. */
const MOST_DIGITS = 15;
const MILLION = 1e6;
const LARGEST = Number.MAX_SAFE_INTEGER / 2;

/** Bytes for `Decision.candidates`. Runs for fifty candidates per decision: one pass to lay out, one per column. */
export function packCandidates(candidates: JudgedCandidate[]): Buffer {
  const words: Dictionary = new Map();
  const bytes = new ByteWriter(256 + 40 * candidates.length);
  const { names, columns } = layOut(candidates);
  bytes.unsigned(names.length);
  for (const name of names) bytes.unsigned(placeOf(words, name));
  for (const column of columns) writeColumn(bytes, column, words);

  const dictionary = Buffer.from(JSON.stringify([...words.keys()]));
  const packed = bytes.bytes();
  const stored = new ByteWriter(16 + dictionary.length + packed.length);
  stored.unsigned(VERSION);
  stored.unsigned(candidates.length);
  stored.unsigned(dictionary.length);
  stored.raw(dictionary);
  stored.raw(packed);
  return stored.bytes();
}

/** The fields' columns, then one for each feature that any candidate has. */
function layOut(candidates: JudgedCandidate[]): { names: string[]; columns: Value[][] } {
  const count = candidates.length;
  const fields = FIELDS.map(() => new Array<Value>(count));
  const [kinds, ids, subjects, probabilities, spreads, values, scores, propensities, positions, reasons] =
    fields as [Value[], Value[], Value[], Value[], Value[], Value[], Value[], Value[], Value[], Value[]];
  const names: string[] = [];
  const features: Value[][] = [];
  for (let index = 0; index < count; index++) {
    const candidate = candidates[index]!;
    kinds[index] = candidate.kind;
    ids[index] = candidate.id;
    subjects[index] = productNumber(candidate.subject ?? null);
    probabilities[index] = candidate.probability;
    spreads[index] = candidate.spread;
    values[index] = candidate.value;
    scores[index] = candidate.score;
    propensities[index] = candidate.propensity;
    positions[index] = candidate.position ?? null;
    reasons[index] = candidate.reason ?? null;
    // Candidates of one kind name their features in one order, so that the next name is nearly always the expected one.
    let place = 0;
    for (const name in candidate.features) {
      if (names[place] !== name) place = placeOfName(names, features, name, count);
      features[place]![index] = candidate.features[name]!;
      place++;
    }
  }
  return { names, columns: [...fields, ...features] };
}

function placeOfName(names: string[], features: Value[][], name: string, count: number): number {
  const known = names.indexOf(name);
  if (known >= 0) return known;
  features.push(new Array<Value>(count).fill(null));
  return names.push(name) - 1;
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
  for (const field of FIELDS) {
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

function writeColumn(bytes: ByteWriter, values: Value[], words: Dictionary): void {
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
  let differs = 0;
  while (differs < values.length && values[differs] === first) differs++;
  if (differs === values.length) return ONE_WORD;
  if (typeof first !== "number") return WORDS;
  let whole = true;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== "number") return WORDS;
    if (Math.floor(value) !== value || Math.abs(value) > LARGEST) whole = false;
  }
  if (whole) return WHOLE;
  return areMillionths(values as number[]) ? MILLIONTHS : WORDS;
}

/** Whether each comes back as the very same: a replay depends on it. */
function areMillionths(values: number[]): boolean {
  for (let index = 0; index < values.length; index++) {
    const millionths = Math.round(values[index]! * MILLION);
    if (millionths / MILLION !== values[index] || Math.abs(millionths) > LARGEST) return false;
  }
  return true;
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
