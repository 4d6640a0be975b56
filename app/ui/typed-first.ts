import { useEffect, useRef, useState, useTransition } from "react";
import { flushSync } from "react-dom";
import { afterPaint } from "./after-paint";

/** What a text field is given, in the place of its own value and `onChange`. */
export type TypedFirst = { value: string; onChange: (typed: string) => void; onBlur: () => void };

/**
 * For a field of a big editor: what is typed stands in the field at once, and the rest of the page (previews, counters,
 * problems) follows as soon as there is time. When the field is left, the page knows all of it, before anything else
 * can be done.
 */
export function useTypedFirst(value: string, onChange: (value: string) => void): TypedFirst {
  const [isFollowing, startFollowing] = useTransition();
  const [typed, setTyped] = useState(value);
  const follows = useRef(isFollowing);
  useEffect(() => {
    follows.current = isFollowing;
  }, [isFollowing]);
  return {
    value: isFollowing ? typed : value,
    onChange(text) {
      setTyped(text);
      startFollowing(() => onChange(text));
    },
    onBlur() {
      if (!isFollowing) return;
      afterPaintOrBeforeNextAct(() => {
        if (follows.current) flushSync(() => onChange(typed));
      });
    },
  };
}

/** A message may be the save bar's, which stands outside this frame. */
const ACTS = ["click", "keydown", "message", "pagehide"] as const;

/** Leaving a field shows at once, as the page is drawn first; who is faster than the drawing, waits for `run`. */
function afterPaintOrBeforeNextAct(run: () => void): void {
  const runOnce = () => {
    // The window hears of it before the page's own handlers do.
    for (const act of ACTS) window.removeEventListener(act, runOnce, { capture: true });
    cancel();
    run();
  };
  const cancel = afterPaint(runOnce);
  for (const act of ACTS) window.addEventListener(act, runOnce, { capture: true });
}
