// ui-nav-menu, s-app-nav, ui-title-bar and ui-save-bar.
import { BridgeElement, OpenableElement } from "./elements.ts";
import type { NavLink } from "./protocol.ts";

export class NavMenu extends BridgeElement {
  override describe(): void {
    const links = [...this.querySelectorAll("a, s-link")].map(describeLink);
    BridgeElement.channel.tell("nav", { links });
  }

  override leave(): void {
    BridgeElement.channel.tell("nav", { links: [] });
  }
}

/** The newer name of the same thing. A tag needs a class of its own. */
export class AppNav extends NavMenu {}

function describeLink(link: Element): NavLink {
  return {
    href: link.getAttribute("href") ?? "/",
    text: link.textContent?.trim() ?? "",
    home: link.getAttribute("rel") === "home",
  };
}

export class TitleBar extends BridgeElement {
  override get title(): string {
    return this.getAttribute("title") ?? "";
  }

  override set title(value: string) {
    this.setAttribute("title", value);
  }

  override describe(): void {
    const modal = this.closest("ui-modal");
    if (modal instanceof OpenableElement) {
      modal.describe();
      return;
    }
    const title = this.getAttribute("title") ?? document.title;
    BridgeElement.channel.tell("titleBar", { element: this.number, title, actions: this.actions });
  }

  override leave(): void {
    BridgeElement.channel.tell("titleBar", { element: this.number, title: null, actions: [] });
  }
}

export class SaveBar extends OpenableElement {
  get discardConfirmation(): boolean {
    return this.hasAttribute("discardConfirmation");
  }

  set discardConfirmation(value: boolean) {
    this.toggleAttribute("discardConfirmation", value);
  }

  override paint(): void {
    BridgeElement.channel.tell("saveBar", {
      element: this.number,
      open: this.showing,
      actions: this.actions,
      confirmDiscard: this.discardConfirmation,
    });
  }
}
