import type { TipFor } from "#app/content/content.server";
import { html, type Html } from "./shopper-page.server";
import type { TrackingExtraTexts } from "./tracking-extra-texts";

/** More would bury the parcel. */
const SHOWN = 3;

/** What the shop has to say about what was bought: folded, so that the page stays short. */
export function tipList(tips: TipFor[], words: TrackingExtraTexts): Html | null {
  if (tips.length === 0) return null;
  return html`<section>
    <h2>${words.tips}</h2>
    ${tips.slice(0, SHOWN).map(
      ({ title, paragraphs, imageUrl, videoUrl }) =>
        html`<details>
          <summary>${title}</summary>
          ${imageUrl && html`<img src="${imageUrl}" alt="" width="160" loading="lazy" />`}
          ${paragraphs.map((text) => html`<p>${text}</p>`)}
          ${videoUrl && html`<p><a href="${videoUrl}" rel="noopener">${words.video}</a></p>`}
        </details>`,
    )}
  </section>`;
}
