// One stylesheet for every shadow tree. Colours and type come from the page through custom properties, as the
// merchant's branding does at Shopify.
const CSS = `
:host { display: block; box-sizing: border-box; min-width: 0; font: var(--body-font, 14px/1.5 system-ui, sans-serif);
  color: inherit; }
:host([hidden]) { display: none !important; }
* { box-sizing: border-box; font: inherit; letter-spacing: inherit; }
h2, h3, h4, p, ul, ol, fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
:focus-visible { outline: 2px solid var(--accent, #005bd3); outline-offset: 2px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
.error { display: flex; gap: 6px; margin-top: 6px; color: #a3122b; font-size: 13px; }
.error:empty { display: none; }
.error::before { content: "!"; flex: none; width: 16px; height: 16px; margin-top: 2px; border-radius: 50%; background: #a3122b;
  color: #fff; font: 700 11px/16px system-ui; text-align: center; }

.button { display: inline-flex; align-items: center; justify-content: center; gap: 8px; width: 100%; min-height: 44px;
  padding: 10px 20px; border: 1px solid var(--line-strong, #8c8c8c); border-radius: 10px; background: #fff;
  color: var(--accent, #005bd3); font-weight: 600; text-decoration: none; cursor: pointer; transition: background .15s, border-color .15s; }
.button:hover { background: #f6f7f6; border-color: var(--accent, #005bd3); }
.button.primary { background: var(--accent, #005bd3); border-color: var(--accent, #005bd3); color: var(--on-accent, #fff); }
.button.primary:hover { background: var(--accent-strong, #004299); }
.button.critical { color: #a3122b; border-color: #a3122b; }
.button.primary.critical { background: #a3122b; color: #fff; }
.button.neutral { color: #303030; }
.button[aria-disabled="true"] { background: #f0f0f0; border-color: #d6d6d6; color: #6a6a6a; cursor: default; }
.button.pressed { background: var(--accent-tint, #e8f2fd); border-color: var(--accent, #005bd3); }
.spinner { display: inline-block; width: 1em; height: 1em; border: 2px solid currentColor; border-right-color: transparent;
  border-radius: 50%; animation: turn .8s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }

.field { position: relative; display: block; }
.field input, .field textarea, .field select { width: 100%; min-height: 52px; padding: 22px 12px 7px; border: 1px solid
  var(--line-strong, #8c8c8c); border-radius: 10px; background: #fff; color: inherit; appearance: none; }
.field textarea { min-height: 92px; resize: vertical; padding-top: 26px; }
.field label { position: absolute; top: 15px; left: 13px; right: 13px; color: var(--subdued, #5c5c5c); overflow: hidden;
  text-overflow: ellipsis; white-space: nowrap; pointer-events: none; transition: .12s; }
.field :is(input, textarea, select):is(:focus, :not(:placeholder-shown)) ~ label, .field select ~ label {
  top: 6px; font-size: 12px; }
.field :is(input, textarea):focus::placeholder { color: #767676; }
.field :is(input, textarea)::placeholder { color: transparent; }
.field.bare :is(input, textarea, select) { padding-top: 14px; padding-bottom: 14px; }
.field.bare :is(input, textarea)::placeholder { color: #6a6a6a; }
.field :is(input, textarea, select):focus { outline: 2px solid var(--accent, #005bd3); outline-offset: -1px; border-color: transparent; }
.field [aria-invalid="true"] { border-color: #a3122b; }
.field :disabled { background: #f4f4f4; color: #6a6a6a; }
.field.select::after { content: ""; position: absolute; right: 16px; top: 22px; width: 8px; height: 8px; border: solid #5c5c5c;
  border-width: 0 2px 2px 0; transform: rotate(45deg); pointer-events: none; }
.field .affix { position: absolute; right: 14px; top: 21px; color: var(--subdued, #5c5c5c); }

.choice { display: flex; gap: 12px; align-items: flex-start; padding: 6px 0; cursor: pointer; }
.choice input { appearance: none; flex: none; width: 20px; height: 20px; margin: 1px 0 0; border: 1px solid var(--line-strong, #8c8c8c);
  background: #fff; cursor: pointer; display: grid; place-items: center; }
.choice input[type="radio"] { border-radius: 50%; }
.choice input[type="checkbox"] { border-radius: 5px; }
.choice input:checked { background: var(--accent, #005bd3); border-color: var(--accent, #005bd3); }
.choice input[type="radio"]:checked::after { content: ""; width: 8px; height: 8px; border-radius: 50%; background: #fff; }
.choice input[type="checkbox"]:checked::after { content: ""; width: 6px; height: 11px; margin-top: -3px; border: solid #fff;
  border-width: 0 2px 2px 0; transform: rotate(45deg); }
.choice input:disabled { background: #eee; border-color: #c9c9c9; cursor: default; }
.choice input[role="switch"] { width: 38px; height: 22px; border-radius: 11px; justify-items: start; padding: 0 3px; }
.choice input[role="switch"]::after, .choice input[role="switch"]:checked::after { content: ""; width: 14px; height: 14px; margin: 0;
  border: 0; border-radius: 50%; background: #6a6a6a; transform: none; }
.choice input[role="switch"]:checked { justify-items: end; }
.choice input[role="switch"]:checked::after { background: #fff; }
.choice small { display: block; color: var(--subdued, #5c5c5c); font-size: 13px; }

.banner { display: grid; grid-template-columns: auto 1fr auto; gap: 4px 12px; padding: 14px 16px; border-radius: 10px;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.banner > .mark { width: 20px; height: 20px; margin-top: 1px; border-radius: 50%; background: currentColor; display: grid; place-items: center; }
.banner > .mark::after { content: attr(data-sign); color: #fff; font: 700 13px/1 system-ui; }
.banner > .body { color: var(--ink, #202223); }
.banner strong { font-weight: 600; }
.banner button, .icon-button { border: 0; background: none; padding: 2px 6px; border-radius: 6px; color: inherit; cursor: pointer; }

dialog { padding: 0; border: 0; border-radius: 16px; width: min(var(--dialog-width, 520px), 94vw); max-height: 88vh; color: var(--ink, #202223);
  box-shadow: 0 24px 64px rgb(0 0 0 / .28); }
dialog::backdrop { background: rgb(20 20 20 / .5); }
dialog.sheet { margin: 0 0 0 auto; height: 100vh; max-height: none; border-radius: 0; }
dialog > header { display: flex; align-items: center; gap: 12px; padding: 16px 20px; border-bottom: 1px solid var(--line, #e2e2e2); }
dialog > header h2 { margin-right: auto; font-size: 17px; font-weight: 600; }
dialog > .body { padding: 20px; }
dialog > footer { display: flex; justify-content: flex-end; gap: 10px; padding: 0 20px 20px; }
.popover { position: absolute; z-index: 20; min-width: 200px; max-width: 360px; margin: 4px 0 0; padding: 6px; border: 1px solid var(--line, #e2e2e2);
  border-radius: 10px; background: #fff; box-shadow: 0 8px 28px rgb(0 0 0 / .16); color: var(--ink, #202223); }
.tooltip { position: absolute; z-index: 30; padding: 6px 10px; border-radius: 8px; background: #202223; color: #fff; font-size: 13px; max-width: 260px; }

details > summary { cursor: pointer; font-weight: 600; padding: 4px 0; }
.badge { display: inline-flex; align-items: center; gap: 4px; padding: 2px 10px; border-radius: 999px; background: #ececec; color: #303030;
  font-size: 12px; font-weight: 550; white-space: nowrap; }
.badge.critical { background: #fdebed; color: #a3122b; }
.chip { display: inline-flex; align-items: center; gap: 6px; padding: 5px 12px; border: 1px solid var(--line-strong, #8c8c8c); border-radius: 999px;
  background: #fff; color: inherit; text-decoration: none; }
button.chip, a.chip { cursor: pointer; }
.skeleton { display: block; height: 14px; margin: 4px 0; border-radius: 6px; background: linear-gradient(90deg, #ececec 25%, #f7f7f7 50%, #ececec 75%);
  background-size: 200% 100%; animation: shimmer 1.4s infinite; }
@keyframes shimmer { to { background-position: -200% 0; } }
progress { appearance: none; width: 100%; height: 8px; border: 0; border-radius: 4px; background: #e4e4e4; overflow: hidden; display: block; }
progress::-webkit-progress-bar { background: #e4e4e4; }
progress::-webkit-progress-value { background: var(--bar, var(--accent, #005bd3)); border-radius: 4px; }
progress:indeterminate { background: repeating-linear-gradient(90deg, var(--accent, #005bd3) 0 40%, #e4e4e4 40% 100%); background-size: 200%;
  animation: shimmer 1.6s linear infinite; }
.thumb { position: relative; display: block; width: var(--thumb, 64px); height: var(--thumb, 64px); }
.thumb img, .thumb .blank { display: block; width: 100%; height: 100%; object-fit: cover; border: 1px solid var(--line, #e2e2e2); border-radius: 10px; background: #f4f4f2; }
.thumb .count { position: absolute; top: -8px; right: -8px; min-width: 22px; padding: 0 6px; border-radius: 11px; background: #4a4a4a; color: #fff;
  font: 600 12px/22px system-ui; text-align: center; }
a.link, button.link { color: var(--accent, #005bd3); text-decoration: underline; text-underline-offset: 2px; border: 0; background: none; padding: 0; cursor: pointer; }
a.link.neutral, button.link.neutral { color: inherit; }
hr { border: 0; border-top: 1px solid var(--line, #e2e2e2); margin: 0; width: 100%; }
.card { padding: 20px; border: 1px solid var(--line, #e2e2e2); border-radius: 14px; background: #fff; }
.undrawn { padding: 8px 10px; border: 1px dashed #a35c00; border-radius: 8px; color: #6b4500; font-size: 12px; }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
`;

export const SHEET = new CSSStyleSheet();
SHEET.replaceSync(CSS);
