// The `filter` and `include_fields` of a subscription, applied to a payload.
import { searchItems, type SearchFields } from "../admin-api/search.ts";

type Payload = Record<string, unknown>;

/** `status:active AND variants.price:>=10.00`: the search syntax on paths into the payload. */
export function matchesFilter(payload: Payload, filter: string | undefined): boolean {
  if (!filter) return true;
  const anyPath: SearchFields<Payload> = new Proxy(
    {},
    { get: (_target, path) => (item: Payload) => valuesAt(item, String(path).split(".")) as string[] },
  );
  return searchItems([payload], filter, anyPath, "webhook", { noteUnmodelled: () => {} }).length > 0;
}

function valuesAt(value: unknown, path: string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  return typeof value === "object" && value !== null ? valuesAt((value as Payload)[name], rest) : [];
}

export function pickFields(payload: Payload, fields: string[] | undefined): Payload {
  if (!fields) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([name]) => fields.includes(name)));
}
