// Short messages at the bottom. The live region exists from the start, so that screen readers hear them.
import type { FrameEvents, ToastParams } from "../app-bridge/protocol.ts";

type TellFrame = <E extends keyof FrameEvents>(event: E, params: FrameEvents[E]) => void;

export function createToasts(tellFrame: TellFrame) {
  const region = document.querySelector<HTMLElement>("#toasts")!;

  function dismiss(id: string): void {
    const toast = document.getElementById(id);
    if (!toast) return;
    toast.remove();
    tellFrame("toastDismiss", { id });
  }

  function addButton(toast: HTMLElement, text: string, label: string, onPress: () => void): void {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", onPress);
    toast.append(button);
  }

  return {
    show({ id, message, isError, duration, action }: ToastParams): void {
      const toast = document.createElement("div");
      toast.id = id;
      toast.className = isError ? "toast error" : "toast";
      const words = document.createElement("span");
      words.textContent = message;
      toast.append(words);
      if (action) addButton(toast, action, action, () => tellFrame("toastAction", { id }));
      addButton(toast, "✕", "Dismiss", () => dismiss(id));
      region.append(toast);
      setTimeout(() => dismiss(id), duration);
    },
    hide: ({ id }: { id: string }) => dismiss(id),
  };
}
