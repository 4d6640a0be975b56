import { useState, useTransition } from "react";
import { flushSync } from "react-dom";

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
  return {
    value: isFollowing ? typed : value,
    onChange(text) {
      setTyped(text);
      startFollowing(() => onChange(text));
    },
    onBlur() {
      if (isFollowing) flushSync(() => onChange(typed));
    },
  };
}
