import fc from "fast-check";
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { LOCALES, type Locale } from "#app/shops/settings";
import { everyBlock, FULL_BRAND, fullFilling } from "../../tests/factories/mail-content";
import type { Content } from "./blocks";
import { checkContent } from "./check-content";
import { compileTemplate } from "./compile";
import { fill, fillShort, type RenderedMail } from "./compiled";
import { DEFAULT_TEMPLATES, TEMPLATE_KEYS } from "./default-templates";

const compile = (content: Content, locale: Locale = "en") =>
  compileTemplate(content, { brand: FULL_BRAND, shopName: "Tea", locale, main: "en" });

async function mailOf(content: Content, locale: Locale = "en"): Promise<RenderedMail> {
  return fill(await compile(content, locale), fullFilling(locale));
}

/** What Gmail, Outlook (also on Windows) and Apple Mail all understand, or leave out without harm (caniemail.com). */
const UNDERSTOOD = new Set([
  ...["background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left"],
  ...["border-radius", "border-right", "border-style", "border-top", "border-width", "color", "direction"],
  ...["display", "font-family", "font-size", "font-weight", "height", "letter-spacing", "line-height"],
  ...[
    "line-height-alt",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
  ],
  ...["max-width", "mso-padding-alt", "mso-text-raise", "mso-font-width", "opacity", "outline", "overflow"],
  ...["padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align"],
  ...["text-decoration", "text-decoration-line", "vertical-align", "width"],
]);
const DISPLAYS = ["block", "inline-block", "inline", "none", "table", "table-cell"];

/** Gmail cuts off what is longer. */
const MOST_BYTES = 100_000;

