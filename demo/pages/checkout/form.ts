// Form fields with a floating label and their error beside them.
import { html, type HtmlPart } from "../html.ts";

export type Problems = Record<string, string>;

type Field = {
  name: string;
  label: string;
  value?: string;
  type?: string;
  autocomplete?: string;
  inputmode?: string;
  problems?: Problems;
  required?: boolean;
};

export function textField(field: Field): HtmlPart {
  const {
    name,
    label,
    value = "",
    type = "text",
    autocomplete = "off",
    inputmode,
    problems = {},
    required,
  } = field;
  const problem = problems[name];
  return html`<div class="field">
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      placeholder=" "
      autocomplete="${autocomplete}"
      ${inputmode && html`inputmode="${inputmode}"`}
      ${required && html`required`}
      ${problem && html`aria-invalid="true" aria-describedby="${name}-problem"`}
    />
    <label for="${name}">${label}</label>
    ${problem && html`<p class="problem" id="${name}-problem">${problem}</p>`}
  </div>`;
}

export function selectField(field: {
  name: string;
  label: string;
  value: string;
  options: [value: string, text: string][];
}): HtmlPart {
  const { name, label, value, options } = field;
  return html`<div class="field select">
    <select id="${name}" name="${name}">
      ${options.map(
        ([option, text]) =>
          html`<option value="${option}" ${option === value && html`selected`}>${text}</option>`,
      )}
    </select>
    <label for="${name}">${label}</label>
  </div>`;
}
