import { readableOn } from "#app/messages/colours";

/**
 * One small style sheet, written into the page: it needs no script, no font and no second request.
 * Scales wrap on small screens; targets are at least 44 px high; the mark of the chosen answer is not colour alone.
 */
export function pageStyles(brandColour: string): string {
  return `
:root { --brand: ${brandColour}; --on-brand: ${readableOn(brandColour)}; color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f4f4f2; color: #1c1c1a; font: 1.0625rem/1.5 system-ui, sans-serif; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.shop { font-weight: 600; margin: 0 0 1rem; }
.shop img { display: block; max-height: 3rem; max-width: 12rem; }
.card { background: #fff; border: 1px solid #deded9; border-radius: .75rem; padding: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
fieldset { border: 0; margin: 0 0 2rem; padding: 0; min-width: 0; }
legend, .label { font-size: 1.125rem; font-weight: 600; padding: 0; margin: 0 0 .5rem; display: block; }
.soft { color: #595955; font-size: .9375rem; font-weight: 400; }
.help { margin: 0 0 .5rem; }
.scale { display: grid; grid-template-columns: repeat(auto-fit, minmax(2.75rem, 1fr)); gap: .375rem; }
.choices { display: grid; gap: .5rem; }
.answer { position: relative; display: flex; }
.answer input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.answer span { flex: 1; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid #767672; border-radius: .5rem; }
.scale .answer span { text-align: center; padding-inline: 0; }
.answer input:hover + span { border-color: #1c1c1a; }
.answer input:checked + span { background: var(--brand); border-color: #1c1c1a; color: var(--on-brand); font-weight: 700; }
.choices .answer input:checked + span::after { content: "✓"; float: right; }
.answer input:focus-visible + span, textarea:focus-visible, button:focus-visible, a:focus-visible {
  outline: 3px solid #1c1c1a; outline-offset: 2px; }
.ends { display: flex; justify-content: space-between; gap: 1rem; margin: .375rem 0 0; hyphens: auto; }
.ends span { min-width: 0; overflow-wrap: anywhere; }
.ends span:last-child { text-align: right; }
h1, legend, .label { overflow-wrap: anywhere; }
textarea { width: 100%; min-height: 7rem; padding: .75rem; border: 1px solid #767672; border-radius: .5rem; font: inherit; }
.problem { color: #a31414; font-weight: 600; margin: .5rem 0 0; }
.problems { border: 2px solid #a31414; border-radius: .5rem; padding: .75rem 1rem; margin: 0 0 1.5rem; }
.problems h2 { font-size: 1.0625rem; margin: 0; }
.problems ul { margin: .25rem 0 0; padding-left: 1.25rem; }
.problems a { color: #a31414; }
button { min-height: 3rem; padding: .5rem 1.5rem; border: 1px solid #1c1c1a; border-radius: .5rem; background: var(--brand);
  color: var(--on-brand); font: inherit; font-weight: 600; cursor: pointer; }
.end { margin: 1rem 0 0; }
@media (forced-colors: active) { .answer input:checked + span { outline: 3px solid Highlight; } }
`;
}
