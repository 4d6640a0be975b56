import { expect, test } from "vitest";
import type { Content } from "./blocks";
import { checkContent } from "./check-content";
import { compileTemplate } from "./compile";
import { fill } from "./compiled";
import { DEFAULT_TEMPLATES, TEMPLATE_KEYS } from "./default-templates";
import { parseUrl } from "./link-field";
import { escapeHeader, plainAddress } from "./escape";
import { sampleFilling } from "./sample";
import { evaluateAll, parseText } from "./template-language";
import { BrandSchema, LOCALES } from "#app/shops/settings";
import type { Value } from "./variables";

const READER = { locale: "en", timezone: "UTC" };

function render(source: string, values: Record<string, Value> = {}): string {
  const { pieces, problems } = parseText(source);
  expect(problems).toEqual([]);
  return evaluateAll(pieces, new Map(Object.entries(values)), READER);
}

test.each([
  ["Hello {{ customer.first_name }}!", { "customer.first_name": "Ada" }, "Hello Ada!"],
  ['{{ customer.first_name | default: "there" }}', {}, "there"],
  ["{{customer.first_name|default:'you'|upcase}}", { "customer.first_name": null }, "YOU"],
  ["{{ customer.first_name | downcase | capitalize }}", { "customer.first_name": "ÉMILE" }, "Émile"],
  ["{{ order.first_item | truncate: 6 }}", { "order.first_item": "Earl Grey" }, "Earl …"],
  ["{{ order.total }}", { "order.total": { minor: 123456, currency: "EUR" } }, "€1,234.56"],
  ["{{ order.total }}", { "order.total": { minor: 500, currency: "JPY" } }, "¥500"],
  ['{{ order.date | date: "short" }}', { "order.date": new Date("2026-11-22T23:30:00Z") }, "11/22/26"],
  ["braces { } and 100 % are text", {}, "braces { } and 100 % are text"],
])("%s", (source, values, expected) => {
  expect(render(source, values as Record<string, Value>)).toBe(expected);
});

test("dates are told in the shopper's language and time zone", () => {
  const { pieces } = parseText("{{ parcel.delivered }}");
  const values = new Map<string, Value>([["parcel.delivered", new Date("2026-11-22T23:30:00Z")]]);
  expect(evaluateAll(pieces, values, { locale: "de", timezone: "Europe/Berlin" })).toBe(
    "Montag, 23. November",
  );
  expect(evaluateAll(pieces, values, { locale: "fr", timezone: "America/New_York" })).toBe(
    "dimanche 22 novembre",
  );
});

test.each([
  ["Hello {{ customer.nickname }}", 'There is no variable "customer.nickname".', 9],
  ["{{ order.total", "This {{ has no }} to close it.", 0],
  ["a }} b", "This }} has no {{ before it.", 2],
  ["{{ }}", "Name a variable between {{ and }}.", 2],
  ["{{ order.name | shout }}", 'There is no filter "shout".', 16],
  ["{{ order.name | truncate: 100000 }}", '"truncate" needs a number from 1 to 200.', 16],
  ['{{ order.name | date: "short" }}', '"date" only follows a date.', 16],
  ["{{ order.name default: 1 }}", 'A filter starts with "|".', 14],
  ["{% if x %}", "Texts hold no code ({%). Use a block's settings instead.", 0],
  ["{{ item.title }}", 'There is no variable "item.title".', 3],
  ["{{ order.status_url | upcase }}", "A web address takes no filters.", 22],
])("%s is a problem with a position", (source, message, position) => {
  expect(parseText(source).problems).toEqual([{ message, position }]);
});

