import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import type { Mail } from "./channel";
import { mimeMessage, quotedPrintable } from "./mime";

const NOW = new Date("2026-11-22T12:00:00Z");

function aMail(overrides: Partial<Mail> = {}): Mail {
  return {
    messageId: "0199f7a2-0000-7000-8000-000000000001.7@shop.example",
    from: { name: "Tea House", address: "post@shop.example" },
    to: "ada@buyer.example",
    replyTo: "owner@shop.example",
    subject: "Thank you",
    html: "<p>Hello</p>",
    text: "Hello",
    headers: { "List-Unsubscribe": "<https://app.example/u/abc>" },
    ...overrides,
  };
}

const parse = (raw: string) => new PostalMime().parse(raw);
/** Mail servers end lines by CRLF; readers give LF. */
const asRead = (text?: string) => text?.replace(/\r\n/g, "\n").replace(/\n$/, "");

test("a mail program reads what was written, in every alphabet and length", async () => {
  const long = `${"Wörter, ".repeat(60)}<a href="https://x.example/?a=1&b=2">👋🏽</a>`;
  const html = `<p style="color:#111">.\n..\n. Ein Gruß = 100 %  \t\n${long}</p>\n${"x".repeat(1_000)}\n=3D`;
  const mail = aMail({
    from: { name: 'Tee "Haus" München \\', address: "post@shop.example" },
    subject: `Grüße aus dem Teehaus für dich und alle anderen 👋🏽 ${"sehr ".repeat(20)}lang`,
    html,
    text: `Hallo Ada\n.\n${long}\ttab `,
  });
  const raw = mimeMessage(mail, { "X-Kept": "yes" }, NOW);
  const read = await parse(raw);
  expect(read.from).toMatchObject(mail.from);
  expect(read.to).toMatchObject([{ address: mail.to }]);
  expect(read.replyTo).toMatchObject([{ address: mail.replyTo }]);
  expect(read.subject).toBe(mail.subject);
  expect(asRead(read.html)).toBe(html);
  expect(asRead(read.text)).toBe(mail.text);
  expect(read.messageId).toBe(`<${mail.messageId}>`);
  expect(new Date(read.date!)).toEqual(NOW);
  const header = (name: string) => read.headers.find(({ key }) => key === name)?.value;
  expect([header("list-unsubscribe"), header("x-kept")]).toEqual(["<https://app.example/u/abc>", "yes"]);
  expect(raw).toMatch(/^[\r\n\t\x20-\x7E]*$/);
  expect(raw.split("\r\n").filter((line) => line.length > 78 || /[\r\n]/.test(line))).toEqual([]);
});

test("no text becomes a header, a part or an encoded word", async () => {
  const subject = "Hello\r\nBcc: eve@evil.example =?UTF-8?B?QmNjOiBldmU=?=";
  const boundary = /boundary="([^"]+)"/.exec(mimeMessage(aMail(), {}, NOW))![1]!;
  const text = `--${boundary}--\r\n--${boundary}\r\nContent-Type: text/html\r\n\r\n<b>evil</b>`;
  const read = await parse(mimeMessage(aMail({ subject, text }), {}, NOW));
  expect(read.headers.map(({ key }) => key)).not.toContain("bcc");
  expect(read.subject).toBe("Hello Bcc: eve@evil.example =?UTF-8?B?QmNjOiBldmU=?=");
  expect(asRead(read.text)).toBe(asRead(text));
  expect(asRead(read.html)).toBe("<p>Hello</p>");
  expect(read.attachments).toEqual([]);
});

test("soft line breaks never cut an encoded byte, and a blank at the end of a line is kept", () => {
  for (let shift = 0; shift < 6; shift++) {
    const lines = quotedPrintable(`${"a".repeat(70 + shift)}ü=ü ${"b".repeat(80)} `).split("\r\n");
    expect(lines.every((line) => line.length <= 76 && /^(?:[^=]|=[0-9A-F]{2})*=?$/.test(line))).toBe(true);
    expect(lines.at(-1)).toMatch(/=20$/);
  }
});
