import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Content } from "#app/messages/blocks";

/**
 * Changes what is edited. `at` names the field: several changes in a row to the same one are one step to take back, as
 * a word is that is being typed.
 */
export type Change = (change: (content: Content) => Content, at?: string) => void;

export type Editor = {
  content: Content;
  dirty: boolean;
  change: Change;
  /** Back to what is saved. */
  reset: () => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
};

type State = { past: Content[]; content: Content; future: Content[]; at: string | null };

const MOST_STEPS = 100;

/** What the editor holds, with the steps to take back and to do again. When what is saved changes, it starts over. */
export function useEditor(saved: Content): Editor {
  const [state, setState] = useState<State>(() => fresh(saved));
  const savedText = JSON.stringify(saved);
  const reset = useCallback(() => setState(fresh(JSON.parse(savedText) as Content)), [savedText]);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) reset();
    isFirst.current = false;
  }, [reset]);

  const change = useCallback<Change>((make, at) => {
    setState(({ past, content, at: last }) => {
      const next = make(content);
      const isSameStep = at !== undefined && at === last;
      return {
        past: isSameStep ? past : [...past, content].slice(-MOST_STEPS),
        content: next,
        future: [],
        at: at ?? null,
      };
    });
  }, []);
  const undo = useCallback(() => setState(stepBack), []);
  const redo = useCallback(() => setState(stepForward), []);
  const { past, content, future } = state;
  const dirty = useMemo(() => JSON.stringify(content) !== savedText, [content, savedText]);
  return {
    content,
    dirty,
    change,
    reset,
    undo: past.length > 0 ? undo : null,
    redo: future.length > 0 ? redo : null,
  };
}

function fresh(content: Content): State {
  return { past: [], content, future: [], at: null };
}

function stepBack(state: State): State {
  const content = state.past.at(-1);
  if (!content) return state;
  return { past: state.past.slice(0, -1), content, future: [state.content, ...state.future], at: null };
}

function stepForward(state: State): State {
  const [content, ...future] = state.future;
  if (!content) return state;
  return { past: [...state.past, state.content], content, future, at: null };
}
