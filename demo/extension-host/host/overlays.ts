// What opens over the page: s-modal, s-sheet, s-popover, s-menu, s-tooltip.
import { HostElement, setAttributeOrRemove } from "./base.ts";

const WIDTH: Record<string, string> = {
  "small-100": "360px",
  small: "420px",
  base: "540px",
  large: "720px",
  "large-100": "900px",
  max: "96vw",
};

export class Modal extends HostElement {
  get dialogClass(): string {
    return "";
  }

  override template(): string {
    return `<dialog class="${this.dialogClass}" aria-labelledby="title"><header><h2 id="title"></h2><button type="button" class="icon-button" aria-label="Close">✕</button></header>
      <div class="body"><slot></slot></div><footer><slot name="secondary-actions"></slot><slot name="primary-action"></slot></footer></dialog>`;
  }

  get dialog(): HTMLDialogElement {
    return this.inner<HTMLDialogElement>("dialog");
  }

  override build(): void {
    this.inner("header button").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => {
      this.emit("hide");
      this.emit("afterhide");
    });
    if (this.is("defaultOpen")) this.#open();
  }

  override update(): void {
    const heading = this.textOf("heading");
    this.inner("#title").textContent = heading;
    const label = this.textOf("accessibilityLabel");
    setAttributeOrRemove(this.dialog, "aria-label", label || undefined);
    if (label) this.dialog.removeAttribute("aria-labelledby");
    this.dialog.style.setProperty("--dialog-width", WIDTH[this.textOf("size")] ?? WIDTH.base!);
    this.inner<HTMLElement>(".body").style.padding = this.textOf("padding") === "none" ? "0" : "";
    const actions = this.querySelector(
      ':scope > [slot="primary-action"], :scope > [slot="secondary-actions"]',
    );
    this.inner<HTMLElement>("footer").hidden = !actions;
  }

  #open(): void {
    this.dialog.showModal();
    this.emit("show");
    this.emit("aftershow");
  }

  runCommand(command: string): void {
    if (command === "--hide" || (command !== "--show" && this.dialog.open)) this.dialog.close();
    else this.#open();
  }

  hideOverlay(): void {
    this.dialog.close();
  }
}

export class Sheet extends Modal {
  override get dialogClass(): string {
    return "sheet";
  }
}

export class Popover extends HostElement {
  override template(): string {
    return `<div class="popover" role="dialog" hidden><slot></slot></div>`;
  }

  override build(): void {
    addEventListener("pointerdown", (event) => {
      if (this.#isOpen && !event.composedPath().includes(this)) this.runCommand("--hide");
    });
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.runCommand("--hide");
    });
    this.addEventListener("click", () => this.localName === "s-menu" && this.runCommand("--hide"));
  }

  get #isOpen(): boolean {
    return !this.inner(".popover").hidden;
  }

  override update(): void {
    this.style.display = "contents";
    setAttributeOrRemove(
      this.inner(".popover"),
      "aria-label",
      this.textOf("accessibilityLabel") || "Details",
    );
  }

  runCommand(command: string): void {
    const open = command === "--show" || (command !== "--hide" && !this.#isOpen);
    this.inner(".popover").hidden = !open;
    this.emit(open ? "show" : "hide");
  }
}

/** Shown while the element that names it with `interestFor` has the pointer or the focus. */
export class Tooltip extends HostElement {
  override template(): string {
    return `<span class="tooltip" role="tooltip" hidden><slot></slot></span>`;
  }

  override build(): void {
    const scope = this.getRootNode() as ParentNode;
    const owner = [...scope.querySelectorAll<HostElement>("*")].find(
      (element) => element instanceof HostElement && element.textOf("interestFor") === this.id,
    );
    if (!owner) return;
    const show = (on: boolean) => () => void (this.inner(".tooltip").hidden = !on);
    owner.addEventListener("pointerenter", show(true));
    owner.addEventListener("pointerleave", show(false));
    owner.addEventListener("focusin", show(true));
    owner.addEventListener("focusout", show(false));
  }

  override update(): void {
    this.style.display = "inline";
  }
}
