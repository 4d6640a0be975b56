import { html, type Html } from "./shopper-page.server";
import type { TrackingTexts } from "./tracking-texts";

export type Typed = { number?: string; email?: string };

/** What is wrong; `typed` where it is what they typed, so that they need not type it again. */
export type FindProblem = { text: string; typed?: Typed };

/** The form for shoppers without the link: order number and e-mail together. */
export function findForm(words: TrackingTexts, path: string, problem: FindProblem | null): Html {
  const { number = "", email = "" } = problem?.typed ?? {};
  const isWrong = problem?.typed !== undefined;
  return html`<h1>${words.findTitle}</h1>
    ${problem && html`<p class="problem" role="alert" id="problem">${problem.text}</p>`}
    <p>${words.findText}</p>
    <form method="post" action="${path}">
      ${field("number", "text", words.number, number, isWrong)}
      ${field("email", "email", words.email, email, isWrong)}
      <button>${words.find}</button>
    </form>`;
}

function field(name: string, type: string, label: string, value: string, isWrong: boolean): Html {
  const complete = type === "email" ? "email" : "off";
  return html`<p class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="${complete}"
      required
      ${isWrong && html`aria-invalid="true" aria-describedby="problem"`}
    />
  </p>`;
}
