// Things to press: s-button, s-press-button, s-link, s-clickable-chip, s-clipboard-item, s-form.
import { HostElement, runCommandOf, setAttributeOrRemove } from "./base.ts";
import { openAddress, reachable } from "./links.ts";

export class Button extends HostElement {
  override get delegatesFocus(): boolean {
    return true;
  }

  override template(): string {
    return `<a class="button"><span class="spinner" hidden></span><slot></slot></a>`;
  }

  override build(): void {
    const button = this.inner(".button");
    button.addEventListener("click", (event) => this.press(event));
    button.addEventListener("keydown", (event) => {
      if (this.textOf("href") || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      this.press(event);
    });
    button.addEventListener("focus", () => this.emit("focus"));
    button.addEventListener("blur", () => this.emit("blur"));
  }

  get isBusy(): boolean {
    return this.is("disabled") || this.is("loading");
  }

  press(event: Event): void {
    event.stopPropagation();
    if (this.isBusy) {
      event.preventDefault();
      return;
    }
    this.emit("click");
    if (this.textOf("href")) openAddress(event, this.textOf("href"), this.textOf("target"));
    if (this.textOf("type") === "submit") this.closest<HostElement>("s-form")?.emit("submit");
    runCommandOf(this);
  }

  override update(): void {
    const size = this.textOf("inlineSize");
    this.style.display = size === "fill" ? "block" : "inline-block";
    this.style.justifySelf = size === "fill" ? "stretch" : "start";
    this.style.alignSelf = size === "fill" ? "stretch" : "";
    const button = this.inner(".button");
    const href = this.textOf("href");
    button.className = `button ${this.textOf("variant")} ${this.textOf("tone")}`;
    setAttributeOrRemove(button, "href", href && reachable(href, location.origin));
    setAttributeOrRemove(button, "role", href ? undefined : "button");
    setAttributeOrRemove(button, "tabindex", href ? undefined : "0");
    setAttributeOrRemove(button, "aria-label", this.textOf("accessibilityLabel"));
    // aria-disabled and not `disabled`: a button that is loading must not lose the focus
    setAttributeOrRemove(button, "aria-disabled", this.isBusy && "true");
    setAttributeOrRemove(button, "aria-busy", this.is("loading") && "true");
    this.inner(".spinner").hidden = !this.is("loading");
  }
}

export class PressButton extends Button {
  override press(event: Event): void {
    if (!this.isBusy) this.props.pressed = !this.isPressed;
    this.schedule();
    super.press(event);
  }

  get isPressed(): boolean {
    return this.props.pressed === undefined ? this.is("defaultPressed") : this.is("pressed");
  }

  override update(): void {
    super.update();
    const button = this.inner(".button");
    button.classList.toggle("pressed", this.isPressed);
    button.setAttribute("aria-pressed", String(this.isPressed));
  }
}

export class Link extends HostElement {
  override get delegatesFocus(): boolean {
    return true;
  }

  override template(): string {
    return `<a class="link"><slot></slot></a>`;
  }

  override build(): void {
    const link = this.inner(".link");
    const follow = (event: Event) => {
      this.emit("click", {}, event);
      if (this.textOf("href")) openAddress(event, this.textOf("href"), this.textOf("target"));
      runCommandOf(this);
    };
    link.addEventListener("click", follow);
    link.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !this.textOf("href")) follow(event);
    });
  }

  override update(): void {
    this.style.display = "inline";
    const link = this.inner(".link");
    const href = this.textOf("href");
    link.className = `link ${this.textOf("tone")}`;
    setAttributeOrRemove(link, "href", href && reachable(href, location.origin));
    setAttributeOrRemove(link, "target", this.textOf("target") === "_blank" && "_blank");
    setAttributeOrRemove(link, "role", href ? undefined : "button");
    setAttributeOrRemove(link, "tabindex", href ? undefined : "0");
    setAttributeOrRemove(link, "aria-label", this.textOf("accessibilityLabel"));
    setAttributeOrRemove(link, "lang", this.textOf("lang"));
  }
}

export class ClickableChip extends HostElement {
  override template(): string {
    return `<button type="button" class="chip"><slot name="graphic"></slot><slot></slot><span aria-hidden="true" hidden>✕</span></button>`;
  }

  override build(): void {
    this.inner(".chip").addEventListener("click", (event) => {
      if (this.is("disabled")) return;
      this.emit(this.is("removable") ? "remove" : "click", {}, event);
      if (this.textOf("href")) openAddress(event, this.textOf("href"), "");
    });
  }

  override update(): void {
    this.style.display = "inline-block";
    this.toggleAttribute("hidden", this.is("hidden"));
    const chip = this.inner<HTMLButtonElement>(".chip");
    chip.disabled = this.is("disabled");
    setAttributeOrRemove(chip, "aria-label", this.textOf("accessibilityLabel"));
    this.inner("span").hidden = !this.is("removable");
  }
}

/** Copies its text when a button names it with command="--copy". */
export class ClipboardItem extends HostElement {
  runCommand(): void {
    navigator.clipboard.writeText(this.textOf("text")).then(
      () => this.emit("copy"),
      () => this.emit("copyerror"),
    );
  }
}

/** Enter in one of its fields submits it, as in a real form. */
export class Form extends HostElement {
  override template(): string {
    return `<div role="form"><slot></slot></div>`;
  }

  override build(): void {
    this.addEventListener("keydown", (event) => {
      const field = event.composedPath()[0];
      if (event.key === "Enter" && field instanceof HTMLInputElement && !this.is("disabled"))
        this.emit("submit");
    });
  }
}
