// s-checkbox, s-switch, s-consent-checkbox, s-choice-list with s-choice.
import { HostElement, runCommandOf, setAttributeOrRemove } from "./base.ts";

let groups = 0;

export class Checkbox extends HostElement {
  override get delegatesFocus(): boolean {
    return true;
  }

  get role_(): string {
    return "";
  }

  override template(): string {
    return `<label class="choice"><input type="checkbox"><span><span id="label"></span><slot name="label"></slot></span></label>
      <div class="error" id="error" role="alert"></div>`;
  }

  override build(): void {
    const box = this.inner<HTMLInputElement>("input");
    if (this.role_) box.setAttribute("role", this.role_);
    box.checked = this.props.checked === undefined ? this.is("defaultChecked") : this.is("checked");
    box.addEventListener("change", () => {
      this.props.checked = box.checked;
      this.emit("change", { checked: box.checked, value: this.props.value });
      runCommandOf(this);
    });
  }

  override update(): void {
    const box = this.inner<HTMLInputElement>("input");
    if (this.props.checked !== undefined) box.checked = this.is("checked");
    box.disabled = this.is("disabled");
    box.required = this.is("required");
    box.name = this.textOf("name");
    this.inner("#label").textContent = this.textOf("label");
    setAttributeOrRemove(box, "aria-label", this.textOf("accessibilityLabel"));
    const error = this.textOf("error");
    this.inner("#error").textContent = error;
    setAttributeOrRemove(box, "aria-invalid", error ? "true" : undefined);
    setAttributeOrRemove(box, "aria-describedby", error ? "error" : undefined);
  }
}

export class Switch extends Checkbox {
  override get role_(): string {
    return "switch";
  }
}

export class ConsentCheckbox extends Checkbox {}

/**
 * The choices are elements of the extension in the light tree, so native radio buttons in their shadow trees do not
 * form a group: the list moves the selection and the arrow keys itself.
 */
export class ChoiceList extends HostElement {
  readonly group = `choices-${++groups}`;

  override template(): string {
    return `<fieldset><legend></legend><slot></slot></fieldset><div class="error" id="error" role="alert"></div>`;
  }

  override build(): void {
    this.addEventListener("keydown", (event) => this.#moveWithArrows(event));
  }

  get choices(): Choice[] {
    return [...this.querySelectorAll<Choice>("s-choice")];
  }

  get chosenValues(): string[] {
    if (Array.isArray(this.props.values)) return this.props.values.map(String);
    const preset = this.choices.filter((choice) => choice.is("selected") || choice.is("defaultSelected"));
    return preset.map((choice) => choice.textOf("value"));
  }

  pick(value: string, on: boolean): void {
    const others = this.chosenValues.filter((each) => each !== value);
    const values = this.is("multiple") ? (on ? [...others, value] : others) : [value];
    this.props.values = values;
    this.draw();
    this.emit("change", { values });
  }

  override update(): void {
    const legend = this.inner("legend");
    const isHidden = this.textOf("labelAccessibilityVisibility") === "exclusive";
    legend.textContent = this.textOf("label");
    legend.className = isHidden ? "hidden" : "";
    legend.setAttribute("style", isHidden ? "" : "padding:0;margin-bottom:6px;font-weight:600");
    const fieldset = this.inner<HTMLFieldSetElement>("fieldset");
    fieldset.setAttribute("role", this.is("multiple") ? "group" : "radiogroup");
    const variant = this.textOf("variant");
    const inline = variant === "inline" || variant === "grid";
    fieldset.style.cssText = inline ? "display:flex;flex-wrap:wrap;gap:4px 20px" : "";
    const error = this.textOf("error");
    this.inner("#error").textContent = error;
    setAttributeOrRemove(fieldset, "aria-describedby", error ? "error" : undefined);
    for (const choice of this.choices) choice.schedule();
  }

  #moveWithArrows(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const from = event.target;
    if (!step || this.is("multiple") || !(from instanceof Choice)) return;
    event.preventDefault();
    const choices = this.choices.filter((choice) => !choice.is("disabled"));
    const next = choices[(choices.indexOf(from) + step + choices.length) % choices.length];
    if (!next) return;
    this.pick(next.textOf("value"), true);
    next.focus();
  }
}

export class Choice extends HostElement {
  override get delegatesFocus(): boolean {
    return true;
  }

  get list(): ChoiceList | null {
    return this.closest<ChoiceList>("s-choice-list");
  }

  override template(): string {
    return `<label class="choice"><input><span><slot></slot><small><slot name="details"></slot><slot name="secondaryContent"></slot></small></span></label>
      <div id="more"><slot name="selectedContent"></slot></div>`;
  }

  override build(): void {
    const input = this.inner<HTMLInputElement>("input");
    input.addEventListener("change", () => this.list?.pick(this.textOf("value"), input.checked));
  }

  override update(): void {
    const { list } = this;
    const input = this.inner<HTMLInputElement>("input");
    input.type = list?.is("multiple") ? "checkbox" : "radio";
    input.name = list?.group ?? "";
    input.checked = list?.chosenValues.includes(this.textOf("value")) ?? false;
    input.disabled = this.is("disabled") || (list?.is("disabled") ?? false);
    input.tabIndex = this.#isTabStop(input) ? 0 : -1;
    // Slotted text does not name a control across the shadow border in every browser.
    input.setAttribute("aria-label", this.textOf("accessibilityLabel") || this.#ownText());
    this.inner("#more").hidden = !input.checked;
  }

  /** One tab stop per group of radio buttons: the chosen one, else the first. */
  #isTabStop(input: HTMLInputElement): boolean {
    if (input.type === "checkbox" || input.checked) return true;
    return this.list?.chosenValues.length === 0 && this.list.choices[0] === this;
  }

  #ownText(): string {
    const words = [...this.childNodes].filter((node) => !(node instanceof Element && node.slot));
    return words
      .map((node) => node.textContent ?? "")
      .join("")
      .trim();
  }
}
