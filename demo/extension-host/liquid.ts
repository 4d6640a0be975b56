// The little of Shopify's Liquid that our theme blocks use: output with the filters t, default, escape and json; if with "or" and
// ">"; comment; schema, which the theme editor reads and the page does not show. Anything else is an error, so that a
// block cannot show here what Shopify would show otherwise.
import type { Messages } from "./extension-files.ts";

export type LiquidContext = { values: Record<string, unknown>; texts: Messages };

type Token = { kind: "text" | "output" | "tag"; text: string };

export function renderLiquid(source: string, context: LiquidContext): string {
  const withoutNotes = source.replace(/{%-?\s*(comment|schema)\s*-?%}[\s\S]*?{%-?\s*end\1\s*-?%}/g, "");
  const tokens = withoutNotes.split(/({{[\s\S]*?}}|{%[\s\S]*?%})/).map(readToken);
  const shown: boolean[] = [];
  let result = "";
  for (const { kind, text } of tokens) {
    if (kind === "tag") changeCondition(text, shown, context);
    else if (shown.every(Boolean)) result += kind === "text" ? text : output(text, context);
  }
  if (shown.length > 0) throw new Error("liquid: an if without its endif");
  return result;
}

/** What a block's schema says, for the page's head and for the editor. */
export function blockSchema(source: string): { javascript?: string; stylesheet?: string } {
  const schema = /{%-?\s*schema\s*-?%}([\s\S]*?){%-?\s*endschema\s*-?%}/.exec(source)?.[1];
  return schema ? (JSON.parse(schema) as ReturnType<typeof blockSchema>) : {};
}

function readToken(text: string): Token {
  if (text.startsWith("{{")) return { kind: "output", text: text.slice(2, -2).trim() };
  if (text.startsWith("{%")) return { kind: "tag", text: text.replace(/^{%-?|-?%}$/g, "").trim() };
  return { kind: "text", text };
}

function changeCondition(tag: string, shown: boolean[], context: LiquidContext): void {
  if (tag.startsWith("if ")) shown.push(isTrue(tag.slice(3), context));
  else if (tag === "endif" && shown.length > 0) shown.pop();
  else throw new Error(`liquid: the stand-in knows no "${tag}"`);
}

function isTrue(condition: string, context: LiquidContext): boolean {
  return condition.split(" or ").some((part) => {
    const compared = /^(\S+) > (\d+)$/.exec(part.trim());
    if (compared) return Number(valueOf(compared[1]!, context)) > Number(compared[2]);
    if (!/^[\w.]+$/.test(part.trim())) throw new Error(`liquid: the stand-in knows no condition "${part}"`);
    const value = valueOf(part.trim(), context);
    return value !== undefined && value !== null && value !== false;
  });
}

function output(expression: string, context: LiquidContext): string {
  const [first, ...filters] = expression.split("|").map((part) => part.trim());
  const value = filters.reduce((piped, filter) => filtered(piped, filter, context), valueOf(first!, context));
  return String(value ?? "");
}

function filtered(value: unknown, filter: string, { texts }: LiquidContext): unknown {
  if (filter === "t") return translate(String(value), texts);
  if (filter === "json") return JSON.stringify(value ?? null).replaceAll("<", "\\u003c");
  const fallback = /^default: ('[^']*')$/.exec(filter)?.[1];
  if (fallback) return value === undefined || value === null || value === "" ? fallback.slice(1, -1) : value;
  if (filter !== "escape") throw new Error(`liquid: the stand-in knows no filter "${filter}"`);
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return String(value ?? "").replace(/[&<>"']/g, (character) => entities[character]!);
}

function translate(key: string, texts: Messages): string {
  const text = key
    .split(".")
    .reduce<unknown>((found, part) => (found as Messages | undefined)?.[part], texts);
  if (typeof text !== "string") throw new Error(`liquid: no text for "${key}"`);
  return text;
}

function valueOf(path: string, { values }: LiquidContext): unknown {
  const literal = /^'([^']*)'$/.exec(path);
  if (literal) return literal[1];
  return path
    .split(".")
    .reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], values);
}
