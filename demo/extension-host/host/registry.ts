// Which class draws which tag. Tags that Shopify declares and nobody draws yet say so on the page.
import type { ElementTable, Surface } from "../element-table.ts";
import { HostElement } from "./base.ts";
import * as choices from "./choices.ts";
import * as controls from "./controls.ts";
import * as feedback from "./feedback.ts";
import * as fields from "./fields.ts";
import * as layout from "./layout.ts";
import * as overlays from "./overlays.ts";
import * as texts from "./texts.ts";

type Report = (message: string) => void;
type ElementClass = new () => HostElement;

const DRAWN: Record<string, ElementClass> = {
  "s-abbreviation": texts.Abbreviation,
  "s-announcement": feedback.Announcement,
  "s-avatar": feedback.Avatar,
  "s-badge": texts.Badge,
  "s-banner": feedback.Banner,
  "s-box": layout.Box,
  "s-button": controls.Button,
  "s-button-group": layout.Stack,
  "s-checkbox": choices.Checkbox,
  "s-chip": texts.Chip,
  "s-choice": choices.Choice,
  "s-choice-list": choices.ChoiceList,
  "s-clickable": layout.Clickable,
  "s-clickable-chip": controls.ClickableChip,
  "s-clipboard-item": controls.ClipboardItem,
  "s-consent-checkbox": choices.ConsentCheckbox,
  "s-consent-phone-field": fields.PhoneField,
  "s-date-field": fields.DateField,
  "s-details": feedback.Details,
  "s-divider": layout.Divider,
  "s-email-field": fields.EmailField,
  "s-form": controls.Form,
  "s-grid": layout.Grid,
  "s-grid-item": layout.GridItem,
  "s-heading": texts.Heading,
  "s-icon": texts.Icon,
  "s-image": feedback.Image,
  "s-image-group": layout.Stack,
  "s-link": controls.Link,
  "s-list-item": texts.ListItem,
  "s-menu": overlays.Popover,
  "s-modal": overlays.Modal,
  "s-money-field": fields.MoneyField,
  "s-number-field": fields.NumberField,
  "s-option": fields.SelectOption,
  "s-ordered-list": texts.OrderedList,
  "s-page": layout.Section,
  "s-paragraph": texts.Paragraph,
  "s-password-field": fields.PasswordField,
  "s-phone-field": fields.PhoneField,
  "s-popover": overlays.Popover,
  "s-press-button": controls.PressButton,
  "s-product-thumbnail": feedback.ProductThumbnail,
  "s-progress": texts.Progress,
  "s-query-container": HostElement,
  "s-scroll-box": layout.ScrollBox,
  "s-section": layout.Section,
  "s-select": fields.Select,
  "s-sheet": overlays.Sheet,
  "s-skeleton-paragraph": texts.SkeletonParagraph,
  "s-spinner": texts.Spinner,
  "s-stack": layout.Stack,
  "s-summary": feedback.Summary,
  "s-switch": choices.Switch,
  "s-text": texts.Text,
  "s-text-area": fields.TextArea,
  "s-text-field": fields.TextField,
  "s-time": texts.Time,
  "s-tooltip": overlays.Tooltip,
  "s-unordered-list": texts.UnorderedList,
  "s-url-field": fields.UrlField,
};

/** Defines every tag of the surface. `report` hears about values that Shopify's types do not allow. */
export function defineHostElements(elements: ElementTable[Surface], report: Report): void {
  for (const [tag, spec] of Object.entries(elements)) {
    if (customElements.get(tag)) continue;
    const Drawn = DRAWN[tag] ?? undrawn(tag);
    const Defined = class extends Drawn {};
    refuseNameClash(tag, Drawn, spec.props);
    for (const name of spec.props) defineProperty(Defined, tag, name, spec.enums[name], report);
    customElements.define(tag, Defined);
  }
}

/** A property of Shopify's with the name of one of our members would replace it in silence. */
function refuseNameClash(tag: string, Drawn: ElementClass, props: string[]): void {
  let level: object = Drawn.prototype;
  while (level !== HTMLElement.prototype) {
    const clash = props.find((name) => Object.hasOwn(level, name));
    if (clash)
      throw new Error(`The class that draws <${tag}> has a member named like its property "${clash}"`);
    level = Object.getPrototypeOf(level) as object;
  }
}

function defineProperty(
  element: ElementClass,
  tag: string,
  name: string,
  allowed: string[] | undefined,
  report: Report,
): void {
  Object.defineProperty(element.prototype, name, {
    configurable: true,
    get(this: HostElement) {
      return this.props[name];
    },
    set(this: HostElement, value: unknown) {
      const isGiven = value !== undefined && value !== null && value !== "";
      if (allowed && isGiven && typeof value !== "boolean" && !allowed.includes(String(value))) {
        report(`<${tag} ${name}="${String(value)}"> is not one of ${allowed.join(" | ")}`);
      }
      this.props[name] = value;
      if (name === "id") this.setAttribute("id", String(value ?? ""));
      this.schedule();
    },
  });
}

function undrawn(tag: string): ElementClass {
  return class extends HostElement {
    override template(): string {
      return `<div class="undrawn">&lt;${tag}&gt; is not drawn by the demo store<slot></slot></div>`;
    }
  };
}
