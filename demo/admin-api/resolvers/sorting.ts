// `sortKey:` arguments. `reverse:` is applied by the connection.
import { unmodelled, type AdminContext } from "../context.ts";

export function sortItems<Item>(
  items: Item[],
  sortKey: unknown,
  typeName: string,
  context: AdminContext,
  keys: Record<string, (item: Item) => string | number>,
): Item[] {
  const read = keys[String(sortKey)];
  if (!read) throw unmodelled(context, `${typeName} sortKey ${String(sortKey)}`);
  return items.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}