/** Each of these hung, crashed, leaked a file or reached an object's inside in a template engine that is in wide use. */
const HOSTILE: Record<string, string> = {
  "empty for 1e8": "{%- for i in (1..100000000) -%}{%- endfor -%}",
  "nested for 1e9":
    "{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}{% endfor %}{% endfor %}{% endfor %}",
  "nested for with body":
    "{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}",
  "concat doubling":
    "{% assign a = '1,2,3' | split: ',' %}{% for i in (1..40) %}{% assign a = a | concat: a %}{% endfor %}{{a.size}}",
  "append doubling":
    "{% assign a = 'xxxxxxxx' %}{% for i in (1..40) %}{% assign a = a | append: a %}{% endfor %}{{a.size}}",
  "replace blow-up":
    "{% assign a = 'aaaaaaaaaaaaaaaaaaaa' %}{% for i in (1..8) %}{% assign a = a | replace: 'a', a %}{% endfor %}{{ a | size }}",
  tablerow: "{% tablerow i in (1..50000000) %}{% endtablerow %}",
  "capture recursion": `{% capture x %}{% for i in (1..100000) %}${"x".repeat(70)}{% endfor %}{% endcapture %}{% for i in (1..500) %}{{x}}{% endfor %}`,
  "sort a big range": "{% assign r = (1..20000000) %}{{ r | sort | size }}",
  "strip_html regex": "{{ s | strip_html | size }}",
  "truncatewords regex": "{{ s | truncatewords: 5 }}",
  constructor: "{{ order.constructor.name }}{{ order.__proto__.constructor.name }}{{ 'a'.constructor }}",
  "prototype pollution":
    "{% assign __proto__ = 'x' %}{% assign constructor='y' %}{{ __proto__ }}{{constructor}}",
  "include a file": "{% include '/etc/passwd' %}",
  "render a file": "{% render '../../../../etc/hostname' %}",
  "layout from a file": "{% layout '/etc/passwd' %}",
  "5,000 nested ifs": "{% if true %}".repeat(5000) + "x" + "{% endif %}".repeat(5000),
  "date with a huge format": "{{ 'now' | date: p }}",
  where_exp: "{% assign r=(1..3000000) %}{{ r | where_exp: 'x','x > 1' | size }}",
  group_by_exp: "{% assign r=(1..1000000) %}{{ r | group_by_exp: 'x','x' | size }}",
  "slice and pad": "{{ 'a' | slice: 0, 999999999999 }}",
  "markup of an unlisted variable": "{{ order.note }}",
  "include a file of the working directory": "{% include 'order.mjs' %}",
  "date with a huge width": "{{ 'now' | date: '%99999999Y' }}",
  "json with a huge indent": "{% assign r=(1..100000) %}{{ r | json: 1000000 | size }}",
  find_exp: "{% assign r=(1..1000000) %}{{ r | find_exp: 'x','x == 1000001' }}",
  reject_exp: "{% assign r=(1..1000000) %}{{ r | reject_exp: 'x','x > 0' | size }}",
  has_exp: "{% assign r=(1..1000000) %}{{ r | has_exp: 'x','x == 0' }}",
  "group_by_exp 1e5": "{% assign r=(1..100000) %}{{ r | group_by_exp: 'x','x' | size }}",
  "group_by_exp 9e5": "{% assign r=(1..900000) %}{{ r | group_by_exp: 'x','x' | size }}",
  "nested where_exp": "{% assign r=(1..3000) %}{{ r | where_exp: 'x','(1..3000) contains x' | size }}",
  "split and join": "{% assign a = s | split: '' %}{{ a | join: s | size }}",
  sort_natural: "{% assign r=(1..1000000) %}{{ r | sort_natural | size }}",
  "url_encode chain": "{{ s | url_encode | url_encode | url_encode | url_encode | size }}",
  "escape chain": "{{ s | escape | escape | escape | escape | escape | escape | escape | escape | size }}",
  increment: "{% for i in (1..1000000) %}{% increment x %}{% endfor %}",
  "strip_newlines regex":
    "{{ s | newline_to_br | strip | lstrip | rstrip | normalize_whitespace | number_of_words }}",
};

test("there are 37 kinds of hostile template", () => expect(Object.keys(HOSTILE)).toHaveLength(37));

test.each(Object.entries(HOSTILE))("refused: %s", (_name, source) => {
  const { pieces, problems } = parseText(source);
  expect(problems.length).toBeGreaterThan(0);
  expect(pieces).toEqual([]);
});

test.each(Object.entries(HOSTILE))("refused wherever it stands: %s", (_name, source) => {
  const text = { en: source };
  const blocks: Content["blocks"] = [
    { id: "t", type: "text", fields: { text } },
    { id: "b", type: "button", fields: { text, url: text } },
  ];
  const problems = checkContent({ subject: text, preheader: text, short: text, blocks });
  expect(new Set(problems.map(({ field }) => field))).toEqual(
    new Set([
      "subject.en",
      "preheader.en",
      "short.en",
      "blocks.t.text.en",
      "blocks.b.text.en",
      "blocks.b.url.en",
    ]),
  );
});

test.each([
  ["longer than a text may be", "x".repeat(5_001), "Use at most 5000 characters."],
  [
    "more variables than a text may have",
    "{{ order.name }}".repeat(51),
    "Use at most 50 variables in one text.",
  ],
  [
    "more filters than a variable may have",
    `{{ order.name${" | upcase".repeat(6)} }}`,
    "Use at most 5 filters.",
  ],
])("the work is bounded: %s", (_name, source, message) => {
  expect(parseText(source).problems).toEqual([expect.objectContaining({ message })]);
});

