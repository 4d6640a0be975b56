import { useState, type KeyboardEvent } from "react";
import { begunAt, complete, suggestionsFor, type Begun, type Suggestion, type TextKind } from "./completion";

type Typed = { begun: Begun; caret: number; active: number };

export type Completion = {
  suggestions: Suggestion[];
  active: number;
  /** To be called with what stands in the field after each change. */
  onTyped: (text: string) => void;
  onKey: (event: KeyboardEvent) => void;
  pick: (suggestion: Suggestion) => void;
  close: () => void;
};

/** Suggests variables behind `{{`: arrows choose, Enter or Tab takes, Esc closes. The focus never leaves the field. */
export function useCompletion(
  id: string,
  kind: TextKind,
  text: string,
  onText: (text: string) => void,
): Completion {
  const [typed, setTyped] = useState<Typed | null>(null);
  const suggestions = typed ? suggestionsFor(typed.begun.query, kind) : [];
  const active = Math.min(typed?.active ?? 0, suggestions.length - 1);

  const onTyped = (now: string) => {
    const caret = fieldOf(id)?.selectionStart ?? now.length;
    const begun = begunAt(now, caret);
    setTyped(begun && { begun, caret, active: 0 });
  };
  const pick = ({ path }: Suggestion) => {
    if (!typed) return;
    const done = complete(text, typed.begun, typed.caret, path);
    onText(done.text);
    setTyped(null);
    requestAnimationFrame(() => fieldOf(id)?.setSelectionRange(done.caret, done.caret));
  };
  const onKey = (event: KeyboardEvent) => {
    if (!typed || suggestions.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setTyped({ ...typed, active: (active + step + suggestions.length) % suggestions.length });
    else if (event.key === "Enter" || event.key === "Tab") pick(suggestions[active]!);
    else if (event.key === "Escape") setTyped(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { suggestions, active, onTyped, onKey, pick, close: () => setTyped(null) };
}

function fieldOf(id: string): HTMLInputElement | HTMLTextAreaElement | null {
  return document.getElementById(id) as HTMLInputElement | HTMLTextAreaElement | null;
}
