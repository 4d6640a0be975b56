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
type Fields = Omit<JudgedCandidate, "features">;

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
] as const satisfies (keyof Fields)[];

const PRODUCT = "gid://shopify/Product/";
const MILLION = 1e6;
const LARGEST = Number.MAX_SAFE_INTEGER / 2;

/** Bytes for `Decision.candidates`. */
export function packCandidates(candidates: JudgedCandidate[]): Buffer {
  const words: Dictionary = new Map();
  const columns = new ByteWriter(256 + 40 * candidates.length);
  const features = featuresOf(candidates);
  columns.unsigned(features.length);
  for (const name of features) columns.unsigned(placeOf(words, name));
  const values: Value[] = new Array<Value>(candidates.length);
  for (const field of FIELDS) {
    for (let index = 0; index < candidates.length; index++) {
      const value = candidates[index]![field] ?? null;
      values[index] = field === "subject" ? productNumber(value as string | null) : value;
    }
    writeColumn(columns, values, words);
  }
  for (const name of features) {
    for (let index = 0; index < candidates.length; index++) {
      values[index] = candidates[index]!.features[name] ?? null;
    }
    writeColumn(columns, values, words);
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

function featuresOf(candidates: JudgedCandidate[]): string[] {
  const names = new Set<string>();
  for (const { features } of candidates) for (const name in features) names.add(name);
  return [...names];
}

/** A product by its number, anything else as it is. */
function productNumber(subject: string | null): Value {
  if (!subject?.startsWith(PRODUCT)) return subject;
  const number = Number(subject.slice(PRODUCT.length));
  return number <= LARGEST && PRODUCT + number === subject ? number : subject;
}

function writeColumn(bytes: ByteWriter, values: Value[], words: Dictionary): void {
  const how = howToStore(values);
  bytes.unsigned(how);
  if (how === ONE_WORD) return bytes.unsigned(placeOf(words, values[0] ?? null));
  let last: Value | undefined;
  let place = 0;
  for (const value of values) {
    if (how === WHOLE) bytes.signed(value as number);
    else if (how === MILLIONTHS) bytes.signed(Math.round((value as number) * MILLION));
    else {
      if (value !== last) place = placeOf(words, value);
      last = value;
      bytes.unsigned(place);
    }
  }
}

function howToStore(values: Value[]): number {
  let same = true;
  let whole = true;
  for (const value of values) {
    if (value !== values[0]) same = false;
    if (typeof value !== "number") {
      // Words it is: only whether there are several is still open.
      return values.every((other) => other === values[0]) ? ONE_WORD : WORDS;
    }
    if (!Number.isInteger(value)) whole = false;
    // A number must come back as the very same: a replay depends on it.
    const millionths = Math.round(value * MILLION);
    if (millionths / MILLION !== value || Math.abs(millionths) > LARGEST) return WORDS;
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
