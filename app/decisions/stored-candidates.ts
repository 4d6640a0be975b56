import { ByteReader, ByteWriter } from "./bytes";
import type { Features, JudgedCandidate } from "./candidate";
import type { Verdicts } from "./verdicts";

/**
 * How a decision's candidates are stored: in bytes, by column, because fifty candidates say mostly the same. Words are
 * stored once and pointed at, features that several candidates share too, and numbers take the bytes they need. The row
 * stays in its page, and is several times cheaper to write than JSON.
 *
 *   version · number of candidates · length of the words · words as a JSON list · columns of the candidates' fields ·
 *   number of different features · number of their names · names · columns of the features, one for each name
 *   column: how it stands · one value for all, or one per row
 */
const VERSION = 2;

/** How a column stands. */
const ONE_WORD = 0;
const WORDS = 1;
const WHOLE = 2;
/** Six digits behind the point, as an integer. */
const MILLIONTHS = 3;

type Value = string | number | boolean | null;
type Dictionary = Map<Value, number>;

/** In the order they are stored. A field that a candidate leaves out is null; `features` says which of the different ones. */
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
  "fit",
  "features",
] as const satisfies readonly (keyof JudgedCandidate)[];

const PRODUCT = "gid://shopify/Product/";
/** Any number of so many digits is exact, and has room for its sign. */
const MOST_DIGITS = 15;
const MILLION = 1e6;
const LARGEST = Number.MAX_SAFE_INTEGER / 2;

/** Used again by every decision: the bytes are copied out of it. */
const columnsOut = new ByteWriter(16_384);
const allOut = new ByteWriter(32_768);

/** What candidates say of themselves; the rest is in the verdicts. */
type Described = Pick<JudgedCandidate, "kind" | "id" | "subject" | "fit" | "features">;

/** Bytes for `Decision.candidates`. Runs for fifty candidates per decision. */
export function packCandidates(candidates: readonly Described[], verdicts: Verdicts): Buffer {
  const words: Dictionary = new Map();
  const count = candidates.length;
  const kinds = new Array<Value>(count);
  const ids = new Array<Value>(count);
  const subjects = new Array<Value>(count);
  const fits = new Array<Value>(count);
  const features = new Array<Value>(count);
  const places = new Map<Features, number>();
  for (let index = 0; index < count; index++) {
    const candidate = candidates[index]!;
    kinds[index] = candidate.kind;
    ids[index] = candidate.id;
    subjects[index] = candidate.subject === undefined ? null : subjectValue(candidate.subject);
    fits[index] = candidate.fit ?? null;
    features[index] = placeIn(places, candidate.features);
  }
  const { probability, spread, value, score, propensity, position, reason } = verdicts;
  columnsOut.empty();
  for (const values of [kinds, ids, subjects]) writeColumn(columnsOut, values, words);
  for (const values of [probability, spread, value, score, propensity])
    writeColumn(columnsOut, values, words);
  for (const values of [position, reason, fits, features]) writeColumn(columnsOut, values, words);
  writeFeatures(columnsOut, [...places.keys()], words);

  const dictionary = JSON.stringify([...words.keys()]);
  allOut.empty();
  allOut.unsigned(VERSION);
  allOut.unsigned(count);
  allOut.unsigned(Buffer.byteLength(dictionary));
  allOut.text(dictionary);
  allOut.raw(columnsOut.bytes());
  return Buffer.from(allOut.bytes());
}

/** A column for each name that any of the features have. */
function writeFeatures(bytes: ByteWriter, different: Features[], words: Dictionary): void {
  const names: string[] = [];
  const columns: Value[][] = [];
  for (let row = 0; row < different.length; row++) {
    const cells = cellsOf(different[row]!);
    // Features of one kind have their names in one order, so that the next name is nearly always the expected one.
    let place = 0;
    for (let at = 0; at < cells.length; at += 2) {
      const name = cells[at] as string;
      if (names[place] !== name) place = names.indexOf(name);
      if (place < 0) {
        place = names.push(name) - 1;
        columns.push(new Array<Value>(different.length).fill(null));
      }
      columns[place]![row] = cells[at + 1]!;
      place++;
    }
  }
  bytes.unsigned(different.length);
  bytes.unsigned(names.length);
  for (const name of names) bytes.unsigned(placeIn(words, name));
  for (const column of columns) writeColumn(bytes, column, words);
}

/** Names and values in turn, of features that were met before: the same ones come again and again. */
const knownCells = new WeakMap<Features, Value[]>();

