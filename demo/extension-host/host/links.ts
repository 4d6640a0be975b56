// Where a link of an extension or a mail really leads. The demo shop has no address of its own on the internet:
// https://demo.myshopify.com/… is answered by the demo store.

/** The reachable form of an address. `origin` is the demo store's. */
export function reachable(address: string, origin: string): string {
  try {
    const url = new URL(address, origin);
    if (url.protocol === "shopify:") return `${origin}/account`;
    if (!url.hostname.endsWith(".myshopify.com")) return url.href;
    return origin + url.pathname + url.search + url.hash;
  } catch {
    return address;
  }
}

/** Follows a link in place of the browser; `_blank` opens a tab. */
export function openAddress(event: Event, address: string, target: string): void {
  event.preventDefault();
  const url = reachable(address, location.origin);
  if (!/^https?:/.test(url)) return; // an extension may not run scripts in the page
  if (target === "_blank") window.open(url, "_blank", "noopener");
  else location.assign(url);
}
