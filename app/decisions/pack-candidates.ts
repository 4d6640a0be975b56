import { ByteWriter } from "./bytes";
import type { Features, JudgedCandidate } from "./candidate";
import {
  MILLION,
  MILLIONTHS,
  ONE_WORD,
  PRODUCT,
  VERSION,
  WHOLE,
  WORDS,
  type Value,
} from "./stored-candidates";
import type { Verdicts } from "./verdicts";

/** Any number of so many digits is exact, and has room for its sign. */
const MOST_DIGITS = 15;
const LARGEST = Number.MAX_SAFE_INTEGER / 2;

/** What candidates say of themselves; the rest is in the verdicts. */
type Described = Pick<JudgedCandidate, "kind" | "id" | "subject" | "fit" | "features">;

/**
 * Bytes for `Decision.candidates`. Runs for fifty candidates per decision, so what it works with is made once: fresh
 * memory would take longer to fetch than the work itself.
 */
export function packCandidates(candidates: readonly Described[], verdicts: Verdicts): Buffer {
  const count = candidates.length;
  startWords();
  startFeatures();
  columnsOut.empty();
  describeInto(candidates);
  for (const column of [kinds, ids, subjects]) writeValues(column, count);
  const { probability, spread, value, score, propensity, position, reason } = verdicts;
  for (const numbers of [probability, spread, value, score, propensity]) writeNumbers(numbers, count);
  writeValues(placesFrom(position, count), count);
  writeValues(reason, count);
  writeValues(fits, count);
  writeValues(features, count);
  writeFeatures();

  allOut.empty();
  allOut.unsigned(VERSION);
  allOut.unsigned(count);
  const dictionary = JSON.stringify(words);
  allOut.unsigned(Buffer.byteLength(dictionary));
  allOut.text(dictionary);
  allOut.raw(columnsOut.bytes());
  return Buffer.from(allOut.bytes());
}

/** Used again by every decision: the bytes are copied out of it. */
const columnsOut = new ByteWriter(16_384);
const allOut = new ByteWriter(32_768);
const kinds: Value[] = [];
const ids: Value[] = [];
const subjects: Value[] = [];
const fits: Value[] = [];
const features: Value[] = [];
const positions: Value[] = [];

function describeInto(candidates: readonly Described[]): void {
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index]!;
    kinds[index] = candidate.kind;
    ids[index] = candidate.id;
    subjects[index] = candidate.subject === undefined ? null : subjectValue(candidate.subject);
    fits[index] = candidate.fit ?? null;
    features[index] = placeOfFeatures(candidate.features);
  }
}

function placesFrom(position: Uint8Array, count: number): Value[] {
  for (let index = 0; index < count; index++) positions[index] = position[index]! || null;
  return positions;
}

/** A column for each name that any of the different features have. */
function writeFeatures(): void {
  const names: string[] = [];
  const columns: Value[][] = [];
  for (let row = 0; row < different.length; row++) {
    const { cells } = different[row]!;
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
  columnsOut.unsigned(different.length);
  columnsOut.unsigned(names.length);
  for (const name of names) columnsOut.unsigned(placeOfWord(name));
  for (const column of columns) writeValues(column, different.length);
}

/** Something that came before, and where it stands among what this decision has of its kind, if it has it. */
type Met = { round: number; place: number };
/** Counts decisions. */
let round = 0;
/** The same few thousand words come again and again. */
const knownWords = new Map<Value, Met>();
const MOST_KNOWN = 50_000;
const words: Value[] = [];

function startWords(): void {
  round++;
  words.length = 0;
  if (knownWords.size > MOST_KNOWN) knownWords.clear();
}

/** Where a word stands among those of this decision; a new one goes to the end. */
function placeOfWord(word: Value): number {
  let met = knownWords.get(word);
  if (!met) knownWords.set(word, (met = { round: 0, place: 0 }));
  if (met.round !== round) {
    met.round = round;
    met.place = words.push(word) - 1;
  }
  return met.place;
}

/** Features that were met before, as names and values in turn: many candidates share one object, over many decisions. */
type MetFeatures = Met & { cells: Value[] };
const knownFeatures = new WeakMap<Features, MetFeatures>();
const different: MetFeatures[] = [];

function startFeatures(): void {
  different.length = 0;
}

function placeOfFeatures(features: Features): number {
  let met = knownFeatures.get(features);
  if (!met) {
    met = { round: 0, place: 0, cells: Object.entries(features).flat() };
    knownFeatures.set(features, met);
  }
  if (met.round !== round) {
    met.round = round;
    met.place = different.push(met) - 1;
  }
  return met.place;
}

/** Subjects as they are stored: the same products come again and again, and their digits need not be read each time. */
const knownSubjects = new Map<string, Value>();

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

/** The first `count` values, as the shortest form that gives each back as the very same: a replay depends on it. */
function writeValues(values: readonly Value[], count: number): void {
  if (isOneValue(values, count)) return writeOneWord(values[0] ?? null);
  if (areNumbers(values, count) && writeIntegers(count)) return;
  writeWords(values, count);
}

function writeNumbers(values: Float64Array, count: number): void {
  makeRoom(count);
  let isOne = true;
  for (let row = 0; row < count; row++) {
    numbers[row] = values[row]!;
    isOne &&= values[row] === values[0];
  }
  if (isOne) return writeOneWord(count > 0 ? values[0]! : null);
  if (!writeIntegers(count)) writeWords(Array.from(values.subarray(0, count)), count);
}

function writeOneWord(word: Value): void {
  columnsOut.unsigned(ONE_WORD);
  columnsOut.unsigned(placeOfWord(word));
}

function writeWords(values: readonly Value[], count: number): void {
  columnsOut.unsigned(WORDS);
  let last: Value | undefined;
  let place = 0;
  for (let row = 0; row < count; row++) {
    const value = values[row]!;
    if (value !== last) place = placeOfWord(value);
    last = value;
    columnsOut.unsigned(place);
  }
}

function isOneValue(values: readonly Value[], count: number): boolean {
  const first = values[0];
  for (let row = 1; row < count; row++) if (values[row] !== first) return false;
  return true;
}

/** Room for a column's numbers, and for the same in millionths. */
let numbers = new Float64Array(64);
let millionths = new Float64Array(64);

function makeRoom(count: number): void {
  if (count <= numbers.length) return;
  numbers = new Float64Array(2 * count);
  millionths = new Float64Array(2 * count);
}

function areNumbers(values: readonly Value[], count: number): boolean {
  makeRoom(count);
  for (let row = 0; row < count; row++) {
    const value = values[row];
    if (typeof value !== "number") return false;
    numbers[row] = value;
  }
  return true;
}

/** @returns false, with nothing written, where a number would not come back as the very same */
function writeIntegers(count: number): boolean {
  let isWhole = true;
  let isExact = true;
  for (let row = 0; row < count; row++) {
    const value = numbers[row]!;
    const scaled = Math.round(value * MILLION);
    if (Math.floor(value) !== value || Math.abs(value) > LARGEST) isWhole = false;
    if (scaled / MILLION !== value || Math.abs(scaled) > LARGEST) isExact = false;
    if (!isWhole && !isExact) return false;
    millionths[row] = scaled;
  }
  columnsOut.unsigned(isWhole ? WHOLE : MILLIONTHS);
  columnsOut.signedAll(isWhole ? numbers : millionths, count);
  return true;
}
