import { createContext, useContext, type MutableRefObject } from "react";
import type { Topic } from "#app/journeys/triggers";
import type { Names } from "#app/journeys/words";
import type { Change } from "./draft";

/** What every part of the editor needs and what hardly ever changes, so that cards are drawn for their own step alone. */
export type Editor = {
  names: Names;
  /** What can be asked when the journey starts. */
  topics: readonly Topic[];
  make: (change: Change) => void;
  /** Takes a step away, with an undo in the toast. */
  remove: (id: string, words: string) => void;
  /** What was just added: its card opens at once and takes the focus. */
  fresh: MutableRefObject<string | null>;
  addTitles: (titles: Record<string, string>) => void;
};

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("a part of the journey editor stands outside of it");
  return editor;
}

/** What is wrong with a step or a rule, by field: "template", "paths.0.when". */
export type Problems = Readonly<Record<string, string>>;
export const NO_PROBLEMS: Problems = {};

/** Those of one part: "paths.0.when.1" → "when.1" for the part "paths.0". */
export function problemsAt(problems: Problems, part: string): Problems {
  const inside = Object.entries(problems).filter(([field]) => field === part || field.startsWith(`${part}.`));
  if (inside.length === 0) return NO_PROBLEMS;
  return Object.fromEntries(inside.map(([field, text]) => [field.slice(part.length + 1), text]));
}
