// The rows of Shopify's order-export files, grouped by order, and how their cells are read.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Address } from "../store/types.ts";
import { csvCells, csvRows } from "./csv.ts";

/** Reads a cell by the name of its column; "" when it is empty or absent. */
export type Row = (column: string) => string;

const COUNTRY_NAMES = new Intl.DisplayNames("en", { type: "region" });

/** One order: its rows are taken apart only when they are needed, because an export can have 300,000 of them. */
export type OrderRows = { first: Row; all: () => Row[] };

/** The orders of every *.csv and *.csv.gz in the folder. Throws when there is none or a column is missing. */
export function readOrderRows(folder: string): OrderRows[] {
  const files = readdirSync(folder)
    .filter((name) => /\.csv(\.gz)?$/.test(name))
    .toSorted();
  if (files.length === 0) throw new Error(`There is no .csv or .csv.gz file in ${folder}.`);
  return files.flatMap((file) => rowsOfFile(path.join(folder, file)));
}

function rowsOfFile(file: string): OrderRows[] {
  const bytes = readFileSync(file);
  const lines = csvRows((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
  const columns = columnsOf(lines.next().value ?? "", file);
  const nameColumn = columns.get("Name")!;
  const nameOf = (line: string) =>
    nameColumn === 0 && !line.startsWith('"')
      ? line.slice(0, line.indexOf(","))
      : csvCells(line)[nameColumn]!;
  const linesByOrder = new Map<string, string[]>();
  for (const line of lines) {
    const name = nameOf(line);
    const known = linesByOrder.get(name);
    if (known) known.push(line);
    else linesByOrder.set(name, [line]);
  }
  const rowOf = (line: string): Row => {
    const cells = csvCells(line);
    return (column) => cells[columns.get(column) ?? -1] ?? "";
  };
  return [...linesByOrder.values()].map((own) => ({ first: rowOf(own[0]!), all: () => own.map(rowOf) }));
}

function columnsOf(header: string, file: string): Map<string, number> {
  const names = csvCells(header.replace(/^\uFEFF/, ""));
  for (const needed of ["Name", "Created at", "Lineitem name", "Lineitem quantity", "Lineitem price"]) {
    if (!names.includes(needed))
      throw new Error(`${file} has no column "${needed}": not a Shopify order export.`);
  }
  return new Map(names.map((name, index) => [name, index]));
}

/** "2010-12-01 08:26:00 +0000" in milliseconds. */
export function timeOf(value: string): number {
  const match = /^(\S+) (\S+) ([+-]\d\d):?(\d\d)$/.exec(value);
  return match ? Date.parse(`${match[1]}T${match[2]}${match[3]}:${match[4]}`) : Date.parse(value);
}

export function minor(value: string): number {
  return Math.round(Number(value || 0) * 100);
}

export function addressFrom(row: Row, kind: "Shipping" | "Billing"): Address | null {
  const countryCode = row(`${kind} Country`);
  if (!countryCode) return null;
  const [firstName = "", ...rest] = row(`${kind} Name`).split(" ");
  return {
    firstName,
    lastName: rest.join(" "),
    company: row(`${kind} Company`) || undefined,
    address1: row(`${kind} Address1`) || row(`${kind} Street`),
    address2: row(`${kind} Address2`) || undefined,
    city: row(`${kind} City`),
    provinceCode: row(`${kind} Province`) || undefined,
    zip: row(`${kind} Zip`).replace(/^'/, ""),
    country: COUNTRY_NAMES.of(countryCode) ?? countryCode,
    countryCode,
    phone: row(`${kind} Phone`) || undefined,
  };
}
