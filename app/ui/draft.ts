import { useCallback, useEffect, useMemo, useState } from "react";

/**
 * What a form holds while it is being edited. `dirty` drives the save bar; `reset` takes the changes back.
 * When `saved` changes (the loader ran again after saving) the draft starts over from it.
 */
export type Draft<Value> = {
  value: Value;
  dirty: boolean;
  set: (change: Partial<Value>) => void;
  replace: (value: Value) => void;
  reset: () => void;
};

export function useDraft<Value extends object>(saved: Value): Draft<Value> {
  const [value, setValue] = useState(saved);
  const savedText = JSON.stringify(saved);
  useEffect(() => setValue(JSON.parse(savedText) as Value), [savedText]);
  const set = useCallback((change: Partial<Value>) => setValue((current) => ({ ...current, ...change })), []);
  const reset = useCallback(() => setValue(JSON.parse(savedText) as Value), [savedText]);
  const dirty = useMemo(() => JSON.stringify(value) !== savedText, [value, savedText]);
  return { value, dirty, set, replace: setValue, reset };
}
