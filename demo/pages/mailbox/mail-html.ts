// Makes a mail's links work in the demo: every link opens a tab, and links to the demo shop's myshopify address lead
// to the demo store. Only the shown copy is changed; "Raw" is what came over the wire.
const LINK = /<a\b([^>]*?)\bhref\s*=\s*("([^"]*)"|'([^']*)')([^>]*)>/gi;
const SHOP = /^https:\/\/[\w-]+\.myshopify\.com(?=[/?#]|$)/i;

export function withReachableLinks(mail: string, origin: string): string {
  const links = mail.replace(
    LINK,
    (_match, before: string, _quoted, double?: string, single?: string, after?: string) => {
      const address = (double ?? single ?? "").replace(SHOP, origin);
      const others = `${before}${after ?? ""}`.replace(/\btarget\s*=\s*("[^"]*"|'[^']*'|\S+)/gi, "");
      return `<a${others} href="${address}" target="_blank" rel="noopener">`;
    },
  );
  return links.replace(/(<img\b[^>]*\bsrc\s*=\s*["'])https:\/\/[\w-]+\.myshopify\.com/gi, `$1${origin}`);
}
