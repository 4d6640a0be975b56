import { parse } from "csv-parse/sync";
import { readRows } from "./feed";
import { FEED_FIELDS, type FeedField, type FeedRow } from "./feed-fields";
import type { ReadScans } from "./source";

/** Scans from a table that a carrier or a warehouse sends: any separator, any names of columns. */

export type Table = { header: string[]; rows: string[][] };
/** Field → name of its column. */
export type Mapping = Partial<Record<FeedField, string>>;

export const MOST_ROWS = 5_000;

/** @returns what is wrong with the file as a whole, in words */
export function readTable(text: string): Table | string {
  const content = text.replace(/^\uFEFF/, "");
  if (!content.trim()) return "The file is empty.";
  let lines: string[][];
  try {
    lines = parse(content, {
      delimiter: separatorOf(content),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    return `The file cannot be read as a table: ${(error as Error).message}`;
  }
  const [header = [], ...rows] = lines;
  if (rows.length === 0) return "The file has a heading but no rows.";
  if (rows.length > MOST_ROWS) return `Use at most ${MOST_ROWS} rows; split the file in two.`;
  return { header, rows };
}

/** Which column is probably what, by its name. */
export function guessMapping(header: string[]): Mapping {
  const mapping: Mapping = {};
  for (const field of FEED_FIELDS) {
    const names = [field, ...(ALSO[field] ?? [])];
    const column = header.find((name) => names.includes(plain(name)));
    if (column !== undefined) mapping[field] = column;
  }
  return mapping;
}

const ALSO: Partial<Record<FeedField, string[]>> = {
  tracking_number: [
    "tracking",
    "tracking_no",
    "trackingnumber",
    "number",
    "parcel",
    "sendungsnummer",
    "numero_de_suivi",
  ],
  status: ["state", "event", "statut", "estado"],
  happened_at: ["time", "date", "datetime", "timestamp", "event_time", "zeit", "datum", "fecha"],
  id: ["event_id", "scan_id"],
  message: ["note", "text", "description", "comment"],
  city: ["place", "location", "town", "ort", "stadt", "ville", "ciudad"],
  country: ["country_code", "land", "pays", "pais"],
  handover: ["delivered_to", "left_with"],
  trouble: ["problem", "exception"],
  estimated_delivery_at: ["estimated_delivery", "eta", "expected"],
};

/** The rows by their fields; unmapped columns are left out. */
export function fieldsOf({ header, rows }: Table, mapping: Mapping): FeedRow[] {
  const columns = FEED_FIELDS.flatMap((field) => {
    const index = mapping[field] === undefined ? -1 : header.indexOf(mapping[field]);
    return index < 0 ? [] : [{ field, index }];
  });
  return rows.map((cells) =>
    Object.fromEntries(columns.map(({ field, index }) => [field, cells[index] ?? ""])),
  );
}

/** What would be taken in, and which rows would not. */
export function readFile(table: Table, mapping: Mapping): ReadScans {
  return readRows(fieldsOf(table, mapping));
}

function separatorOf(content: string): string {
  const first = content.split(/\r?\n/, 1)[0]!;
  const counted = [",", ";", "\t"].map((separator) => ({ separator, count: first.split(separator).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).separator;
}

function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
}
