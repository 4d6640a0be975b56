/** One function per place in a mail where untrusted text may stand. */

const HTML: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Control characters, line separators and those that turn the writing direction round to fake what is read. */
const INVISIBLE = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028-\u202E\u2066-\u2069\uFFF9-\uFFFB]/g;

/** For text between tags and for attributes in quotes. */
export function escapeHtml(text: string): string {
  return text.replace(INVISIBLE, "").replace(/[&<>"']/g, (char) => HTML[char]!);
}

/** For one line of a header: no line break can survive. */
export function escapeHeader(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, " ")
    .replace(INVISIBLE, "")
    .trim()
    .slice(0, 250);
}

/** For the plain-text part. */
export function escapePlain(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(INVISIBLE, "");
}

/** An absolute web address as it may stand in a link, or null for every other scheme and for what does not parse. */
export function safeUrl(text: string): string | null {
  try {
    const url = new URL(text.trim());
    const isWeb = url.protocol === "https:" || url.protocol === "http:";
    return isWeb && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

/** One plain addr-spec (RFC 5321, without quoted local parts), or null. Keeps groups and second recipients out. */
export function plainAddress(text: string): string | null {
  const address = text.trim();
  const isPlain = /^[^\s@<>()[\],;:\\"]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/iu.test(address);
  return isPlain ? address : null;
}
