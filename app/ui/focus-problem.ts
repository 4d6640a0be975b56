import { useEffect } from "react";

/**
 * Takes the focus to the first field with a problem when an answer with problems has come, so that nobody has to look
 * for it, least of all those who cannot see it.
 */
export function useFocusOnProblem(problems: Record<string, string> | undefined): void {
  useEffect(() => {
    if (!problems || Object.keys(problems).length === 0) return;
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);
}
