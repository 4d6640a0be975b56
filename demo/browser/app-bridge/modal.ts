// ui-modal and s-app-window. Shopify's covers the whole admin; here a native dialog covers the frame and the admin
// page dims what is around it. A native dialog keeps the focus inside and closes with Escape.
import { BridgeElement, OpenableElement } from "./elements.ts";

const WIDTH = { small: "380px", base: "620px", large: "980px", max: "96vw" } as Record<string, string>;

export class Modal extends OpenableElement {
  /** React's portal draws into this element, so it has to exist before the modal is opened. */
  readonly content = document.createElement("div");
  #dialog: HTMLDialogElement | undefined;

  get src(): string | undefined {
    return this.getAttribute("src") ?? undefined;
  }

  get variant(): string {
    return this.getAttribute("variant") ?? "base";
  }

  set variant(value: string) {
    this.setAttribute("variant", value);
  }

  get contentWindow(): Window | null {
    return this.#dialog?.querySelector("iframe")?.contentWindow ?? null;
  }

  override paint(): void {
    BridgeElement.channel.tell("modal", { open: this.showing });
    if (!this.showing) {
      this.#dialog?.close();
      this.#dialog?.remove();
      this.#dialog = undefined;
      return;
    }
    this.#dialog ??= this.#openDialog();
    this.#drawFrame(this.#dialog);
  }

  #openDialog(): HTMLDialogElement {
    const dialog = document.createElement("dialog");
    dialog.className = "demo-modal";
    dialog.innerHTML =
      '<header><h2 id="demo-modal-title"></h2><button type="button" aria-label="Close">✕</button></header><main></main><footer></footer>';
    dialog.setAttribute("aria-labelledby", "demo-modal-title");
    dialog.style.width = `min(${WIDTH[this.variant] ?? WIDTH.base}, 96vw)`;
    dialog.querySelector("header button")!.addEventListener("click", () => void this.hide());
    dialog.addEventListener("cancel", () => void this.hide());
    dialog.querySelector("main")!.append(this.src ? this.#page(this.src) : this.#ownContent());
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  }

  #page(src: string): HTMLIFrameElement {
    const frame = document.createElement("iframe");
    frame.src = src;
    frame.title = this.#bar?.getAttribute("title") ?? "App page";
    return frame;
  }

  /** Plain HTML children are shown as a copy; with React the portal has filled `content`. */
  #ownContent(): HTMLElement {
    const plain = [...this.children].filter((child) => !child.localName.startsWith("ui-"));
    if (plain.length > 0) this.content.replaceChildren(...plain.map((child) => child.cloneNode(true)));
    return this.content;
  }

  get #bar(): BridgeElement | null {
    return this.querySelector<BridgeElement>("ui-title-bar");
  }

  /** Title and buttons come from the `ui-title-bar` inside and may change while the modal is open. */
  #drawFrame(dialog: HTMLDialogElement): void {
    const bar = this.#bar;
    dialog.querySelector("h2")!.textContent = bar?.getAttribute("title") ?? "";
    const footer = dialog.querySelector("footer")!;
    const buttons = (bar?.actions ?? []).map((action) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = action.text;
      button.className = `${action.variant} ${action.tone}`;
      button.disabled = action.disabled || action.loading;
      button.addEventListener("click", () => bar!.press(action.index));
      return button;
    });
    footer.replaceChildren(...buttons.toReversed()); // the primary action stands first in the bar and last in a dialog
    footer.hidden = buttons.length === 0;
  }
}

export class AppWindow extends Modal {
  override get variant(): string {
    return "max";
  }
}

export const MODAL_STYLES = `
.demo-modal { padding: 0; border: 0; border-radius: 16px; max-height: 88vh; overflow: hidden; color: #303030;
  font: 13px/1.5 Inter, system-ui, sans-serif; box-shadow: 0 20px 60px rgb(0 0 0 / .3); }
.demo-modal[open] { display: grid; grid-template-rows: auto 1fr auto; }
.demo-modal::backdrop { background: rgb(0 0 0 / .5); }
.demo-modal > header { display: flex; align-items: center; gap: 12px; padding: 14px 16px; background: #f3f3f3; }
.demo-modal > header h2 { margin: 0 auto 0 0; font-size: 14px; font-weight: 650; }
.demo-modal > header button { border: 0; background: none; padding: 4px 8px; border-radius: 8px; cursor: pointer; color: inherit; }
.demo-modal > main { overflow: auto; min-height: 40px; }
.demo-modal iframe { width: 100%; height: 60vh; border: 0; }
.demo-modal > footer { display: flex; gap: 8px; justify-content: flex-end; padding: 12px 16px; border-top: 1px solid #e3e3e3; }
.demo-modal > footer[hidden] { display: none; }
.demo-modal > footer button { font: inherit; font-weight: 550; border: 1px solid #8a8a8a; background: #fff; color: inherit;
  border-radius: 8px; padding: 6px 14px; cursor: pointer; }
.demo-modal > footer button.primary { background: #303030; border-color: #303030; color: #fff; }
.demo-modal > footer button.critical { background: #c70a24; border-color: #c70a24; color: #fff; }
.demo-modal button:focus-visible { outline: 2px solid #005bd3; outline-offset: 1px; }
`;
