import { useEffect, useRef, type RefObject } from "react";

/** On a narrow screen a table scrolls sideways; Polaris leaves that to the mouse. Goes on an element around the table. */
export function useScrollableByKeyboard(label: string): RefObject<HTMLDivElement> {
  const table = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const area = table.current?.querySelector(".Polaris-IndexTable-ScrollContainer");
    area?.setAttribute("tabindex", "0");
    area?.setAttribute("role", "region");
    area?.setAttribute("aria-label", label);
  }, [label]);
  return table;
}
