import { LISTED_VARIABLES } from "#app/messages/variables";

/** A short text takes web addresses too: there they are words. */
export type TextKind = "text" | "url" | "short";
export type Suggestion = { path: string; label: string };

/** The variable that is being typed before the caret: where its braces start, and what of its name is there. */
export type Begun = { start: number; query: string };

const MOST_SUGGESTIONS = 6;

/** @returns null where the caret is in no variable, or behind its name */
export function begunAt(text: string, caret: number): Begun | null {
  const start = text.lastIndexOf("{{", caret - 1);
  if (start < 0 || start + 2 > caret) return null;
  const query = text.slice(start + 2, caret);
  return /^\s*[\w.]*$/.test(query) ? { start, query: query.trim().toLowerCase() } : null;
}

export function variablesFor(kind: TextKind): Suggestion[] {
  return LISTED_VARIABLES.filter((one) => kind === "short" || (kind === "url") === (one.kind === "url"));
}

/** The variables that fit what is typed: by their name as written, or by what it means. */
export function suggestionsFor(query: string, kind: TextKind): Suggestion[] {
  return variablesFor(kind)
    .filter(({ path, label }) => path.includes(query) || label.toLowerCase().includes(query))
    .slice(0, MOST_SUGGESTIONS);
}

/** The text with the begun variable completed, and where the caret goes. Braces that close it already are used. */
export function complete(
  text: string,
  { start }: Begun,
  caret: number,
  path: string,
): { text: string; caret: number } {
  const rest = text.slice(caret).replace(/^[\w.]*\s*\}\}/, "");
  const before = `${text.slice(0, start)}{{ ${path} }}`;
  return { text: before + rest, caret: before.length };
}
