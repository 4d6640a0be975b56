import { formatDate, type DateStyle, type Reader } from "./format";
import type { Value, VariableKind } from "./variables";

/** Filters change how one value reads. None can grow a text, loop or reach anything but its own value. */
export type Filter = {
  label: string;
  argument: "text" | "number" | "date-style" | null;
  /** Kinds of variable it may follow; undefined means every kind but a web address. */
  kinds?: readonly VariableKind[];
  apply: (text: string, argument: string | number | null, value: Value | undefined, reader: Reader) => string;
};

const LONGEST_CUT = 200;

export const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  [
    "default",
    {
      label: "What stands where there is no value",
      argument: "text",
      apply: (text, other) => text || String(other),
    },
  ],
  [
    "upcase",
    { label: "CAPITALS", argument: null, apply: (text, _, __, { locale }) => text.toLocaleUpperCase(locale) },
  ],
  [
    "downcase",
    {
      label: "small letters",
      argument: null,
      apply: (text, _, __, { locale }) => text.toLocaleLowerCase(locale),
    },
  ],
  [
    "capitalize",
    {
      label: "First letter large",
      argument: null,
      apply: (text, _, __, { locale }) => {
        const [first = "", ...rest] = text;
        return first.toLocaleUpperCase(locale) + rest.join("");
      },
    },
  ],
  [
    "truncate",
    {
      label: "At most so many letters",
      argument: "number",
      apply: (text, length) => cut(text, Number(length)),
    },
  ],
  [
    "date",
    {
      label: "short, medium or long date",
      argument: "date-style",
      kinds: ["date"],
      apply: (text, style, value, reader) =>
        value instanceof Date ? formatDate(value, reader, style as DateStyle) : text,
    },
  ],
]);

export const DATE_STYLES: readonly string[] = ["short", "medium", "long"] satisfies DateStyle[];

/** @returns what is wrong with a filter's argument, or null */
export function argumentProblem(filter: Filter, argument: string | number | null): string | null {
  switch (filter.argument) {
    case null:
      return argument === null ? null : "takes no value";
    case "text":
      return typeof argument === "string" ? null : 'needs a text in quotes, like default: "there"';
    case "number":
      return typeof argument === "number" && argument >= 1 && argument <= LONGEST_CUT
        ? null
        : `needs a number from 1 to ${LONGEST_CUT}`;
    case "date-style":
      return DATE_STYLES.includes(String(argument))
        ? null
        : `needs one of ${DATE_STYLES.map((s) => `"${s}"`).join(", ")}`;
  }
}

function cut(text: string, length: number): string {
  const letters = [...text];
  return letters.length <= length ? text : `${letters.slice(0, Math.max(1, length - 1)).join("")}…`;
}
