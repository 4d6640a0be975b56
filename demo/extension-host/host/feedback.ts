// s-banner, s-announcement, s-details with s-summary, and pictures: s-image, s-product-thumbnail, s-avatar.
import { HostElement, setAttributeOrRemove } from "./base.ts";
import { BORDER_WIDTH, RADIUS, scaled, TONE_FILL, TONE_TEXT } from "./scales.ts";

const SIGNS: Record<string, string> = { success: "✓", critical: "!", warning: "!", info: "i", auto: "i" };

export class Banner extends HostElement {
  #isOpen = true;

  override template(): string {
    return `<div class="banner"><span class="mark" aria-hidden="true"></span><div class="body"><strong></strong><div id="more"><slot></slot></div></div>
      <span><button type="button" id="fold" hidden>⌄</button><button type="button" id="close" aria-label="Dismiss" hidden>✕</button></span></div>`;
  }

  override build(): void {
    this.inner("#close").addEventListener("click", () => {
      this.emit("dismiss");
      this.props.hidden = true;
      this.schedule();
      this.emit("afterhide");
    });
    this.inner("#fold").addEventListener("click", () => {
      this.#isOpen = !this.#isOpen;
      this.schedule();
    });
  }

  override update(): void {
    const tone = this.textOf("tone") || "auto";
    this.toggleAttribute("hidden", this.is("hidden"));
    const banner = this.inner(".banner");
    banner.setAttribute("role", tone === "critical" ? "alert" : "status");
    banner.style.background = TONE_FILL[tone] ?? TONE_FILL.info!;
    banner.style.color = tone === "auto" ? TONE_TEXT.info! : (TONE_TEXT[tone] ?? TONE_TEXT.info!);
    this.inner(".mark").dataset.sign = SIGNS[tone] ?? "i";
    this.inner("strong").textContent = this.textOf("heading");
    this.inner("#close").hidden = !this.is("dismissible");
    const fold = this.inner("#fold");
    fold.hidden = !this.is("collapsible");
    fold.setAttribute("aria-expanded", String(this.#isOpen));
    fold.setAttribute("aria-label", this.textOf("heading") || "Details");
    this.inner("#more").hidden = this.is("collapsible") && !this.#isOpen;
  }
}

export class Announcement extends HostElement {
  override template(): string {
    return `<div class="banner" role="status" style="background:#202223;color:#fff"><span></span><div><slot></slot></div><button type="button" aria-label="Dismiss">✕</button></div>`;
  }

  override build(): void {
    this.inner("button").addEventListener("click", () => {
      this.hidden = true;
      this.emit("dismiss");
    });
  }
}

export class Details extends HostElement {
  override template(): string {
    return `<details><summary><slot name="summary-of-details"></slot></summary><div style="padding-top:8px"><slot></slot></div></details>`;
  }

  override build(): void {
    const details = this.inner<HTMLDetailsElement>("details");
    details.open = this.props.open === undefined ? this.is("defaultOpen") : this.is("open");
    details.addEventListener("toggle", () => {
      if (details.open === this.is("open")) return;
      this.props.open = details.open;
      this.emit("toggle", { open: details.open });
      this.emit("aftertoggle", { open: details.open });
    });
  }

  override update(): void {
    for (const summary of this.querySelectorAll(":scope > s-summary")) summary.slot = "summary-of-details";
    if (this.props.open !== undefined) this.inner<HTMLDetailsElement>("details").open = this.is("open");
  }
}

export class Summary extends HostElement {
  override update(): void {
    this.style.display = "inline";
    (this.parentElement as HostElement | null)?.schedule?.();
  }
}

export class Image extends HostElement {
  override template(): string {
    return `<img><span hidden role="img" style="display:block;width:100%;aspect-ratio:1;background:linear-gradient(135deg,#e9ece8,#f7f7f5)"></span>`;
  }

  override build(): void {
    const image = this.inner<HTMLImageElement>("img");
    image.addEventListener("error", () => {
      image.hidden = true;
      this.inner("span").hidden = false;
    });
  }

  override update(): void {
    this.style.maxWidth = "100%";
    this.style.display = this.textOf("inlineSize") === "auto" ? "inline-block" : "block";
    const image = this.inner<HTMLImageElement>("img");
    const alt = this.textOf("alt");
    if (image.getAttribute("src") !== this.textOf("src")) {
      setAttributeOrRemove(image, "src", this.textOf("src"));
      image.hidden = !this.textOf("src");
      this.inner("span").hidden = Boolean(this.textOf("src"));
    }
    image.alt = alt;
    setAttributeOrRemove(this.inner("span"), "aria-label", alt);
    setAttributeOrRemove(this.inner("span"), "aria-hidden", alt ? undefined : "true");
    setAttributeOrRemove(image, "srcset", this.textOf("srcSet"));
    setAttributeOrRemove(image, "sizes", this.textOf("sizes"));
    setAttributeOrRemove(image, "loading", this.textOf("loading"));
    const role = this.textOf("accessibilityRole");
    setAttributeOrRemove(image, "role", role === "none" ? "presentation" : role === "img" ? undefined : role);
    image.style.width = this.textOf("inlineSize") === "auto" ? "auto" : "100%";
    image.style.maxWidth = "100%";
    image.style.aspectRatio = this.textOf("aspectRatio");
    image.style.objectFit = this.textOf("objectFit") || "contain";
    image.style.borderRadius = scaled(this.textOf("borderRadius") || "none", RADIUS);
    const border = this.textOf("borderWidth") || this.textOf("border").split(" ")[0] || "none";
    image.style.border = `${scaled(border, BORDER_WIDTH)} solid var(--line, #e2e2e2)`;
  }
}

const THUMBNAIL: Record<string, string> = { "small-100": "40px", small: "48px", base: "64px" };

export class ProductThumbnail extends HostElement {
  override template(): string {
    return `<span class="thumb"><img hidden><span class="blank"></span><span class="count" hidden></span></span>`;
  }

  override update(): void {
    this.style.display = "inline-block";
    const image = this.inner<HTMLImageElement>("img");
    const src = this.textOf("src");
    if (image.getAttribute("src") !== src) setAttributeOrRemove(image, "src", src);
    image.hidden = !src;
    image.alt = this.textOf("alt");
    this.inner<HTMLElement>(".blank").hidden = Boolean(src);
    const count = this.inner<HTMLElement>(".count");
    count.textContent = this.textOf("totalItems");
    count.hidden = !this.props.totalItems;
    this.inner(".thumb").style.setProperty("--thumb", THUMBNAIL[this.textOf("size")] ?? "64px");
  }
}

export class Avatar extends HostElement {
  override template(): string {
    return `<span role="img" style="display:grid;place-items:center;width:40px;height:40px;border-radius:50%;background:var(--accent-tint,#e8f2fd);color:var(--accent);font-weight:600"></span>`;
  }

  override update(): void {
    this.style.display = "inline-block";
    const disc = this.inner("span");
    disc.textContent = this.textOf("initials");
    disc.setAttribute("aria-label", this.textOf("alt") || this.textOf("initials"));
  }
}
