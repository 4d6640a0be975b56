import { argumentProblem, FILTERS } from "./filters";
import { formatValue, type Reader } from "./format";
import { variable, type Value, type Values } from "./variables";

/**
 * The language of merchants' texts: `{{ customer.first_name | default: "there" }}`. Listed variables, listed filters,
 * nothing else: no tags, loops, assignments or nesting. Parsing walks the text once, so its time grows with its length
 * alone; whatever is not understood is a problem with a position, never a guess.
 */
export type Expression = { path: string; filters: { name: string; argument: string | number | null }[] };
export type Piece = string | Expression;

/** `position` counts UTF-16 units from the start of the text, as a text field's selection does. */
export type Problem = { message: string; position: number };

export type Parsed = { pieces: Piece[]; problems: Problem[] };

export const LONGEST_TEXT = 5_000;
const MOST_EXPRESSIONS = 50;
const MOST_FILTERS = 5;
/** Private characters that mark holes while a template is compiled; they have no business in a text. */
const RESERVED = /[\uE000-\uE00F\0]/g;

export function parseText(source: string): Parsed {
  const problems: Problem[] = [];
  if (source.length > LONGEST_TEXT) {
    return {
      pieces: [],
      problems: [{ message: `Use at most ${LONGEST_TEXT} characters.`, position: LONGEST_TEXT }],
    };
  }
  const text = source.replace(RESERVED, "\uFFFD");
  const pieces: Piece[] = [];
  let at = 0;
  let expressions = 0;
  while (at < text.length) {
    const open = text.indexOf("{{", at);
    const literal = text.slice(at, open < 0 ? undefined : open);
    problems.push(...problemsOfLiteral(literal, at));
    if (literal) pieces.push(literal);
    if (open < 0) break;
    const close = text.indexOf("}}", open + 2);
    if (close < 0) {
      problems.push({ message: "This {{ has no }} to close it.", position: open });
      break;
    }
    if (++expressions > MOST_EXPRESSIONS) {
      problems.push({ message: `Use at most ${MOST_EXPRESSIONS} variables in one text.`, position: open });
      break;
    }
    const parsed = parseExpression(text.slice(open + 2, close), open + 2);
    if ("message" in parsed) problems.push(parsed);
    else pieces.push(parsed);
    at = close + 2;
  }
  return { pieces: problems.length > 0 ? [] : pieces, problems };
}

function problemsOfLiteral(literal: string, offset: number): Problem[] {
  for (const mark of ["{%", "%}", "{#", "}}"]) {
    const found = literal.indexOf(mark);
    if (found < 0) continue;
    const message =
      mark === "}}"
        ? "This }} has no {{ before it."
        : `Texts hold no code (${mark}). Use a block's settings instead.`;
    return [{ message, position: offset + found }];
  }
  return [];
}

const TOKENS =
  /\s*(?:([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)|"([^"\\]*)"|'([^'\\]*)'|(\d{1,9}(?![\w.]))|([|:]))/iy;
type Token =
  | { type: "word"; text: string; position: number }
  | { type: "text"; text: string; position: number }
  | { type: "number"; number: number; position: number }
  | { type: "mark"; text: string; position: number };

function parseExpression(source: string, offset: number): Expression | Problem {
  const tokens = tokenize(source, offset);
  if ("message" in tokens) return tokens;
  const [name, ...rest] = tokens;
  if (!name) return { message: "Name a variable between {{ and }}.", position: offset };
  if (name.type !== "word") return { message: "A variable's name comes first.", position: name.position };
  const found = variable(name.text);
  if (!found || found.internal)
    return { message: `There is no variable "${name.text}".`, position: name.position };

  const filters: Expression["filters"] = [];
  for (let i = 0; i < rest.length;) {
    const [bar, word] = [rest[i]!, rest[i + 1]];
    if (bar.type !== "mark" || bar.text !== "|")
      return { message: 'A filter starts with "|".', position: bar.position };
    if (word?.type !== "word") return { message: 'A filter\'s name follows "|".', position: bar.position };
    let argument: string | number | null = null;
    i += 2;
    const colon = rest[i];
    if (colon?.type === "mark" && colon.text === ":") {
      const value = rest[i + 1];
      if (value?.type !== "text" && value?.type !== "number") {
        return { message: 'A text in quotes or a number follows ":".', position: colon.position };
      }
      argument = value.type === "text" ? value.text : value.number;
      i += 2;
    }
    const problem = filterProblem(word.text, argument, found.kind);
    if (problem) return { message: problem, position: word.position };
    filters.push({ name: word.text, argument });
  }
  if (filters.length > MOST_FILTERS)
    return { message: `Use at most ${MOST_FILTERS} filters.`, position: offset };
  return { path: name.text, filters };
}

function filterProblem(name: string, argument: string | number | null, kind: string): string | null {
  const filter = FILTERS.get(name);
  if (!filter) return `There is no filter "${name}".`;
  if (kind === "url") return "A web address takes no filters.";
  if (filter.kinds && !filter.kinds.some((known) => known === kind))
    return `"${name}" only follows a ${filter.kinds.join(" or ")}.`;
  const problem = argumentProblem(filter, argument);
  return problem && `"${name}" ${problem}.`;
}

function tokenize(source: string, offset: number): Token[] | Problem {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < end) {
    const start = TOKENS.lastIndex;
    const match = TOKENS.exec(source);
    if (!match) {
      const spaces = source.slice(start).length - source.slice(start).trimStart().length;
      return { message: "This is not a variable or filter.", position: offset + start + spaces };
    }
    const position = offset + match.index + match[0].length - match[0].trimStart().length;
    const [, word, double, single, number, mark] = match;
    if (word !== undefined) tokens.push({ type: "word", text: word, position });
    else if (number !== undefined) tokens.push({ type: "number", number: Number(number), position });
    else if (mark !== undefined) tokens.push({ type: "mark", text: mark, position });
    else tokens.push({ type: "text", text: double ?? single ?? "", position });
  }
  return tokens;
}

/** The text of one expression, unescaped: the caller escapes for the place where it stands. */
export function evaluate(expression: Expression, values: Values, reader: Reader): string {
  const value: Value | undefined = values.get(expression.path);
  let text = formatValue(value, variable(expression.path)?.kind ?? "text", reader);
  for (const { name, argument } of expression.filters) {
    text = FILTERS.get(name)!.apply(text, argument, value, reader);
  }
  return text;
}

/** Literal text and evaluated expressions together, unescaped. */
export function evaluateAll(pieces: Piece[], values: Values, reader: Reader): string {
  return pieces
    .map((piece) => (typeof piece === "string" ? piece : evaluate(piece, values, reader)))
    .join("");
}
