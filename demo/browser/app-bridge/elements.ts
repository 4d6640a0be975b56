// The bare tags that an app writes for the admin: they draw nothing and describe themselves to the admin page.
import type { Channel } from "./channel.ts";
import type { BarAction } from "./protocol.ts";

/** Elements in the page by their number; the admin names them by it when a button is pressed. */
const living = new Map<number, BridgeElement>();
let lastNumber = 0;

const BUTTONS = "button, a, s-button";
const ATTRIBUTES = { subtree: true, childList: true, attributes: true, characterData: true };

export class BridgeElement extends HTMLElement {
  static channel: Channel;
  readonly number = ++lastNumber;
  #observer: MutationObserver | undefined;

  connectedCallback(): void {
    living.set(this.number, this);
    this.#observer = new MutationObserver(() => this.describe());
    this.#observer.observe(this, ATTRIBUTES);
    this.describe();
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    living.delete(this.number);
    this.leave();
  }

  /** Tells the admin what this element wants to show now. */
  describe(): void {}

  /** Takes back what was shown. */
  leave(): void {}

  get buttons(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(BUTTONS)];
  }

  get actions(): BarAction[] {
    return this.buttons.map(describeButton);
  }

  press(index: number): void {
    this.buttons[index]?.click();
  }
}

function describeButton(button: HTMLElement, index: number): BarAction {
  const loading = button.getAttribute("loading");
  return {
    index,
    text: button.textContent?.trim() ?? "",
    variant: button.getAttribute("variant") ?? "",
    tone: button.getAttribute("tone") ?? "",
    disabled: button.hasAttribute("disabled"),
    loading: loading !== null && loading !== "false",
  };
}

/** An element that is opened and closed: save bar, modal, app window. */
export class OpenableElement extends BridgeElement {
  #open = false;

  get showing(): boolean {
    return this.#open;
  }

  async show(): Promise<void> {
    if (this.#open) return;
    this.#open = true;
    this.paint();
    this.dispatchEvent(new Event("show"));
  }

  async hide(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.paint();
    this.dispatchEvent(new Event("hide"));
  }

  async toggle(): Promise<void> {
    return this.#open ? this.hide() : this.show();
  }

  override describe(): void {
    if (this.#open) this.paint();
  }

  override leave(): void {
    if (!this.#open) return;
    this.#open = false;
    this.paint();
  }

  /** Draws the open or the closed state. */
  paint(): void {}
}

export function pressButton(number: number, index: number): void {
  living.get(number)?.press(index);
}

export function openableById(id: string): OpenableElement {
  const element = document.getElementById(id);
  if (!(element instanceof OpenableElement)) throw new Error(`App Bridge: no element with id "${id}"`);
  return element;
}

export function isAnySaveBarOpen(): boolean {
  return [...living.values()].some(
    (element) => element.localName === "ui-save-bar" && element instanceof OpenableElement && element.showing,
  );
}