/** What a mail client would drop, misread or block; none is the wish. */
function faultsOf({ html, text }: RenderedMail): string[] {
  const { document } = new JSDOM(html).window;
  const faults: string[] = [];
  if (Buffer.byteLength(html) > MOST_BYTES) faults.push(`${Buffer.byteLength(html)} bytes`);
  if (document.querySelector("link, script, iframe, form, input, svg, video, object, embed"))
    faults.push("an element that mail clients drop");
  for (const style of document.querySelectorAll("style")) {
    const css = style.textContent ?? "";
    if (/@import|url\(|expression|@font-face/i.test(css)) faults.push("styles from elsewhere");
    if (css.replace(/@media[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "").trim())
      faults.push("styles in the head only");
  }
  for (const element of document.querySelectorAll<HTMLElement>("[style]")) {
    for (const [property, value] of declarations(element)) {
      if (!UNDERSTOOD.has(property)) faults.push(property);
      if (property === "display" && !DISPLAYS.includes(value)) faults.push(`display: ${value}`);
      if (/url\(|expression|calc\(|var\(/i.test(value)) faults.push(`${property}: ${value}`);
    }
  }
  for (const image of document.querySelectorAll("img")) {
    if (!image.hasAttribute("alt")) faults.push("a picture without alt");
    if (!image.hasAttribute("width") && !image.hasAttribute("height"))
      faults.push("a picture without a size");
  }
  for (const table of document.querySelectorAll("table"))
    if (table.getAttribute("role") !== "presentation") faults.push("a table that is read as one");
  for (const name of ["color-scheme", "supported-color-schemes", "viewport"])
    if (!document.querySelector(`meta[name=${name}]`)) faults.push(`no ${name}`);
  if (!html.includes("@media (prefers-color-scheme: dark)")) faults.push("no dark mode");
  if (!document.documentElement.lang) faults.push("no language");
  if (text.length < 40 || /<(p|div|br|a|td|tr|table|img|span|strong)\b/i.test(text))
    faults.push("no plain text");
  return faults;
}

function declarations(element: HTMLElement): [string, string][] {
  return element
    .getAttribute("style")!
    .split(";")
    .filter((one) => one.trim())
    .map((one) => [one.slice(0, one.indexOf(":")).trim(), one.slice(one.indexOf(":") + 1).trim()]);
}

test("the checks see what mail clients do not understand", () => {
  const html =
    '<html><body><div style="display:flex"><img src="https://x.example/a.png"></div></body></html>';
  expect(faultsOf({ subject: "", html, text: "" })).toEqual(
    expect.arrayContaining([
      "display: flex",
      "a picture without alt",
      "a picture without a size",
      "no plain text",
    ]),
  );
});

test.each(LOCALES)("a mail with every block in %s holds to what mail clients understand", async (locale) => {
  expect(checkContent(everyBlock())).toEqual([]);
  expect(faultsOf(await mailOf(everyBlock(), locale))).toEqual([]);
});

test.each(TEMPLATE_KEYS)("so does %s, also in the plain text", async (key) => {
  expect(faultsOf(await mailOf(DEFAULT_TEMPLATES[key].content))).toEqual([]);
});

test("forty long blocks stay below what Gmail cuts off", async () => {
  const long = "Four words make it. ".repeat(60);
  const blocks = Array.from({ length: 40 }, (_, index) => ({
    id: `text-${index}`,
    type: "text" as const,
    fields: { text: { en: long } },
  }));
  const { html } = await mailOf({ subject: { en: "Long" }, preheader: {}, blocks });
  expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES);
});

/** Tags and the names of their attributes, in order, without line breaks: what a text could have changed. */
function structureOf(html: string): string {
  const tags = html.replace(/<br\/?>/g, "").match(/<[^>]*>/g) ?? [];
  return tags.map((tag) => tag.replace(/="[^"]*"/g, "")).join("\n");
}

const HOSTILE_TEXTS = [
  `"><script>alert(1)</script>`,
  `' onmouseover='alert(1)`,
  `</title></style></td></table><img src=x onerror=alert(1)>`,
  "javascript:alert(1)",
  "{{ shop.email }} {% include '/etc/passwd' %}",
  "\uE0000\uE003\uE0011\uE003 marks of ours",
  "Hi\r\nBcc: evil@example.com\r\n\r\n<b>body</b>",
  "\u202Etxt.exe\u2066 \u0000\u0008\u2028",
  "<!--[if mso]><v:rect><![endif]-->",
  "]]>&lt;script&gt;&#60;script&#62;",
];

test("whatever a text from outside says, it stays a text: in the mail, its header and its short form", async () => {
  const compiled = await compile(everyBlock());
  const calm = fill(compiled, fullFilling("en", "x"));
  const expected = structureOf(calm.html);
  const untrusted = fc.oneof(
    fc.constantFrom(...HOSTILE_TEXTS),
    fc.string({ unit: "binary", maxLength: 40 }),
    fc
      .array(fc.constantFrom(...HOSTILE_TEXTS, "{{", "}}", "<", ">", '"', "'", "&", "\n"), { maxLength: 6 })
      .map((all) => all.join("")),
  );
  fc.assert(
    fc.property(untrusted, (text) => {
      // Empty texts leave their parts out, which is another thing.
      const filling = fullFilling("en", `x${text}`);
      const mail = fill(compiled, filling);
      expect(structureOf(mail.html)).toBe(expected);
      expect(mail.subject).not.toMatch(/[\r\n\0]/);
      const links = [...mail.html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url!);
      expect(links.filter((url) => url && !/^https?:\/\//.test(url))).toEqual([]);
      expect(fillShort(compiled, filling)).not.toMatch(/[\0\u202E]/);
    }),
    { numRuns: 30, seed: 4 },
  );
});

test("a mail reader sees no script and no handler in a mail made of hostile texts", async () => {
  const { html } = fill(await compile(everyBlock()), fullFilling("en", HOSTILE_TEXTS.join(" ")));
  const { document } = new JSDOM(html).window;
  const handlers = [...document.querySelectorAll("*")].flatMap((element) =>
    element.getAttributeNames().filter((name) => name.startsWith("on")),
  );
  expect([document.scripts.length, handlers, document.querySelectorAll("img[src=x]").length]).toEqual([
    0,
    [],
    0,
  ]);
});
