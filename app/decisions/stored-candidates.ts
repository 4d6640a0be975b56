import { ByteReader } from "./bytes";
import type { Features, JudgedCandidate } from "./candidate";

/**
 * How a decision's candidates are stored: in bytes, by column, because fifty candidates say mostly the same. Words are
 * stored once and pointed at, features that several candidates share too, and numbers take the bytes they need. The row
 * stays in its page, and is several times cheaper to write than JSON.
 *
 *   version · number of candidates · length of the words · words as a JSON list · columns of the candidates' fields ·
 *   number of different features · number of their names · names · columns of the features, one for each name
 *   column: how it stands · one value for all, or one per row
 */
export const VERSION = 2;

/** How a column stands. */
export const ONE_WORD = 0;
export const WORDS = 1;
export const WHOLE = 2;
/** Six digits behind the point, as an integer. */
export const MILLIONTHS = 3;

export type Value = string | number | boolean | null;

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

export const PRODUCT = "gid://shopify/Product/";
export const MILLION = 1e6;

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

function readColumn(reader: ByteReader, count: number, words: Value[]): Value[] {
  const how = reader.unsigned();
  if (how === ONE_WORD) return new Array<Value>(count).fill(words[reader.unsigned()]!);
  return Array.from({ length: count }, () => {
    if (how === WHOLE) return reader.signed();
    if (how === MILLIONTHS) return reader.signed() / MILLION;
    return words[reader.unsigned()]!;
  });
}
