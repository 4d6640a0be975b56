import type { Mail } from "./channel";

/** Characters in a line. */
const MOST = 76;

/**
 * A mail as it travels (RFC 5322, 2045–2047): a plain and an HTML part, quoted-printable, seven bits, lines of at most 76
 * characters in the body. Only what a `Mail` can say: no attachments, one recipient.
 */
export function mimeMessage(mail: Mail, more: Record<string, string>, now: Date): string {
  // "=_" cannot stand in a quoted-printable part, so no text can end it.
  const boundary = `=_${mail.messageId.replace(/\W/g, "").slice(0, 28)}`;
  const headers = [
    header("From", addressOf(mail.from)),
    header("To", mail.to),
    ...(mail.replyTo ? [header("Reply-To", mail.replyTo)] : []),
    header("Subject", encoded(mail.subject)),
    header("Message-ID", `<${mail.messageId}>`),
    ...Object.entries({ ...mail.headers, ...more }).map(([name, value]) => header(name, encoded(value))),
    header("Date", now.toUTCString().replace("GMT", "+0000")),
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ];
  return [
    ...headers,
    "",
    ...part(boundary, "text/plain", mail.text),
    ...part(boundary, "text/html", mail.html),
    `--${boundary}--`,
    "",
  ].join("\r\n");
}

function part(boundary: string, type: string, text: string): string[] {
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    "Content-Transfer-Encoding: quoted-printable",
    "",
    quotedPrintable(text),
  ];
}

function addressOf({ name, address }: Mail["from"]): string {
  if (!name) return address;
  const shown = isPlain(name) ? `"${name.replace(/[\\"]/g, "\\$&")}"` : encodedWords(name);
  return `${shown} <${address}>`;
}

/** @param value seven bits */
function header(name: string, value: string): string {
  const line = `${name}: ${value.replace(/[\r\n]+/g, " ")}`;
  return line.length > MOST ? fold(line) : line;
}

/** Breaks before words, as far as there are any; no line is blank. */
function fold(text: string): string {
  let folded = "";
  let line = "";
  for (const word of text.split(" ")) {
    if (word && line.trim() && line.length + 1 + word.length > MOST) {
      folded += `${line}\r\n`;
      line = ` ${word}`;
    } else line += line ? ` ${word}` : word;
  }
  return folded + line;
}

/** Text that is no ASCII, or looks like an encoded word, becomes encoded words. */
function encoded(text: string): string {
  return isPlain(text) ? text : encodedWords(text.replace(/[\r\n]+/g, " "));
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7E]*$/.test(text) && !text.includes("=?");
}

/** RFC 2047: at most 75 characters each; a character is never cut. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  words.push(word);
  return words.map((each) => `=?UTF-8?B?${Buffer.from(each).toString("base64")}?=`).join(" ");
}

/** RFC 2045, section 6.7. */
export function quotedPrintable(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replaceAll("=", "=3D")
    .replace(/[^\n\t\x20-\x7E]+/g, inHex)
    .replace(/[ \t](?=\n|$)/g, inHex)
    .split("\n")
    .map(wrap)
    .join("\r\n");
}

function inHex(text: string): string {
  return Buffer.from(text).toString("hex").toUpperCase().replace(/../g, "=$&");
}

/** Soft line breaks, never inside of "=3D". */
function wrap(line: string): string {
  if (line.length <= MOST) return line;
  let wrapped = "";
  let at = 0;
  while (line.length - at > MOST) {
    let end = at + MOST - 1;
    if (line[end - 1] === "=") end -= 1;
    else if (line[end - 2] === "=") end -= 2;
    wrapped += `${line.slice(at, end)}=\r\n`;
    at = end;
  }
  return wrapped + line.slice(at);
}
