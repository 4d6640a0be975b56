import { memo, useEffect } from "react";
import { Box, Button, ButtonGroup } from "#app/ui/polaris";
import type { Editor } from "./use-editor";

type Steps = Pick<Editor, "undo" | "redo">;

export const UndoButtons = memo(function UndoButtons({ undo, redo }: Steps) {
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <ButtonGroup>
        <Button disabled={!undo} onClick={undo ?? undefined}>
          Undo
        </Button>
        <Button disabled={!redo} onClick={redo ?? undefined}>
          Redo
        </Button>
      </ButtonGroup>
    </Box>
  );
});

/** Ctrl or ⌘ with Z, with Shift to do it again. Inside a text field the browser's own undo stays in charge. */
export function useUndoKeys({ undo, redo }: Steps): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      if (event.target instanceof Element && event.target.matches("input, textarea, select")) return;
      event.preventDefault();
      (event.shiftKey ? redo : undo)?.();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [undo, redo]);
}
