// `form[data-save-bar]`: the save bar appears by itself with the first change and goes with save or reset.
import type { Channel } from "./channel.ts";

const ACTIONS = [
  { index: 0, text: "Save", variant: "primary", tone: "", disabled: false, loading: false },
  { index: 1, text: "Discard", variant: "", tone: "", disabled: false, loading: false },
];

export type FormSaveBars = {
  anyChanged(): boolean;
  save(): void;
  discard(): void;
  listen(): void;
};

export function createFormSaveBars(channel: Channel): FormSaveBars {
  const changed = new Set<HTMLFormElement>();

  function tell(form: HTMLFormElement, open: boolean): void {
    const confirmDiscard = form.hasAttribute("data-discard-confirmation");
    channel.tell("saveBar", { element: null, open, actions: open ? ACTIONS : [], confirmDiscard });
  }

  function notice(event: Event): void {
    const target = event.target instanceof Element ? event.target : null;
    const form = target?.closest<HTMLFormElement>("form[data-save-bar]");
    if (!form || changed.has(form)) return;
    changed.add(form);
    tell(form, true);
  }

  function forget(event: Event): void {
    const form = event.target as HTMLFormElement;
    if (changed.delete(form)) tell(form, false);
  }

  const first = () => [...changed].find((form) => form.isConnected);
  return {
    anyChanged: () => first() !== undefined,
    save: () => first()?.requestSubmit(),
    discard: () => first()?.reset(),
    listen() {
      window.addEventListener("input", notice);
      window.addEventListener("submit", forget);
      window.addEventListener("reset", forget);
    },
  };
}
