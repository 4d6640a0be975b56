// Boxes: s-box, s-stack, s-grid, s-grid-item, s-scroll-box, s-query-container, s-section, s-divider, s-clickable.
import { HostElement, runCommandOf, setAttributeOrRemove } from "./base.ts";
import { openAddress } from "./links.ts";
import { BORDER_WIDTH, RADIUS, responsive, scaled, SPACE } from "./scales.ts";

const BACKGROUND: Record<string, string> = {
  base: "#fff",
  subdued: "var(--fill, #f5f5f3)",
  transparent: "transparent",
};
const ROLES: Record<string, string> = {
  header: "banner",
  footer: "contentinfo",
  section: "region",
  aside: "complementary",
  "ordered-list": "list",
  "unordered-list": "list",
  "list-item": "listitem",
  "list-item-separator": "separator",
};

/** Sizes, spacing, border, background and role: what all boxes have in common. */
export class Box extends HostElement {
  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("resize", this.#redraw);
  }

  disconnectedCallback(): void {
    removeEventListener("resize", this.#redraw);
  }

  #redraw = (): void => {
    if (Object.values(this.props).some((value) => String(value).startsWith("@container"))) this.schedule();
  };

  /** A property as text, with its `@container` condition already decided. */
  at(name: string): string {
    const container = this.closest("s-query-container") ?? this.closest("[data-extension]") ?? document.body;
    return responsive(this.textOf(name), container.clientWidth);
  }

  get displayKind(): string {
    return "block";
  }

  override update(): void {
    const style = this.style;
    style.display = this.at("display") === "none" ? "none" : this.displayKind;
    style.padding = scaled(this.at("padding") || "none", SPACE);
    for (const [name, property] of PADDINGS)
      if (this.props[name]) style.setProperty(property, scaled(this.at(name), SPACE));
    for (const [name, property] of SIZES)
      if (this.props[name]) style.setProperty(property, sized(this.at(name)));
    style.background = BACKGROUND[this.at("background")] ?? "transparent";
    style.borderRadius = scaled(this.at("borderRadius") || "none", RADIUS);
    style.overflow = this.textOf("overflow") === "hidden" ? "hidden" : "";
    this.#drawBorder();
    this.#describe();
  }

  #drawBorder(): void {
    const [width = "none", , kind] = (this.at("border") || "none").split(" ");
    const widths = this.at("borderWidth") || width;
    this.style.borderWidth = scaled(widths, BORDER_WIDTH);
    this.style.borderStyle = this.at("borderStyle") || kind?.replace("auto", "solid") || "solid";
    this.style.borderColor = "var(--line, #e2e2e2)";
  }

  #describe(): void {
    const role = this.textOf("accessibilityRole");
    const visible = this.textOf("accessibilityVisibility");
    setAttributeOrRemove(
      this,
      "role",
      role === "none" || role === "generic" ? undefined : (ROLES[role] ?? role),
    );
    setAttributeOrRemove(this, "aria-label", role ? this.textOf("accessibilityLabel") : undefined);
    setAttributeOrRemove(this, "aria-hidden", visible === "hidden" && "true");
    this.classList.toggle("visually-hidden", visible === "exclusive");
  }
}

const PADDINGS = [
  ["paddingBlock", "padding-block"],
  ["paddingBlockStart", "padding-block-start"],
  ["paddingBlockEnd", "padding-block-end"],
  ["paddingInline", "padding-inline"],
  ["paddingInlineStart", "padding-inline-start"],
  ["paddingInlineEnd", "padding-inline-end"],
] as const;

const SIZES = [
  ["inlineSize", "inline-size"],
  ["blockSize", "block-size"],
  ["minInlineSize", "min-inline-size"],
  ["maxInlineSize", "max-inline-size"],
  ["minBlockSize", "min-block-size"],
  ["maxBlockSize", "max-block-size"],
] as const;

function sized(value: string): string {
  return /^\d+$/.test(value) ? `${value}px` : value === "fill" ? "100%" : value;
}

export class Stack extends Box {
  override get displayKind(): string {
    return "flex";
  }

