// "Unsaved changes": takes the top bar's place until the merchant saves or discards.
import type { BarAction, FrameEvents, SaveBarParams } from "../app-bridge/protocol.ts";
import { createActionButton } from "./title-bar.ts";

type TellFrame = <E extends keyof FrameEvents>(event: E, params: FrameEvents[E]) => void;

export type SaveBar = ReturnType<typeof createSaveBar>;

export function createSaveBar(tellFrame: TellFrame) {
  const bar = document.querySelector<HTMLElement>("#save-bar")!;
  const buttons = bar.querySelector<HTMLElement>("[data-buttons]")!;
  const question = document.querySelector<HTMLDialogElement>("#confirm-dialog")!;

  function ask(title: string, text: string, yes: string): Promise<boolean> {
    question.querySelector("h2")!.textContent = title;
    question.querySelector("p")!.textContent = text;
    question.querySelector('[value="yes"]')!.textContent = yes;
    question.returnValue = "";
    question.showModal();
    return new Promise((resolve) => {
      question.addEventListener("close", () => resolve(question.returnValue === "yes"), { once: true });
    });
  }

  function drawButton(action: BarAction, params: SaveBarParams): HTMLButtonElement {
    const isSave = action.variant === "primary";
    const named = { ...action, text: action.text || (isSave ? "Save" : "Discard") };
    return createActionButton(named, () => void press(action, isSave, params));
  }

  async function press(action: BarAction, isSave: boolean, params: SaveBarParams): Promise<void> {
    const mustAsk = !isSave && params.confirmDiscard;
    if (
      mustAsk &&
      !(await ask(
        "Discard all unsaved changes?",
        "You lose what you changed since the last save.",
        "Discard changes",
      ))
    )
      return;
    if (params.element !== null) tellFrame("press", { element: params.element, index: action.index });
    else tellFrame(isSave ? "saveForm" : "discardForm", {});
  }

  return {
    isOpen: () => !bar.hidden,
    show(params: SaveBarParams): void {
      bar.hidden = !params.open;
      if (!params.open) return;
      // Discard stands left of Save whatever order the app wrote them in.
      const ordered = params.actions.toSorted(
        (a, b) => Number(a.variant === "primary") - Number(b.variant === "primary"),
      );
      buttons.replaceChildren(...ordered.map((action) => drawButton(action, params)));
    },
    /** Rejects when the merchant stays. */
    async confirmLeaving(): Promise<void> {
      const leave = await ask(
        "Leave page with unsaved changes?",
        "Leaving this page deletes all unsaved changes.",
        "Leave page",
      );
      if (!leave) throw new Error("The merchant stays on the page");
      bar.hidden = true;
    },
    shake(): void {
      bar.animate(
        [0, -8, 8, -5, 5, 0].map((x) => ({ transform: `translateX(${x}px)` })),
        350,
      );
      buttons.querySelector("button")?.focus();
    },
  };
}
