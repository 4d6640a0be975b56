// Text fields with a floating label, as checkouts have them.
import { HostElement, setAttributeOrRemove } from "./base.ts";

type Control = HTMLInputElement | HTMLTextAreaElement;

export class TextField extends HostElement {
  override get delegatesFocus(): boolean {
    return true;
  }

  get inputType(): string {
    return "text";
  }

  get inputMode_(): string {
    return "";
  }

  controlHtml(): string {
    return `<input id="control" placeholder=" ">`;
  }

  override template(): string {
    return `<div class="field">${this.controlHtml()}<label for="control"></label><span class="affix" hidden></span>
      <slot name="accessory"></slot></div><div class="error" id="error" role="alert"></div>`;
  }

  get control(): Control {
    return this.inner<Control>("#control");
  }

  override build(): void {
    const { control } = this;
    if (control instanceof HTMLInputElement) control.type = this.inputType;
    control.value = this.textOf("value") || this.textOf("defaultValue");
    const state = () => ({ value: control.value });
    control.addEventListener("input", (event) => {
      this.props.value = control.value;
      this.emit("input", state(), event);
    });
    control.addEventListener("change", () => {
      this.props.value = control.value;
      this.emit("change", state());
    });
    control.addEventListener("focus", () => this.emit("focus", state()));
    control.addEventListener("blur", () => this.emit("blur", state()));
  }

  override update(): void {
    const { control } = this;
    if (this.props.value !== undefined && control.value !== this.textOf("value"))
      control.value = this.textOf("value");
    this.#drawLabel();
    control.name = this.textOf("name");
    control.disabled = this.is("disabled");
    control.readOnly = this.is("readOnly");
    control.required = this.is("required");
    for (const name of ["maxLength", "minLength", "min", "max", "step", "rows"]) {
      setAttributeOrRemove(control, name.toLowerCase(), this.textOf(name));
    }
    setAttributeOrRemove(control, "autocomplete", this.textOf("autocomplete"));
    setAttributeOrRemove(control, "inputmode", this.textOf("inputMode") || this.inputMode_);
    this.drawError(control);
  }

  #drawLabel(): void {
    const { control } = this;
    const isHidden = this.textOf("labelAccessibilityVisibility") === "exclusive";
    const label = this.inner("label");
    label.textContent = this.textOf("label");
    label.className = isHidden ? "hidden" : "";
    this.inner(".field").classList.toggle("bare", isHidden || !this.textOf("label"));
    control.placeholder = this.textOf("placeholder") || " ";
    const affix = this.inner(".affix");
    affix.textContent = this.textOf("suffix") || this.textOf("prefix");
    affix.hidden = !affix.textContent;
  }

  drawError(control: Element): void {
    const error = this.textOf("error");
    this.inner("#error").textContent = error;
    setAttributeOrRemove(control, "aria-invalid", error ? "true" : undefined);
    setAttributeOrRemove(control, "aria-describedby", error ? "error" : undefined);
  }
}

export class EmailField extends TextField {
  override get inputType(): string {
    return "email";
  }
}

export class PhoneField extends TextField {
  override get inputType(): string {
    return "tel";
  }
}

export class UrlField extends TextField {
  override get inputType(): string {
    return "url";
  }
}

export class PasswordField extends TextField {
  override get inputType(): string {
    return "password";
  }
}

export class NumberField extends TextField {
  override get inputType(): string {
    return "number";
  }
}

export class DateField extends TextField {
  override get inputType(): string {
    return "date";
  }
}

export class MoneyField extends TextField {
  override get inputMode_(): string {
    return "decimal";
  }
}

export class TextArea extends TextField {
  override controlHtml(): string {
    return `<textarea id="control" placeholder=" "></textarea>`;
  }
}

/** Its options are elements of the extension; they are mirrored into a native select. */
export class Select extends HostElement {
  #observer: MutationObserver | undefined;

  override get delegatesFocus(): boolean {
    return true;
  }

  override template(): string {
    return `<div class="field select"><select id="control"></select><label for="control"></label></div>
      <div class="error" id="error" role="alert"></div>`;
  }

  override build(): void {
    const select = this.inner<HTMLSelectElement>("select");
    select.addEventListener("change", () => {
      this.props.value = select.value;
      this.emit("change", { value: select.value });
    });
    select.addEventListener("focus", () => this.emit("focus"));
    select.addEventListener("blur", () => this.emit("blur"));
    this.#observer = new MutationObserver(() => this.schedule());
    this.#observer.observe(this, { childList: true, subtree: true, characterData: true });
  }

  override update(): void {
    const select = this.inner<HTMLSelectElement>("select");
    const placeholder = new Option(this.textOf("placeholder"), "");
    placeholder.hidden = true;
    select.replaceChildren(placeholder, ...this.#options());
    select.value = this.textOf("value");
    select.disabled = this.is("disabled");
    select.name = this.textOf("name");
    select.required = this.is("required");
    this.inner("label").textContent = this.textOf("label");
    const error = this.textOf("error");
    this.inner("#error").textContent = error;
    setAttributeOrRemove(select, "aria-invalid", error ? "true" : undefined);
    setAttributeOrRemove(select, "aria-describedby", error ? "error" : undefined);
  }

  #options(): HTMLOptionElement[] {
    return [...this.querySelectorAll<HostElement>("s-option")].map((option) => {
      const mirrored = new Option(option.textContent?.trim() ?? "", option.textOf("value"));
      mirrored.disabled = option.is("disabled");
      return mirrored;
    });
  }
}

/** Tells its select when it changes. */
export class SelectOption extends HostElement {
  override template(): string {
    return "";
  }

  override update(): void {
    this.closest<HostElement>("s-select")?.schedule();
  }
}
