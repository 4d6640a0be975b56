// Words and small signs: s-text, s-paragraph, s-heading, s-badge, s-chip, s-list, s-time, s-icon, s-spinner …
import { HostElement, setAttributeOrRemove } from "./base.ts";
import { iconPath } from "./icons.ts";
import { sectionDepth } from "./layout.ts";
import { TONE_TEXT } from "./scales.ts";

const TYPE_STYLE: Record<string, string> = {
  strong: "font-weight:600",
  emphasis: "font-style:italic",
  offset: "font-style:italic",
  small: "font-size:13px",
  address: "font-style:normal",
  redundant: "text-decoration:line-through",
  mark: "background:#fff3bf",
};

export class Text extends HostElement {
  override template(): string {
    return "<span><slot></slot></span>";
  }

  override update(): void {
    this.style.display = this.textOf("display") === "none" ? "none" : "inline";
    this.styleWords(this.inner("span"));
  }

  styleWords(part: HTMLElement): void {
    part.setAttribute("style", TYPE_STYLE[this.textOf("type")] ?? "");
    const tone = TONE_TEXT[this.textOf("tone")] ?? "inherit";
    part.style.color = this.textOf("color") === "subdued" ? "var(--subdued, #5c5c5c)" : tone;
    setAttributeOrRemove(part, "lang", this.textOf("lang"));
    setAttributeOrRemove(part, "dir", this.textOf("dir"));
    const visibility = this.textOf("accessibilityVisibility");
    part.className = visibility === "exclusive" ? "hidden" : "";
    setAttributeOrRemove(part, "aria-hidden", visibility === "hidden" && "true");
    const strikes = this.textOf("accessibilityRole") === "deletion" || this.textOf("type") === "redundant";
    if (strikes) part.style.textDecoration = "line-through";
  }
}

export class Paragraph extends Text {
  override template(): string {
    return "<p><slot></slot></p>";
  }

  override update(): void {
    this.styleWords(this.inner("p"));
  }
}

export class Heading extends HostElement {
  override template(): string {
    return `<h3><slot></slot></h3>`;
  }

  override update(): void {
    const depth = sectionDepth(this);
    const title = this.inner("h3");
    const plain = ["none", "presentation"].includes(this.textOf("accessibilityRole"));
    setAttributeOrRemove(title, "role", plain && "presentation");
    setAttributeOrRemove(title, "aria-level", plain ? undefined : String(2 + depth));
    title.setAttribute("style", `font-weight:600;line-height:1.35;font-size:${depth > 1 ? 14 : 16}px`);
  }
}

export class Badge extends HostElement {
  override template(): string {
    return `<span class="badge"><svg width="12" height="12" viewBox="0 0 20 20" aria-hidden="true" hidden><path fill="currentColor"/></svg><slot></slot></span>`;
  }

  override update(): void {
    this.style.display = "inline-block";
    this.inner(".badge").className = `badge ${this.textOf("tone")}`;
    const icon = this.inner<SVGElement>("svg");
    icon.toggleAttribute("hidden", !this.textOf("icon"));
    icon.querySelector("path")!.setAttribute("d", iconPath(this.textOf("icon")));
  }
}

export class Chip extends HostElement {
  override template(): string {
    return `<span class="chip"><slot name="graphic"></slot><slot></slot></span>`;
  }

  override update(): void {
    this.style.display = "inline-block";
  }
}

export class UnorderedList extends HostElement {
  override template(): string {
    return `<div role="list" style="padding-left:20px"><slot></slot></div>`;
  }
}

export class OrderedList extends UnorderedList {}

export class ListItem extends HostElement {
  override update(): void {
    this.style.display = "list-item";
    this.style.listStyleType = this.parentElement?.localName === "s-ordered-list" ? "decimal" : "disc";
    this.setAttribute("role", "listitem");
  }
}

export class Time extends HostElement {
  override template(): string {
    return "<time><slot></slot></time>";
  }

  override update(): void {
    this.style.display = "inline";
    setAttributeOrRemove(this.inner("time"), "datetime", this.textOf("dateTime"));
  }
}

export class Abbreviation extends HostElement {
  override template(): string {
    return "<abbr><slot></slot></abbr>";
  }

  override update(): void {
    this.style.display = "inline";
    setAttributeOrRemove(this.inner("abbr"), "title", this.textOf("title"));
  }
}

const ICON_SIZE: Record<string, number> = {
  "small-200": 12,
  "small-100": 14,
  small: 16,
  base: 20,
  large: 24,
  "large-100": 32,
};

export class Icon extends HostElement {
  override template(): string {
    return `<svg viewBox="0 0 20 20" aria-hidden="true"><path fill="currentColor" fill-rule="evenodd"/></svg>`;
  }

  override update(): void {
    this.style.display = "inline-block";
    this.style.lineHeight = "0";
    this.style.color = TONE_TEXT[this.textOf("tone")] ?? "inherit";
    const size = String(ICON_SIZE[this.textOf("size")] ?? 20);
    const svg = this.inner<SVGElement>("svg");
    svg.setAttribute("width", size);
    svg.setAttribute("height", size);
    svg.querySelector("path")!.setAttribute("d", iconPath(this.textOf("type")));
  }
}

export class Spinner extends HostElement {
  override template(): string {
    return `<span class="spinner" role="progressbar" style="font-size:24px;color:var(--accent)"></span>`;
  }

  override update(): void {
    this.style.display = "inline-block";
    this.inner(".spinner").setAttribute("aria-label", this.textOf("accessibilityLabel") || "Loading");
  }
}

export class SkeletonParagraph extends HostElement {
  override template(): string {
    return `<span aria-hidden="true"><span class="skeleton"></span><span class="skeleton" style="width:70%"></span></span>`;
  }
}

export class Progress extends HostElement {
  override template(): string {
    return "<progress></progress>";
  }

  override update(): void {
    const bar = this.inner<HTMLProgressElement>("progress");
    bar.max = Number(this.props.max ?? 1);
    if (this.props.value === undefined) bar.removeAttribute("value");
    else bar.value = Number(this.props.value);
    bar.setAttribute("aria-label", this.textOf("accessibilityLabel") || "Progress");
    bar.style.setProperty("--bar", this.textOf("tone") === "critical" ? "#a3122b" : "");
  }
}