function cellsOf(features: Features): Value[] {
  let cells = knownCells.get(features);
  if (!cells) knownCells.set(features, (cells = Object.entries(features).flat()));
  return cells;
}

/**
 * What `packCandidates` was given.
 * @param stored the column's bytes
 */
export function unpackCandidates(stored: Uint8Array): JudgedCandidate[] {
  const reader = new ByteReader(stored);
  const version = reader.unsigned();
  if (version !== VERSION) throw new Error(`candidates are stored in form ${version}, not ${VERSION}`);
  const count = reader.unsigned();
  const words = JSON.parse(reader.text(reader.unsigned())) as Value[];
  const columns = FIELDS.map((field) => ({ field, values: readColumn(reader, count, words) }));
  const different = readFeatures(reader, words);
  return Array.from({ length: count }, (_, index) => {
    const candidate: Record<string, unknown> = {};
    for (const { field, values } of columns) {
      const value = values[index]!;
      if (field === "features") candidate.features = { ...different[value as number] };
      else if (value !== null)
        candidate[field] = field === "subject" && typeof value === "number" ? PRODUCT + value : value;
    }
    return candidate as JudgedCandidate;
  });
}

function readFeatures(reader: ByteReader, words: Value[]): Features[] {
  const different: Record<string, string | number | boolean>[] = Array.from(
    { length: reader.unsigned() },
    () => ({}),
  );
  const names = Array.from({ length: reader.unsigned() }, () => words[reader.unsigned()] as string);
  for (const name of names) {
    readColumn(reader, different.length, words).forEach((value, row) => {
      if (value !== null) different[row]![name] = value;
    });
  }
  return different;
}

/** Where it stands among what was met so far; new things go to the end. */
function placeIn<Thing>(met: Map<Thing, number>, thing: Thing): number {
  const known = met.get(thing);
  if (known !== undefined) return known;
  met.set(thing, met.size);
  return met.size - 1;
}

/** Subjects as they are stored: the same products come again and again, and their digits need not be read each time. */
const knownSubjects = new Map<string, Value>();
const MOST_KNOWN = 50_000;

function subjectValue(subject: string): Value {
  let value = knownSubjects.get(subject);
  if (value === undefined) {
    if (knownSubjects.size >= MOST_KNOWN) knownSubjects.clear();
    knownSubjects.set(subject, (value = productNumber(subject)));
  }
  return value;
}

/** A product by its number, anything else as it is. */
function productNumber(subject: string): Value {
  if (!subject.startsWith(PRODUCT)) return subject;
  const digits = subject.slice(PRODUCT.length);
  return digits.length <= MOST_DIGITS && /^[1-9]\d*$/.test(digits) ? Number(digits) : subject;
}

function writeColumn(bytes: ByteWriter, values: Value[], words: Dictionary): void {
  if (isOneValue(values)) {
    bytes.unsigned(ONE_WORD);
    bytes.unsigned(placeIn(words, values[0] ?? null));
    return;
  }
  const whole = asIntegers(values);
  if (whole) {
    bytes.unsigned(whole.how);
    bytes.signedAll(whole.numbers, values.length);
    return;
  }
  bytes.unsigned(WORDS);
  let last: Value | undefined;
  let place = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value !== last) place = placeIn(words, value);
    last = value;
    bytes.unsigned(place);
  }
}

function isOneValue(values: Value[]): boolean {
  const first = values[0];
  for (let row = 1; row < values.length; row++) if (values[row] !== first) return false;
  return true;
}

/** Room for a column's numbers, used again by each. */
let millionths = new Float64Array(64);

/** The column as integers, where each comes back from them as the very same: a replay depends on it. */
function asIntegers(
  values: Value[],
): { how: typeof WHOLE | typeof MILLIONTHS; numbers: ArrayLike<number> } | null {
  if (values.length > millionths.length) millionths = new Float64Array(2 * values.length);
  let isWhole = true;
  let isExact = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value !== "number") return null;
    const scaled = Math.round(value * MILLION);
    if (Math.floor(value) !== value || Math.abs(value) > LARGEST) isWhole = false;
    if (scaled / MILLION !== value || Math.abs(scaled) > LARGEST) isExact = false;
    if (!isWhole && !isExact) return null;
    millionths[row] = scaled;
  }
  return isWhole
    ? { how: WHOLE, numbers: values as ArrayLike<number> }
    : { how: MILLIONTHS, numbers: millionths };
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