  override update(): void {
    super.update();
    const inline = this.at("direction") === "inline";
    this.style.flexDirection = inline ? "row" : "column";
    this.style.flexWrap = inline ? "wrap" : "nowrap";
    this.style.gap = scaled(this.at("gap") || "none", SPACE);
    if (this.props.rowGap) this.style.rowGap = scaled(this.at("rowGap"), SPACE);
    if (this.props.columnGap) this.style.columnGap = scaled(this.at("columnGap"), SPACE);
    this.style.alignItems = this.at("alignItems") || "stretch";
    this.style.alignContent = this.at("alignContent");
    this.style.justifyContent = this.at("justifyContent") || "start";
  }
}

export class Grid extends Box {
  override get displayKind(): string {
    return "grid";
  }

  override update(): void {
    super.update();
    this.style.gap = scaled(this.at("gap") || "none", SPACE);
    if (this.props.rowGap) this.style.rowGap = scaled(this.at("rowGap"), SPACE);
    if (this.props.columnGap) this.style.columnGap = scaled(this.at("columnGap"), SPACE);
    this.style.gridTemplateColumns = this.at("gridTemplateColumns") || "none";
    this.style.gridTemplateRows = this.at("gridTemplateRows") || "none";
    for (const name of GRID_ALIGNMENTS) this.style[name] = this.at(name);
  }
}

const GRID_ALIGNMENTS = [
  "alignItems",
  "alignContent",
  "justifyItems",
  "justifyContent",
  "placeItems",
  "placeContent",
] as const;

export class GridItem extends Box {
  override update(): void {
    super.update();
    this.style.gridColumn = this.at("gridColumn");
    this.style.gridRow = this.at("gridRow");
  }
}

export class ScrollBox extends Box {
  override update(): void {
    super.update();
    this.style.overflow = "auto";
    this.tabIndex = 0; // what scrolls must be reachable by keyboard
  }
}

export class Section extends HostElement {
  override template(): string {
    return `<section><h2></h2><slot></slot></section>`;
  }

  override update(): void {
    const heading = this.textOf("heading");
    const depth = sectionDepth(this);
    const title = this.inner("h2");
    title.textContent = heading;
    title.hidden = !heading;
    title.setAttribute("aria-level", String(1 + depth));
    title.setAttribute(
      "style",
      `font-size:${depth > 1 ? 15 : 18}px;font-weight:600;line-height:1.3;margin-bottom:14px`,
    );
    const section = this.inner("section");
    setAttributeOrRemove(section, "aria-label", this.textOf("accessibilityLabel") || heading);
    section.className = depth === 1 ? "card" : "";
  }
}

/** 1 for an outer section; headings inside are one level deeper. */
export function sectionDepth(element: Element): number {
  let depth = element.localName === "s-section" ? 1 : 0;
  for (let outer = element.parentElement; outer; outer = outer.parentElement) {
    if (outer.localName === "s-section") depth += 1;
  }
  return depth;
}

export class Divider extends HostElement {
  override template(): string {
    return "<hr>";
  }

  override update(): void {
    const vertical = this.textOf("direction") === "block";
    this.inner("hr").setAttribute(
      "style",
      vertical ? "border-top:0;border-left:1px solid var(--line);height:100%;width:0" : "",
    );
  }
}

export class Clickable extends Box {
  override get delegatesFocus(): boolean {
    return true;
  }

  override template(): string {
    return `<style>.hit{display:block;width:100%;text-align:start;border:0;background:none;padding:0;color:inherit;text-decoration:none;cursor:pointer}</style><a class="hit" part="hit"><slot></slot></a>`;
  }

  override build(): void {
    const hit = this.inner<HTMLAnchorElement>(".hit");
    const act = (event: Event) => {
      if (this.is("disabled")) return;
      this.emit("click", {}, event);
      if (this.textOf("href")) openAddress(event, this.textOf("href"), this.textOf("target"));
      runCommandOf(this);
    };
    hit.addEventListener("click", act);
    hit.addEventListener("keydown", (event) => {
      const isButton = !this.textOf("href");
      if (!isButton || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      act(event);
    });
    hit.addEventListener("focus", () => this.emit("focus"));
    hit.addEventListener("blur", () => this.emit("blur"));
  }

  override update(): void {
    super.update();
    const hit = this.inner(".hit");
    const href = this.textOf("href");
    setAttributeOrRemove(hit, "href", href);
    setAttributeOrRemove(hit, "role", href ? undefined : "button");
    setAttributeOrRemove(hit, "tabindex", href ? undefined : "0");
    setAttributeOrRemove(hit, "aria-label", this.textOf("accessibilityLabel"));
    setAttributeOrRemove(hit, "aria-disabled", this.is("disabled") && "true");
  }
}
