/** Where a page of a list went on, as its address says it: "2026-11-22T10:00:00.000Z~<key>". */
export type PageCursor = { at: Date; key: string };

export function cursorOf(at: Date, key: string): string {
  return `${at.toISOString()}~${key}`;
}

/** Ids and hashes; no NUL, which Postgres does not take. */
const KEY = /^[\w.-]+$/;

/** Null for what we have not written, such as a year that Postgres does not know: the list then begins at its first page. */
export function readCursor(text: string | null): PageCursor | null {
  const [time = "", key = "", ...more] = (text ?? "").split("~");
  if (!KEY.test(key) || more.length > 0 || !/^[12]\d{3}-/.test(time)) return null;
  const at = new Date(time);
  return Number.isNaN(at.getTime()) || at.toISOString() !== time ? null : { at, key };
}