test.each([
  ["a variable may be the whole address", "{{ order.status_url }}", true],
  ["gaps behind the host are filled", "https://shop.example/find?q={{ order.name }}", true],
  ["plain address", "https://shop.example", true],
  ["a value cannot choose the host", "https://{{ customer.first_name }}/", false],
  ["a value cannot complete the host", "https://shop.example{{ customer.first_name }}", false],
  ["script", "javascript:alert(1)", false],
  ["data", "data:text/html,<script>alert(1)</script>", false],
  ["a text variable as address", "{{ customer.first_name }}", false],
  ["two addresses", "{{ order.status_url }}{{ shop.url }}", false],
  ["user info that fakes a host", "https://shop.example@evil.example/", false],
  ["relative", "/account", false],
])("link: %s", (_name, source, allowed) => {
  expect(parseUrl(source).problems.length === 0).toBe(allowed);
});

const brand = BrandSchema.parse({ senderName: "Tea & <Co>", postalAddress: "Hauptstr. 1" });

test.each(TEMPLATE_KEYS.flatMap((key) => LOCALES.map((locale) => [key, locale] as const)))(
  "the %s mail in %s is complete, small and free of unfilled marks",
  async (key, locale) => {
    const { content } = DEFAULT_TEMPLATES[key];
    expect(checkContent(content)).toEqual([]);
    const compiled = await compileTemplate(content, { brand, shopName: "Tea", locale, main: "en" });
    const mail = fill(compiled, { ...sampleFilling(locale), link: (url) => url });
    expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000);
    for (const part of [mail.subject, mail.html, mail.text])
      expect(part).not.toMatch(/[\uE000-\uE00F]|\{\{|undefined|null/);
    expect(mail.html).toContain("Tea &amp; &lt;Co&gt;");
    expect(mail.html).toContain(`lang="${locale}"`);
    expect(mail.text).not.toMatch(/<(p|div|br|a|td|table|img)\b/i);
  },
);

test("a value can never leave its place: text, attribute, link, subject, plain text", async () => {
  const evil = `"><script>alert(1)</script>' onmouseover=x {{ shop.email }} \uE0000\uE003\r\nBcc: a@b.example`;
  const line = (text: string) => ({ en: text });
  const content: Content = {
    subject: line("{{ customer.first_name }}"),
    preheader: line("{{ customer.first_name }}"),
    blocks: [
      { id: "1", type: "text", fields: { text: line("{{ customer.first_name }}") } },
      {
        id: "2",
        type: "image",
        fields: {
          url: line("https://x.example/{{ customer.first_name }}.png"),
          alt: line("{{ customer.first_name }}"),
        },
      },
      {
        id: "3",
        type: "button",
        fields: { text: line("Go"), url: line("https://x.example/?q={{ customer.first_name }}") },
      },
      { id: "4", type: "button", fields: { text: line("Order"), url: line("{{ order.status_url }}") } },
    ],
  };
  const compiled = await compileTemplate(content, { brand, shopName: "Tea", locale: "en", main: "en" });
  const filling = sampleFilling("en");
  const values = new Map([
    ...filling.values,
    ["customer.first_name", evil] as const,
    ["order.status_url", "javascript:alert(1)"] as const,
  ]);
  const mail = fill(compiled, { ...filling, values, link: (url) => url });
  const document = new (await import("jsdom")).JSDOM(mail.html).window.document;
  expect(document.querySelectorAll("script, [onmouseover]")).toHaveLength(0);
  expect([...document.querySelectorAll("a")].every((a) => !a.href.startsWith("javascript"))).toBe(true);
  expect(document.querySelector("img[alt]")?.getAttribute("src")).toMatch(
    /^https:\/\/x\.example\/%22%3E%3Cscript/,
  );
  expect(mail.subject).not.toMatch(/[\r\n]/);
});

test("a subject is one line, an address is one address", () => {
  expect(escapeHeader("Hi\r\nBcc: x@y.example")).toBe("Hi Bcc: x@y.example");
  expect(plainAddress("ada@buyer.example")).toBe("ada@buyer.example");
  for (const bad of ["v@x\r\nBCC: evil@y", "a@b, c@d", "group: a@b;", "<a@b>", "a b@c", "@b", "a@", "a@-b"]) {
    expect(plainAddress(bad)).toBeNull();
  }
});
