import { MOST_CHARACTERS, SHOPPER_TYPES } from "#app/cases/case";
import type { HelpTexts } from "./help-texts";
import { html, type Html } from "./shopper-page.server";

/** The form in which a shopper writes to us; it needs no script. */

export type HelpForm = {
  words: HelpTexts;
  path: string;
  /** What the link brought: an order's token as `t`, a case's as `c`. */
  token: { name: "t" | "c"; value: string };
  orderName: string | null;
  requestId: string;
  typed: { type: string; text: string };
  problem: string | null;
};

export function helpForm({ words, path, token, orderName, requestId, typed, problem }: HelpForm): Html {
  const isReply = token.name === "c";
  return html`<h1>${isReply ? words.titleOfReply : words.title}</h1>
    ${orderName && html`<p>${words.about(orderName)}</p>`}
    ${problem && html`<p class="problem" role="alert" id="problem">${problem}</p>`}
    <form method="post" action="${path}">
      <input type="hidden" name="${token.name}" value="${token.value}" />
      <input type="hidden" name="id" value="${requestId}" />
      ${!isReply && typeField(words, typed.type)}
      <p class="field">
        <label for="text">${words.message}</label>
        <textarea
          id="text"
          name="text"
          rows="6"
          maxlength="${MOST_CHARACTERS}"
          required
          ${problem && html`aria-invalid="true" aria-describedby="problem"`}
        >
${typed.text}</textarea>
      </p>
      <button>${words.send}</button>
    </form>`;
}

function typeField(words: HelpTexts, chosen: string): Html {
  return html`<p class="field">
    <label for="type">${words.what}</label>
    <select id="type" name="type">
      ${SHOPPER_TYPES.map(
        (type) =>
          html`<option value="${type}" ${type === chosen && html`selected`}>${words.types[type]}</option>`,
      )}
    </select>
  </p>`;
}

export const HELP_STYLE = `
.field{margin:0 0 1rem}
.field label{display:block;border:0;padding:0 0 .25rem;font-weight:600}
.field select,.field textarea{font:inherit;width:100%;min-height:2.75rem;padding:.5rem .75rem;border:1px solid var(--muted);border-radius:.375rem;background:var(--card);color:var(--ink)}
.problem{border-left:4px solid #c5221f;padding:.25rem 0 .25rem .75rem}
`;
