// The line above the app: the page's title and its actions.
import type { BarAction, FrameEvents } from "../app-bridge/protocol.ts";

type TellFrame = <E extends keyof FrameEvents>(event: E, params: FrameEvents[E]) => void;

export function createTitleBar(tellFrame: TellFrame) {
  const title = document.querySelector<HTMLElement>("#page-title")!;
  const actionsPlace = document.querySelector<HTMLElement>("#page-actions")!;
  const appName = title.textContent ?? "";
  let shownElement: number | undefined;

  return {
    show(params: { element: number; title: string | null; actions: BarAction[] }): void {
      if (params.title === null) {
        if (params.element !== shownElement) return; // the next page's bar is already there
        title.textContent = appName;
        actionsPlace.replaceChildren();
        return;
      }
      shownElement = params.element;
      title.textContent = params.title || appName;
      document.title = `${params.title} · ${appName} · Demo admin`;
      const buttons = params.actions.map((action) =>
        createActionButton(action, () =>
          tellFrame("press", { element: params.element, index: action.index }),
        ),
      );
      actionsPlace.replaceChildren(...buttons.toReversed()); // the primary action stands last
    },
  };
}

export function createActionButton(action: BarAction, onPress: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = action.text;
  button.className = `button ${action.variant} ${action.tone}`;
  button.disabled = action.disabled || action.loading;
  if (action.loading) button.setAttribute("aria-busy", "true");
  button.addEventListener("click", onPress);
  return button;
}
