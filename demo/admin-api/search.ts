// Shopify's search syntax in `query:` arguments, as far as apps use it for filters:
// `field:value`, `field:>=value`, quotes, `-` and NOT, AND (also by a blank), OR, brackets, and free words.
import { unmodelled, type AdminContext } from "./context.ts";

type Comparable = string | number | boolean | null | undefined;

/** Filter name → the value(s) of a thing. `default` takes words without a field. */
export type SearchFields<Item> = Record<string, (item: Item) => Comparable | Comparable[]>;

type Test<Item> = (item: Item) => boolean;

export function searchItems<Item>(
  items: Item[],
  query: unknown,
  fields: SearchFields<Item>,
  typeName: string,
  context: Pick<AdminContext, "noteUnmodelled">,
): Item[] {
  if (typeof query !== "string" || query.trim() === "") return items;
  const tokens =
    query.match(/\(|\)|[^\s():]+:(?:<=|>=|<|>)?(?:"[^"]*"|'[^']*'|[^\s()]+)|"[^"]*"|[^\s()]+/g) ?? [];
  const parser = { tokens, position: 0 };

  function parseAny(): Test<Item> {
    const alternatives = [parseAll()];
    while (parser.tokens[parser.position]?.toUpperCase() === "OR") {
      parser.position++;
      alternatives.push(parseAll());
    }
    return (item) => alternatives.some((test) => test(item));
  }

  function parseAll(): Test<Item> {
    const tests: Test<Item>[] = [];
    for (;;) {
      const token = parser.tokens[parser.position];
      if (token === undefined || token === ")" || token.toUpperCase() === "OR") break;
      parser.position++;
      if (token.toUpperCase() !== "AND") tests.push(parseTerm(token));
    }
    return (item) => tests.every((test) => test(item));
  }

  function parseTerm(token: string): Test<Item> {
    if (token.toUpperCase() === "NOT") {
      const negated = parseTerm(parser.tokens[parser.position++] ?? "");
      return (item) => !negated(item);
    }
    if (token.startsWith("-") && token.length > 1) {
      const negated = parseTerm(token.slice(1));
      return (item) => !negated(item);
    }
    if (token === "(") {
      const inner = parseAny();
      parser.position++; // the closing bracket
      return inner;
    }
    return termTest(token);
  }

  function termTest(token: string): Test<Item> {
    const match = /^([A-Za-z_.]+):(<=|>=|<|>)?(.*)$/s.exec(token);
    const name = match?.[1] ?? "default";
    const read = fields[name];
    if (!read) throw unmodelled(context, `${typeName} filter "${name}"`);
    const wanted = unquote(match?.[3] ?? token);
    const operator = match?.[2] ?? (name === "default" ? "contains" : "=");
    return (item) => {
      const value = read(item);
      return (Array.isArray(value) ? value : [value]).some((entry) => compare(entry, operator, wanted));
    };
  }

  const test = parseAny();
  return items.filter(test);
}

function unquote(value: string): string {
  return /^(".*"|'.*')$/s.test(value) ? value.slice(1, -1) : value;
}

function compare(actual: Comparable, operator: string, wanted: string): boolean {
  if (actual === null || actual === undefined) return wanted === "null" && operator === "=";
  const text = String(actual);
  if (operator === "contains") return text.toLowerCase().includes(wanted.toLowerCase());
  if (operator === "=") {
    if (wanted.endsWith("*")) return text.toLowerCase().startsWith(wanted.slice(0, -1).toLowerCase());
    if (text.toLowerCase() === wanted.toLowerCase()) return true;
  }
  const [left, right] = [measure(actual), measure(wanted)];
  if (Number.isNaN(left) || Number.isNaN(right)) return false;
  if (operator === ">") return left > right;
  if (operator === ">=") return left >= right;
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return left === right;
}

/** Numbers as they are, dates in milliseconds. */
function measure(value: Comparable): number {
  if (typeof value === "number") return value;
  const text = String(value);
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text);
}
