import { fireEvent, waitFor } from "@testing-library/preact";

/** What a shopper sees and does, in terms of texts. */
export function seenText(): string {
  return document.body.textContent ?? "";
}

export function elements(selector: string): HTMLElement[] {
  return [...document.body.querySelectorAll<HTMLElement>(selector)];
}

export async function seeText(text: string): Promise<void> {
  await waitFor(() => {
    if (!seenText().includes(text)) throw new Error(`"${text}" is not in "${seenText()}"`);
  }, WAIT);
}

/** Waits until the block has made up its mind, and is sure that it shows nothing. */
export async function seeNothing(): Promise<void> {
  await waitFor(() => {
    if (document.body.childElementCount > 0) throw new Error(`still there: ${document.body.innerHTML}`);
  }, WAIT);
}

export function buttonNamed(label: string): HTMLElement {
  const found = elements("s-button, s-link").find((button) => button.textContent?.includes(label));
  if (!found) throw new Error(`no button "${label}" in ${document.body.innerHTML}`);
  return found;
}

/** Presses a button; one that submits does so as a browser would. */
export function press(label: string): void {
  const button = buttonNamed(label);
  fireEvent.click(button);
  const form = button.getAttribute("type") === "submit" && button.closest("s-form");
  if (form) fireEvent.submit(form);
}

/** Chooses in the only choice list that is shown. */
export function choose(...values: string[]): void {
  const [list] = elements("s-choice-list");
  if (!list) throw new Error(`no choices in ${document.body.innerHTML}`);
  fireEvent.change(Object.assign(list, { values }));
}

export function write(value: string): void {
  const [field] = elements("s-text-area");
  if (!field) throw new Error(`no text field in ${document.body.innerHTML}`);
  fireEvent.change(Object.assign(field, { value }));
}

const WAIT = { timeout: 5000 };
