/**
 * What Postgres cannot keep in a text: NUL, and halves of surrogate pairs (in JSON). People paste them unknowingly, and
 * attackers knowingly; no text means anything by them, so the borders take them out.
 */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

export function storableText(text: string): string {
  return text.replace(UNSTORABLE, "");
}

/** Parsed JSON without what Postgres cannot keep, in keys and values. */
export function storable(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storableText(key), storable(inner)]),
  );
}

/** In JSON both can only come as escapes, so one look at the text spares the walk. */
const SUSPECT = /\\u(0000|d[89a-f])/i;

/**
 * Reads JSON from outside.
 * @throws SyntaxError where it is not JSON
 */
export function parseStorable(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  const value = parse(text);
  return SUSPECT.test(text) ? storable(value) : value;
}
